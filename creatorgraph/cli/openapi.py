"""`creatorgraph openapi`: the document of the REST routes."""

from pathlib import Path
from typing import Annotated

import typer


def openapi(
    out: Annotated[Path | None, typer.Option(help="File to write.", show_default="stdout")] = None,
) -> None:
    """Print the OpenAPI document of the REST API."""
    import sys

    from creatorgraph.api.rest.document import document_text

    text = document_text().decode()
    if out is None:
        sys.stdout.write(text)
    else:
        out.write_text(text, encoding="utf-8")
