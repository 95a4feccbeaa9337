"""`creatorgraph signals`: what profiles are compared by, for people."""

from pathlib import Path
from typing import Annotated

import typer


def signals(
    out: Annotated[Path | None, typer.Option(help="File to write.", show_default="stdout")] = None,
) -> None:
    """Print the page about the signals: what each compares, its levels and what they weigh, in Markdown."""
    import sys

    from creatorgraph.resolution.signals import SIGNALS
    from creatorgraph.resolution.signals.page import signal_page

    text = signal_page(SIGNALS).rstrip("\n") + "\n"
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
