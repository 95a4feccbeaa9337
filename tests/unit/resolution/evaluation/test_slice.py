from creatorgraph.domain.platform import Platform
from creatorgraph.domain.profile import Profile, ProfileId
from creatorgraph.resolution.evaluation.slice import MOST_VALUES, OTHER, labelled_slices, slices

PEOPLE = {
    name: Profile(profile_id=ProfileId(name), platform=platform, display_name=shown)
    for name, platform, shown in (
        ("a", Platform.X, "Ann Acker"),
        ("b", Platform.GITHUB, "Ann Acker"),
        ("c", Platform.X, "Ann A. Acker"),
        ("d", Platform.GITHUB, None),
        ("e", Platform.X, "Bo Berg"),
    )
}


def test_recall_and_precision_by_name_and_platform() -> None:
    # true: a, b, c, d are one person; found: a b, c d, and wrongly e with d
    true = [("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")]
    found = [("a", "b"), ("c", "d"), ("d", "e")]
    figures = {s.dimension: {f.value: f for f in s.figures} for s in slices(PEOPLE, true, found)}
    name = figures["name"]
    assert set(name) == {"same", "partial", "missing"}
    assert (name["same"].true_pairs, name["same"].recall, name["same"].precision) == (1, 1.0, 1.0)
    assert (name["partial"].true_pairs, name["partial"].recall, name["partial"].precision) == (2, 0.0, None)
    # a-d, b-d, c-d; found c-d and the wrong d-e
    assert (name["missing"].recall, name["missing"].precision) == (1 / 3, 0.5)
    assert figures["platform"]["one platform"].true_pairs == 2
    # nobody has a bio: one value is no slice
    assert "bio" not in figures


def test_rare_values_are_summed_up() -> None:
    people = {
        f"p{i}": Profile(profile_id=ProfileId(f"p{i}"), platform=platform, language=f"l{i // 2}")
        for i, platform in enumerate([Platform.X] * 60)
    }
    true = [(f"p{2 * i}", f"p{2 * i + 1}") for i in range(30)]
    [language] = [s for s in slices(people, true, true) if s.dimension == "language"]
    assert len(language.figures) == MOST_VALUES
    assert language.figures[0].value == OTHER
    assert sum(f.true_pairs for f in language.figures) == 30
    assert all(f.recall == f.precision == 1.0 for f in language.figures)


def test_columns_of_labelled_pairs() -> None:
    pairs = [("a", "b"), ("a", "c"), ("c", "d")]
    columns = {
        "relation": dict(zip(pairs, ("same", "partial", "partial"), strict=True)),
        "constant": dict.fromkeys(pairs, "1"),
        "measure": {(f"p{i}", f"q{i}"): str(i) for i in range(MOST_VALUES + 1)},
    }
    [relation] = labelled_slices(columns, lambda pair: pair != ("c", "d"))
    assert relation.dimension == "relation"
    assert [(f.value, f.true_pairs, f.recall, f.precision) for f in relation.figures] == [
        ("partial", 2, 0.5, None),
        ("same", 1, 1.0, None),
    ]
