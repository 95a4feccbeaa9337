"""The page: one HTML file that fetches nothing, with charts drawn by the libraries that Splink ships."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

from creatorgraph.domain.profile import Profile
from creatorgraph.resolution.evaluation.assessment import Assessment
from creatorgraph.resolution.report.case_section import case_section, largest_section
from creatorgraph.resolution.report.element import Node, element, html
from creatorgraph.resolution.report.machinery import blocking_section, model_section, unlinkable_section
from creatorgraph.resolution.report.model_chart import chart_libraries
from creatorgraph.resolution.report.overview import overview
from creatorgraph.resolution.report.quality import calibration_section, curve_section, slice_section
from creatorgraph.resolution.report.section import Charts

# nothing may be fetched or sent, whatever a value of a profile or a library tries; Vega compiles its expressions
_POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:"
_PERSONAL = (
    "This report shows names, usernames, bios and websites of people, so that errors can be understood. Treat it as personal "
    "data: do not publish it, and delete it when it has served. Email addresses and phone numbers are compared as keyed hashes "
    "and are not in it; bios have them masked."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the page says about the run beside its figures: names of the files, refused records by reason, seconds."""

    files: tuple[str, ...]
    rejected: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)


def page(found: Assessment, profiles: Mapping[str, Profile], run: Run) -> str:
    """The whole document; `profiles` by id are those of the run."""
    charts = Charts()
    scores = found.scores
    sections = [overview(found, charts, run.seconds, run.rejected)]
    if scores is not None:
        sections += [
            slice_section(scores),
            curve_section(found, scores, charts),
            calibration_section(scores, charts),
        ]
    sections += [
        case_section(found.cases, profiles, charts, truth=scores is not None),
        *([largest_section(found.largest, profiles)] if scores is None else []),
        blocking_section(found.blocking),
        model_section(found, charts),
        unlinkable_section(found, charts),
    ]
    return html(_document(sections, charts, run))


def _document(sections: list[Node], charts: Charts, run: Run) -> Node:
    title = "creatorgraph: evaluation"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title),
        _raw("style", _packaged("page.css")),
    )
    links = [element("a", each.findtext("h2") or "", href=f"#{each.get('id')}") for each in sections]
    body = element(
        "body",
        element("header", element("h1", title), element("p", ", ".join(run.files))),
        element("p", _PERSONAL, class_="personal"),
        element("nav", *links),
        element("main", *sections),
        element(
            "footer",
            "Made by creatorgraph. Charts: Vega, Vega-Lite and Vega-Embed (BSD-3-Clause, University of Washington Interactive "
            "Data Lab), as shipped with Splink (MIT, Ministry of Justice); some chart definitions are Splink's own.",
        ),
        *(_raw("script", source) for source in chart_libraries().values()),
        _raw("script", _json(charts.specs), type="application/json", id="charts"),
        _raw("script", _packaged("page.js")),
    )
    return element("html", head, body, lang="en")


def _raw(tag: str, content: str, **attributes: str) -> Node:
    """A style or script, whose content HTML takes as it is."""
    made = element(tag, **attributes)
    made.text = content
    return made


def _json(value: object) -> str:
    """Data for a script element: no character in it can end the element."""
    text = json.dumps(value, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _packaged(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
