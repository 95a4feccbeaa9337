"""How results look: aligned columns, no frames. Results go to stdout, everything else to stderr."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from creatorgraph.domain.error import CreatorgraphError

WIDTH_OF_FILES = 160
"""Columns when the output is no terminal: wide enough that paths are not broken."""


def out() -> Console:
    return _console(sys.stdout)


def err() -> Console:
    return _console(sys.stderr)


def _console(stream: TextIO) -> Console:
    # made anew each time: tests and shells replace the streams
    width = None if stream.isatty() else max(WIDTH_OF_FILES, shutil.get_terminal_size().columns)
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def fault(error: CreatorgraphError) -> None:
    """What, where and mend, on stderr."""
    console = err()
    console.print(Text.assemble(("error: ", "bold red"), _sentence(error.what)), soft_wrap=True)
    for name, text in (("where", error.where), ("mend", error.mend)):
        if text:
            console.print(Text.assemble((f"{name + ':':<7}", "dim"), text), soft_wrap=True)


def notice(text: str) -> None:
    """One line on stderr that is no error."""
    err().print(Text(text), soft_wrap=True)


def warning(text: str) -> None:
    err().print(Text.assemble(("warning: ", "bold yellow"), text), soft_wrap=True)


def line(text: str = "") -> None:
    """One line of a result."""
    out().print(Text(text), soft_wrap=True)


def heading(text: str) -> None:
    console = out()
    console.print()
    console.print(Text(text, style="bold"))


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = (), indent: int = 2
) -> None:
    """Aligned columns on stdout; those at the places `right` (from 0) hold numbers. None is shown as nothing."""
    numeric = frozenset(right)
    made = Table(
        box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_header=any(columns)
    )
    for number, name in enumerate(columns):
        made.add_column(
            name,
            justify="right" if number in numeric else "left",
            # the last column may be long: it wraps, the others are never broken
            no_wrap=number < len(columns) - 1,
            overflow="fold",
        )
    for row in rows:
        made.add_row(*(cell if isinstance(cell, Text) else Text(shown(cell)) for cell in row))
    console = out()
    with console.capture() as captured:
        console.print(Padding(made, (0, 0, 0, indent), expand=False))
    # cells are filled up with blanks, which nobody wants in a file
    console.file.write("".join(f"{each.rstrip()}\n" for each in captured.get().splitlines()))


def facts(rows: Iterable[tuple[str, object]], *, indent: int = 2) -> None:
    """Names and their values, aligned."""
    table(("", ""), ((Text(name, style="dim"), value) for name, value in rows), indent=indent)


def shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:.3f}"
    return str(value)


def seconds(value: float) -> str:
    return f"{value:.1f} s"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
