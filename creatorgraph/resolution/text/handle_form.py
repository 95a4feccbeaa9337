"""The form of a handle: how it is made of a name, whoever bears the name.

`ann.lee88`, of Ann Lee, is of the form `A.B`, and so is `bob.roe` of Bob Roe; `annlcooks` is of the form `AVcooks`. Digits are
left out: they are what people add where a handle is taken.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_DIGITS = re.compile(r"\d+")
_MIN_WORD = 2
_WHOLE, _INITIALS = "ABCDEF", "UVWXYZ"
"""What stands for the first, second, ... word of a name, and for its initial; handles are in lower case."""


@dataclass(frozen=True, slots=True)
class HandleForm:
    """`form` without the name; `marked` the same with the words of the name in brackets, so that one handle lies in another
    only at whole words."""

    form: str
    marked: str


def form_of(written: str, names: Iterable[tuple[str, ...]]) -> HandleForm | None:
    """The form of a written handle by that of the names which explains most of it; None where it is all digits."""
    core = _DIGITS.sub("", written).strip(".")
    if not core:
        return None
    made = ((_form(core, name), name) for name in names)
    form, name = min(made, key=lambda one: (_unexplained(one[0]), one[0]), default=(core, ()))
    marks: dict[str, str | int | None] = {_WHOLE[place]: f"<{word}>" for place, word in enumerate(name)}
    marks |= {_INITIALS[place]: f"({word[0]})" for place, word in enumerate(name)}
    return HandleForm(form, form.translate(str.maketrans(marks)))


def _form(core: str, name: tuple[str, ...]) -> str:
    form = core
    free = []
    # the longest first, so that a short word is not found inside of a long one
    for place in sorted(range(len(name)), key=lambda place: (-len(name[place]), place)):
        if len(name[place]) >= _MIN_WORD and name[place] in form:
            form = form.replace(name[place], _WHOLE[place], 1)
        else:
            free.append(place)
    for place in sorted(free):
        form = _with_initial(form, name[place][0], _INITIALS[place])
    return form


def _with_initial(form: str, letter: str, sign: str) -> str:
    """With the first such letter that stands beside a word of the name taken for an initial."""
    for at, char in enumerate(form):
        if char == letter and (
            form[at + 1 : at + 3].strip(".")[:1] in _WHOLES or form[:at].rstrip(".")[-1:] in _WHOLES
        ):
            return f"{form[:at]}{sign}{form[at + 1 :]}"
    return form


_WHOLES = frozenset(_WHOLE)


def _unexplained(form: str) -> int:
    return sum(char.islower() for char in form)
