"""A marked part of a page, written by another tool than the rest."""

ACCURACY = "bench-accuracy"
"""The part that `make bench-accuracy` writes."""
DECISION = "bench-decisions"
"""The part that `make bench-decisions` writes."""
SCALING = "bench-scaling"
"""What the parts that `make bench-scaling` writes are named after: bench-scaling.TABLE."""
BEGIN, END = "<!-- {name}: begin, written by make {target} -->\n", "<!-- {name}: end -->\n"
"""The target is what stands before the first dot of the name."""


def read_section(page: str, name: str) -> str:
    """The part with its marks; nothing where the page has none."""
    begin, end = BEGIN.format(name=name, target=name.partition(".")[0]), END.format(name=name)
    start, stop = page.find(begin), page.find(end)
    return page[start : stop + len(end)] if 0 <= start < stop else ""


def put_section(page: str, name: str, body: str) -> str:
    """The page with `body` as its part of this name, in the old one's place or at the end."""
    begin = BEGIN.format(name=name, target=name.partition(".")[0])
    fresh = f"{begin}{body.rstrip()}\n{END.format(name=name)}"
    old = read_section(page, name)
    return page.replace(old, fresh) if old else f"{page.rstrip()}\n\n{fresh}".lstrip("\n")
