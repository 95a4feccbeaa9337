"""A part of a page that another tool writes."""

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.page_section import put_section, read_section

texts = st.text(alphabet=st.characters(blacklist_characters="<>", blacklist_categories=["Cs"]))


def test_the_part_comes_to_the_end_and_stays_where_it_is() -> None:
    page = put_section("# Page\n", "a", "first")
    assert page.startswith("# Page\n\n<!-- a: begin")
    moved = f"{page}\n## More\n"
    assert put_section(moved, "a", "second") == moved.replace("first", "second")


def test_a_page_without_the_part() -> None:
    assert read_section("# Page\n", "a") == ""
    assert put_section("", "a", "text").startswith("<!-- a: begin")


def test_a_part_names_the_target_that_writes_it() -> None:
    page = put_section("", "all.some", "text")
    assert page.startswith("<!-- all.some: begin, written by make all -->\n")
    assert read_section(page, "all.some") == page
    assert read_section(page, "all") == ""


@given(page=texts, one=texts, other=texts)
def test_parts_do_not_disturb_each_other(page: str, one: str, other: str) -> None:
    both = put_section(put_section(page, "a", one), "b", other)
    again = put_section(both, "a", one)
    assert again == both
    assert read_section(both, "a") in both
    assert read_section(both, "b") == read_section(put_section("", "b", other), "b")
