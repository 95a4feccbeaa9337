"""Options that several commands share, and the settings that they change."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from creatorgraph.cli.place import remember_data_dir

if TYPE_CHECKING:
    from creatorgraph.config import Settings
    from creatorgraph.domain.creator import CreatorId

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", help="Folder of the embedded database, indexes and logs.", show_default=".creatorgraph"),
]
_OPTIONS = {"match_threshold": "threshold", "scoring_engine": "engine"}
"""Options that have another name than their setting."""
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log what happens on stderr.")]


def load_settings(*, data_dir: Path | None = None, verbose: bool = False, **chosen: Any) -> "Settings":
    """The settings of the environment with what the command line says instead (None: nothing said).

    Raises:
        InvalidInputError: a setting has a value that it cannot have (its name is given, not the value), or the data folder is
            a file.
    """
    from pydantic import ValidationError

    from creatorgraph.config import Settings
    from creatorgraph.domain.error import InvalidInputError

    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    said = {name: value for name, value in {"data_dir": data_dir, **chosen}.items() if value is not None}
    try:
        settings = Settings(**said)
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        name = str(fault["loc"][0]) if fault["loc"] else ""
        raise InvalidInputError(
            f"this setting cannot be used: {fault['msg']}",
            where=f"--{_OPTIONS.get(name, name.replace('_', '-'))}" if name in said else f"CREATORGRAPH_{name.upper()}",
            mend="Change it, or leave it out for the default.",
        ) from None
    if settings.data_dir.exists() and not settings.data_dir.is_dir():
        raise InvalidInputError(
            "the data folder is a file", where=str(settings.data_dir), mend="Name a folder (--data-dir)."
        )
    remember_data_dir(settings.data_dir)
    return settings


def creator_named(text: str) -> "CreatorId":
    """The creator whose id is `text`. Raises InvalidInputError where it is no creator's id."""
    from creatorgraph.domain.error import InvalidInputError
    from creatorgraph.graphql.node import creator_of

    try:
        return creator_of(text)
    except InvalidInputError as error:
        raise InvalidInputError("this is no creator's id", where=text, mend="Copy it whole.") from error
