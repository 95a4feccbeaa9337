"""One part of the page: a heading, what it says, and how to read it."""

from dataclasses import dataclass, field

from creatorgraph.resolution.report.chart import Spec
from creatorgraph.resolution.report.element import Child, Node, element


@dataclass(slots=True)
class Charts:
    """The specifications of the page's charts, by the id of the box that each is drawn in."""

    specs: dict[str, Spec] = field(default_factory=dict)

    def box(self, spec: Spec, caption: str) -> Node:
        """A box that the page's script draws the chart into when it comes into view."""
        name = f"chart-{len(self.specs)}"
        self.specs[name] = spec
        drawn = element("div", id=name, class_="chart", role="img", aria_label=caption)
        return element("figure", element("figcaption", caption), element("div", drawn, class_="scroll"))


def section(anchor: str, title: str, *parts: Child) -> Node:
    return element("section", element("h2", title), *parts, id=anchor)


def note(*text: Child) -> Node:
    """How to read what stands here."""
    return element("p", *text, class_="note")


def beside(*parts: Node) -> Node:
    """Next to each other where there is room."""
    return element("div", *parts, class_="beside")
