"""HTML as a tree, so that every text is escaped where it is written and nowhere else."""

from collections.abc import Iterable, Sequence
from xml.etree import ElementTree

Node = ElementTree.Element
Child = Node | str | float | None
Row = Sequence[Child]


def element(tag: str, *children: Child, **attributes: str) -> Node:
    """`<tag>` with texts and elements in it, None left out; an attribute `class_` is `class`, `data_x` is `data-x`.

    Characters that HTML has no place for are replaced: a text of any profile can be given.
    """
    made = ElementTree.Element(tag)
    for name, value in attributes.items():
        made.set(name.rstrip("_").replace("_", "-"), _clean(value))
    for child in children:
        if child is None:
            continue
        if isinstance(child, ElementTree.Element):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + _clean(shown(child))
        else:
            made.text = (made.text or "") + _clean(shown(child))
    return made


def html(root: Node) -> str:
    """The document. The contents of script and style elements are written as they are."""
    return "<!DOCTYPE html>\n" + ElementTree.tostring(root, encoding="unicode", method="html")


def table(columns: Sequence[str], rows: Iterable[Row], *, right: Iterable[int] = ()) -> Node:
    """A table that scrolls inside its own box; the columns at the places `right` (from 0) hold numbers."""
    numeric = frozenset(right)

    def cells(tag: str, row: Row) -> list[Node]:
        return [element(tag, c, class_="number") if i in numeric else element(tag, c) for i, c in enumerate(row)]

    head = element("thead", element("tr", *cells("th", columns)))
    body = element("tbody", *(element("tr", *cells("td", row)) for row in rows))
    return element("div", element("table", head, body), class_="scroll")


def facts(rows: Iterable[tuple[str, Child]]) -> Node:
    """Names and their values."""
    return element("dl", *(element("div", element("dt", name), element("dd", value)) for name, value in rows))


def bar(share: float | None) -> Node:
    """A share from 0 to 1 as a number over a bar; a dash where there is none."""
    if share is None:
        return element("span", "–", class_="none")
    filled = element("i", style=f"width:{100 * min(max(share, 0.0), 1.0):.1f}%")
    return element("span", element("b", f"{share:.3f}"), element("span", filled, class_="track"), class_="bar")


def shown(value: str | float) -> str:
    """Whole numbers with thousands, others with three decimals."""
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def _clean(text: str) -> str:
    # control characters and lone surrogates are no text; a page with one of them would not be UTF-8
    return "".join(
        c if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c != "\x7f") else "\ufffd" for c in text
    )
