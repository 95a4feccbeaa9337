"""The page as a whole: all that it promises, nothing that it must not hold."""

import json
import re

import pytest

from creatorgraph.resolution.evaluation.case import CaseKind
from creatorgraph.resolution.report.figure import figures
from creatorgraph.resolution.report.model_chart import chart_libraries
from creatorgraph.resolution.report.page import Run, page
from tests.unit.resolution.report.conftest import EMAIL_HASH, AssessedRun

RUN = Run(files=("<b>profiles.jsonl",), rejected={"torn_line": 2}, seconds={"resolve": 1.5})


@pytest.fixture(scope="session")
def with_truth(assessed: AssessedRun) -> str:
    return page(assessed.with_truth, assessed.profiles, RUN)


@pytest.fixture(scope="session")
def without(assessed: AssessedRun) -> str:
    return page(assessed.without, assessed.profiles, RUN)


def sections(text: str) -> list[str]:
    return re.findall(r'<section id="([\w-]+)"', text)


def charts(text: str) -> dict[str, dict[str, object]]:
    [data] = re.findall(r'<script[^>]*id="charts"[^>]*>(.*?)</script>', text, re.DOTALL)
    found: dict[str, dict[str, object]] = json.loads(data)
    return found


def test_sections_with_and_without_truth(with_truth: str, without: str) -> None:
    always = ["blocking", "model", "unlinkables"]
    assert sections(with_truth) == ["figures", "slices", "thresholds", "calibration", "cases", *always]
    assert sections(without) == ["figures", "cases", "largest", *always]


def test_a_hostile_name_is_text_everywhere(assessed: AssessedRun, with_truth: str, without: str) -> None:
    for text in (with_truth, without):
        assert "<script>alert" not in text
        assert "<b>profiles.jsonl" not in text
        # ours and the three libraries, and no more
        assert text.count("<script") == len(chart_libraries()) + 2
        text.encode("utf-8")
    assert "Zoë &lt;script&gt;alert" in with_truth


def test_nothing_is_fetched_and_no_contact_is_shown(with_truth: str) -> None:
    libraries = chart_libraries().values()
    own = with_truth
    for source in libraries:
        assert "</script" not in source.lower()
        own = own.replace(source, "")
    assert not re.search(r"""(src|href)\s*=\s*["'](?!#)""", own)
    assert "url(" not in own
    assert "default-src 'none'" in own
    assert EMAIL_HASH not in own
    assert "example.org" not in own
    assert "not shown" in own


def test_every_chart_has_its_box_and_every_case_its_waterfall(assessed: AssessedRun, with_truth: str) -> None:
    specs = charts(with_truth)
    assert set(specs) == set(re.findall(r'<div id="(chart-\d+)"', with_truth))
    waterfalls = [spec for spec in specs.values() if isinstance(spec.get("width"), dict)]
    cases = [case for group in assessed.with_truth.cases for case in group.cases]
    assert len(waterfalls) == len(cases) == with_truth.count('class="case"') > 0
    for spec, case in zip(waterfalls, cases, strict=True):
        bars = spec["data"]["values"]  # type: ignore[index]
        assert [b["column_name"] for b in bars][:1] == ["Prior"]
        *steps, final = [b["log2_bayes_factor"] for b in bars]
        assert final == pytest.approx(case.link.match_weight)
        assert sum(steps) == pytest.approx(final, abs=0.03)


def test_errors_are_the_ones_that_were_made(assessed: AssessedRun, with_truth: str) -> None:
    groups = {group.kind: group for group in assessed.with_truth.cases}
    assert ("h1", "h2") in {(c.link.left, c.link.right) for c in groups[CaseKind.FALSE_LINK].cases}
    never = groups[CaseKind.NEVER_COMPARED]
    assert ("n1", "n2") in {(c.link.left, c.link.right) for c in never.cases}
    assert "No candidate pair: no blocking rule found it" in with_truth


def test_figures_are_json_and_say_nothing_of_anybody(assessed: AssessedRun) -> None:
    said = figures(assessed.with_truth)
    text = json.dumps(said)
    assert "Zo" not in text
    assert "zoequist" not in text
    assert said["scores"]["labels_without_profile"] == 1
    assert said["scores"]["pairs_and_b_cubed"]["f1"] == assessed.with_truth.scores.agreement.f1  # type: ignore[union-attr]
    assert {s["dimension"] for s in said["scores"]["slices"]} >= {"name", "username", "platform pair"}
    assert [s["dimension"] for s in said["scores"]["labelled_slices"]] == ["kind"]
    assert figures(assessed.without)["scores"] is None
