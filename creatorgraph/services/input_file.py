"""The files that a command is told to read, looked at before any work."""

import os
from collections.abc import Sequence
from pathlib import Path

from creatorgraph.domain.error import InvalidInputError


def check_files(paths: Sequence[Path]) -> None:
    """Raises InvalidInputError for the first that is missing, is a folder, or has a name that is no text."""
    for path in paths:
        where = os.fsencode(path).decode("utf-8", "backslashreplace")
        if path.is_dir():
            raise InvalidInputError("this is a folder, not a file", where=where, mend="Name the files in it.")
        if not path.is_file():
            raise InvalidInputError("there is no such file", where=where, mend="Check the path.")
        if not is_text(path.name):
            raise InvalidInputError("its name has bytes that are not UTF-8", where=where, mend="Rename it.")


def is_text(name: str) -> bool:
    """Whether `name` is UTF-8. Bytes that are not come from the command line and from folders as lone surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
