"""`creatorgraph schema`: the GraphQL schema in SDL."""

from pathlib import Path
from typing import Annotated

import typer


def schema(
    out: Annotated[Path | None, typer.Option(help="File to write.", show_default="stdout")] = None,
) -> None:
    """Print the GraphQL schema."""
    import sys

    from creatorgraph.graphql.schema import sdl

    text = sdl().rstrip("\n") + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
