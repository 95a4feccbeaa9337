"""`creatorgraph synth`: a synthetic world of creators with its truth."""

from pathlib import Path
from typing import Annotated

import typer


def synth(
    profiles: Annotated[int, typer.Argument(help="How many profiles.", min=1, metavar="N")],
    out: Annotated[Path, typer.Option(help="Folder for profiles.jsonl and truth.csv.", show_default=False)],
    seed: Annotated[int, typer.Option(help="The same seed gives the same world.")] = 1,
) -> None:
    """Write a synthetic world of creators.

    profiles.jsonl is what ingest reads, truth.csv says who is behind each profile.
    """
    from creatorgraph.cli.console import facts
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.synth.world import write_world

    with told_on_stderr() as progress:
        world = write_world(out, profiles, seed, progress)
    facts(
        (
            ("profiles", world.profile_count),
            ("entities", world.entity_count),
            ("records", world.profiles),
            ("truth", world.truth),
        ),
        indent=0,
    )
