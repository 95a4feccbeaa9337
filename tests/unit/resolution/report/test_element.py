from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from creatorgraph.resolution.report.element import bar, element, html, table


class Texts(HTMLParser):
    """What a browser would read: the tags, the texts, the attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said: list[str] = []
        self.attributes: list[str | None] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(value for _, value in attrs)

    def handle_data(self, data: str) -> None:
        self.said.append(data)


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))), other=st.text("<>&\"'/ab"))
def test_any_text_stays_text_and_any_attribute_stays_one(text: str, other: str) -> None:
    page = html(element("div", text, element("b", other), text, title=other))
    read = Texts(page)
    assert read.tags == ["div", "b"]
    assert "".join(read.said).removeprefix("\n") == (text + other + text).removeprefix("\n")
    assert read.attributes == [other]


def test_characters_without_a_place_in_html_are_replaced() -> None:
    page = html(element("p", "a\x00b\ud800c\nd"))
    assert "a\ufffdb\ufffdc\nd" in page
    page.encode("utf-8")


def test_numbers_tables_and_bars() -> None:
    page = html(element("div", table(("name", "n"), [("a", 12345), ("b", 0.5)], right=(1,)), bar(0.25), bar(None)))
    assert "12,345" in page
    assert '<td class="number">0.500</td>' in page
    assert "width:25.0%" in page
    assert "–" in page
