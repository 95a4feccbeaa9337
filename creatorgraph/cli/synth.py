"""`creatorgraph synth`: a synthetic world with its truth."""

from pathlib import Path
from typing import Annotated, Literal

import typer


def synth(
    profiles: Annotated[int, typer.Argument(help="How many profiles.", min=1, metavar="N")],
    out: Annotated[Path, typer.Option(help="Folder for profiles.jsonl and truth.csv.", show_default=False)],
    seed: Annotated[int, typer.Option(help="The same seed gives the same world.")] = 1,
    kind: Annotated[
        Literal["creators", "people"],
        typer.Option(help="Accounts of creators, or lists that name people without any account."),
    ] = "creators",
) -> None:
    """Write a synthetic world of creators, or of people whom lists name.

    profiles.jsonl is what ingest reads, truth.csv says who is behind each profile.
    """
    from creatorgraph.cli.console import facts
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.synth.world import WorldKind, write_world

    with told_on_stderr() as progress:
        world = write_world(out, profiles, seed, progress, kind=WorldKind(kind))
    facts(
        (
            ("profiles", world.profile_count),
            ("entities", world.entity_count),
            ("records", world.profiles),
            ("truth", world.truth),
        ),
        indent=0,
    )
