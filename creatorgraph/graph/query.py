"""Queries that live in files of their own, by name."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

_NAME = re.compile(r"^(?:--|//) name: (\w+)$", re.MULTILINE)


@cache
def load_queries(path: Path) -> Mapping[str, str]:
    """The queries of a `.sql` or `.cypher` file; each follows a line `-- name: x` (SQL) or `// name: x` (Cypher)."""
    _, *parts = _NAME.split(path.read_text())
    return MappingProxyType({name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True)})
