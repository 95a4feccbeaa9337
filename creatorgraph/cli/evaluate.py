"""`creatorgraph evaluate`: how good the resolution of files is, as one HTML report."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from creatorgraph.cli.option import DataDir, Verbose, load_settings
from creatorgraph.services.input_file import check_files

if TYPE_CHECKING:
    from creatorgraph.services.evaluate import FileEvaluation


def evaluate(
    profiles: Annotated[list[Path], typer.Argument(help="Files of profiles.", show_default=False)],
    report: Annotated[Path, typer.Option(help="The HTML file to write.", show_default=False)],
    truth: Annotated[
        Path | None, typer.Option(help="CSV of profile_id,entity_id: who is behind each profile.", show_default=False)
    ] = None,
    ignore: Annotated[
        Path | None,
        typer.Option(help="CSV of profile_id_l,profile_id_r: pairs of unknown truth, not counted.", show_default=False),
    ] = None,
    pairs: Annotated[
        Path | None,
        typer.Option(
            help="CSV of true pairs, profile_id_l,profile_id_r, whose other columns are sliced by.", show_default=False
        ),
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Probability from which a link is accepted.", show_default="the resolver's own")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print every figure as JSON instead.")] = False,
    data_dir: DataDir = None,
    verbose: Verbose = False,
) -> None:
    """Resolve files as `resolve` does and report how good the result is.

    One HTML file that opens offline: figures, slices, thresholds, calibration, the model, and the worst errors with the
    reason for each. Without --truth: everything that needs no truth, and the links to doubt. The report shows names and
    usernames; contacts are never shown.
    """
    # before libraries are loaded, which takes seconds, and anything is resolved, which may take minutes
    check_files([*profiles, *(file for file in (truth, ignore, pairs) if file is not None)])
    import functools
    import sys

    import orjson

    from creatorgraph.bootstrap import open_encoder, open_scoring
    from creatorgraph.cli.place import cache_folder
    from creatorgraph.cli.progress import told_on_stderr
    from creatorgraph.domain.error import InvalidInputError
    from creatorgraph.resolution.report.figure import figures
    from creatorgraph.services.evaluate import LabelFiles, evaluate_files
    from creatorgraph.services.resolve import resolve_options

    for option, file in (("--ignore", ignore), ("--pairs", pairs)):
        if file is not None and truth is None:
            raise InvalidInputError("this needs the truth", where=option, mend="Add --truth FILE.")
    settings = load_settings(data_dir=data_dir, verbose=verbose, match_threshold=threshold)
    if not settings.data_dir.is_dir():
        # a library leaves nothing in the working folder
        settings = settings.model_copy(update={"data_dir": cache_folder()})
    with told_on_stderr() as progress:
        found = evaluate_files(
            profiles,
            report,
            labels=LabelFiles(truth=truth, ignore=ignore, pairs=pairs),
            encoder=functools.cache(lambda: open_encoder(settings)),
            options=resolve_options(settings),
            encode_limit=settings.encode_limit,
            scoring=open_scoring(settings),
            progress=progress,
        )
    _warn(found)
    if as_json:
        said = {
            "profiles": found.profiles,
            "rejected": dict(found.rejected),
            **figures(found.assessment),
            "seconds": dict(found.seconds),
            "report": str(found.report),
        }
        sys.stdout.write(orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY).decode() + "\n")
    else:
        _print(found)


def _warn(found: "FileEvaluation") -> None:
    from creatorgraph.cli.console import warning

    for text in found.assessment.summary.warnings:
        warning(text)
    for reason, count in found.rejected.items():
        warning(
            f"{count:,} records were not used: {reason.replace('_', ' ')}; `creatorgraph resolve` writes them aside"
        )
    scores = found.assessment.scores
    if scores is not None and scores.absent:
        warning(f"{scores.absent:,} labelled profiles are not in the files: each counts as a creator of its own")


def _print(found: "FileEvaluation") -> None:
    from creatorgraph.cli.console import facts, heading, seconds, shown, table

    assessment = found.assessment
    summary, scores = assessment.summary, assessment.scores
    heading("Found")
    facts(
        (
            ("profiles", found.profiles),
            ("links", f"{shown(summary.accepted_links)} accepted of {shown(summary.links)} kept"),
            ("creators", f"{shown(summary.clusters)}, the largest of {shown(summary.largest_cluster)} profiles"),
            ("unlinkable", f"{assessment.unlinkable.below:.1%} of the profiles"),
            ("model", str(assessment.model["model_version"])),
            ("took", seconds(sum(found.seconds.values()))),
        )
    )
    if scores is not None:
        a = scores.agreement
        heading("Against the truth")
        table(
            ("", "precision", "recall", "F1"),
            (
                ("pairs", a.precision, a.recall, a.f1),
                ("B-cubed", a.b3_precision, a.b3_recall, a.b3_f1),
                ("links alone", scores.links.precision, scores.links.recall, scores.links.f1),
            ),
            right=(1, 2, 3),
        )
        facts(
            (
                ("found exactly", a.exact),
                ("true pairs that were compared", assessment.blocking.recall),
                ("calibration error of links", scores.all_links and scores.all_links.ece_width),
            )
        )
        for each in (*scores.slices, *scores.labelled_slices):
            heading(f"By {each.dimension}")
            table(
                ("", "true pairs", "recall", "precision"),
                ((f.value, f.true_pairs, f.recall, f.precision) for f in each.figures),
                right=(1, 2, 3),
            )
    heading("To read")
    facts((*((group.kind.value, group.total) for group in assessment.cases), ("report", str(found.report))))
