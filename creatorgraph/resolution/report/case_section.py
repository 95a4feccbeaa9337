"""Cases: two profiles side by side, and the waterfall from the prior to the probability of their link."""

from collections.abc import Mapping

from creatorgraph.domain.link import Evidence, Link
from creatorgraph.domain.profile import Profile
from creatorgraph.resolution.evaluation.case import Case, CaseGroup, CaseKind
from creatorgraph.resolution.evaluation.holding import Held
from creatorgraph.resolution.report.element import Node, element, table
from creatorgraph.resolution.report.model_chart import waterfall_chart
from creatorgraph.resolution.report.section import Charts, note, section
from creatorgraph.resolution.signals import SIGNALS
from creatorgraph.resolution.signals.signal import secret_values

Profiles = Mapping[str, Profile]

_SECRET = frozenset(signal.name for signal in SIGNALS if signal.values is secret_values)
_MOST_BIO = 300
_LEAST_SHOWN = 0.001
_ABOUT = {
    CaseKind.FALSE_LINK: "Accepted links between profiles that the truth says are different people, the most probable first.",
    CaseKind.MISSED: "True pairs that were compared and are not in one creator, the least probable first.",
    CaseKind.NEVER_COMPARED: "True pairs that no blocking rule brought together: no candidate pair. They were scored for this "
    "report alone, to show what comparing them would have given; the highest first.",
    CaseKind.UNCERTAIN: "Accepted links whose probability is nearest to 0.5.",
    CaseKind.HOLDING: "For each creator of several profiles, the weakest link of the best set of links that joins it; cut it "
    "and the creator falls apart or hangs on something weaker.",
}


def case_section(groups: tuple[CaseGroup, ...], profiles: Profiles, charts: Charts, *, truth: bool) -> Node:
    return section(
        "cases",
        "The worst errors" if truth else "The deepest doubts",
        *(_group(group, profiles, charts) for group in groups),
    )


def largest_section(creators: tuple[Held, ...], profiles: Profiles) -> Node:
    rows = []
    for creator in creators:
        names = ", ".join(dict.fromkeys(_name(profiles[p]) for p in creator.members))
        platforms = len({profiles[p].platform for p in creator.members})
        rows.append((len(creator.members), platforms, "yes" if creator.joined else "no", names))
    return section(
        "largest",
        "The largest creators",
        note("Joined: whether accepted links alone hold all of its profiles together."),
        table(("profiles", "platforms", "joined", "names"), rows, right=(0, 1)),
    )


def _group(group: CaseGroup, profiles: Profiles, charts: Charts) -> Node:
    title = group.kind.value[:1].upper() + group.kind.value[1:]
    shown = f"the first {len(group.cases)} of {group.total:,}" if group.total > len(group.cases) else f"{group.total:,}"
    return element(
        "div",
        element("h3", f"{title}: {shown}"),
        note(_ABOUT[group.kind]),
        *(_case(case, profiles, charts, opened=i == 0) for i, case in enumerate(group.cases)),
    )


def _case(case: Case, profiles: Profiles, charts: Charts, *, opened: bool) -> Node:
    left, right = profiles[case.link.left], profiles[case.link.right]
    box = element(
        "details",
        element(
            "summary",
            element("b", _rounded(case.link.probability)),
            element("span", f"{_title(left)} – {_title(right)}"),
        ),
        element("div", _profile(left), _profile(right), class_="pair"),
        element("p", _said(case)),
        _evidence(case.link),
        charts.box(waterfall_chart(case.link), "From the prior to the final weight, in bits"),
        class_="case",
    )
    if opened:
        box.set("open", "open")
    return box


def _said(case: Case) -> str:
    link = case.link
    steps = " ".join(f"{e.match_weight:+.1f} {e.signal}" for e in link.evidence)
    parts = [f"{steps} = {link.match_weight:+.1f} bits, probability {_rounded(link.probability)}."]
    if case.rules is not None:
        parts.append(
            f"Blocking found the pair by: {', '.join(case.rules)}."
            if case.rules
            else "No candidate pair: no blocking rule found it, so the resolver never compared the two."
        )
    parts.append("They are in one creator." if case.together else "They are in two creators.")
    return " ".join(parts)


def _evidence(link: Link) -> Node:
    rows = ((e.signal, f"{e.match_weight:+.2f}", *_values(e), e.explanation) for e in link.evidence)
    return element(
        "div", table(("signal", "bits", "this profile", "the other", "why"), rows, right=(1,)), class_="evidence"
    )


def _values(evidence: Evidence) -> tuple[str, str]:
    """What the signal looked at; contacts are compared as keyed hashes and shown to nobody."""
    if evidence.signal in _SECRET:
        return "not shown", "not shown"
    return evidence.left_value or "", evidence.right_value or ""


def _profile(profile: Profile) -> Node:
    bio = profile.bio or ""
    facts = (
        ("name", profile.display_name),
        ("username", profile.username),
        ("website", profile.website),
        ("company", profile.company),
        ("job", profile.job_title),
        ("place", profile.location),
        ("language", profile.language),
        ("bio", bio if len(bio) <= _MOST_BIO else bio[:_MOST_BIO] + "…"),
    )
    return element(
        "div",
        element("strong", profile.platform.value.replace("_", " ")),
        element("small", profile.profile_id),
        element("dl", *(element("div", element("dt", name), element("dd", value)) for name, value in facts if value)),
    )


def _rounded(probability: float) -> str:
    return f"{probability:.3f}" if probability >= _LEAST_SHOWN else f"< {_LEAST_SHOWN}"


def _title(profile: Profile) -> str:
    return f"{_name(profile)} ({profile.platform.value.replace('_', ' ')})"


def _name(profile: Profile) -> str:
    return profile.display_name or profile.username or profile.profile_id
