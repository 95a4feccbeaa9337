"""The kinds of columns that records can be compared by."""

from enum import StrEnum


class ColumnKind(StrEnum):
    """What the values of a column are; it decides how two of them are compared."""

    GIVEN_NAME = "given_name"
    """A first name: short forms, typing errors, given name and surname exchanged."""
    SURNAME = "surname"
    FULL_NAME = "full_name"
    """All of a name in one column: words in any order, initials, short forms, titles dropped."""
    DATE = "date"
    """A day: typing errors, day and month exchanged, two of its three parts equal."""
    NUMBER = "number"
    """A quantity: nearly equal, or one digit wrong."""
    EMAIL = "email"
    PHONE = "phone"
    CODE = "code"
    """Letters and digits that identify: social security number, postcode, customer number."""
    CATEGORY = "category"
    """One of few words: state, gender, status."""
    TEXT = "text"
    """Words whose spelling and order vary: a title, a list of authors, a description."""
    ADDRESS = "address"
    """A part of a postal address; all columns of this kind are compared as one."""

    @property
    def secret(self) -> bool:
        """Whether the values are left out of evidence and warnings, because they are contacts or identify people."""
        return self in (ColumnKind.EMAIL, ColumnKind.PHONE, ColumnKind.CODE)
