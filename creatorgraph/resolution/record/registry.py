"""Which comparison each kind of column gets."""

from creatorgraph.resolution.record.comparison import Comparison
from creatorgraph.resolution.record.date import date_comparison
from creatorgraph.resolution.record.email import email_comparison
from creatorgraph.resolution.record.full_name import full_name_comparison
from creatorgraph.resolution.record.kind import ColumnKind
from creatorgraph.resolution.record.name import name_comparison
from creatorgraph.resolution.record.quantity import category_comparison, code_comparison, number_comparison
from creatorgraph.resolution.record.table import RecordTable, ValueColumn
from creatorgraph.resolution.record.text import text_comparison

_OTHER_NAME = {ColumnKind.GIVEN_NAME: ColumnKind.SURNAME, ColumnKind.SURNAME: ColumnKind.GIVEN_NAME}


def comparisons_of(table: RecordTable) -> tuple[Comparison, ...]:
    """One per column, in their order."""
    return tuple(_comparison(column, table) for column in table.columns)


def _comparison(column: ValueColumn, table: RecordTable) -> Comparison:
    match column.kind:
        case ColumnKind.GIVEN_NAME | ColumnKind.SURNAME:
            other = _OTHER_NAME[column.kind]
            return name_comparison(column, next((c for c in table.columns if c.kind is other), None))
        case ColumnKind.FULL_NAME:
            return full_name_comparison(column)
        case ColumnKind.DATE:
            return date_comparison(column)
        case ColumnKind.NUMBER:
            return number_comparison(column)
        case ColumnKind.EMAIL:
            return email_comparison(column)
        case ColumnKind.PHONE | ColumnKind.CODE:
            return code_comparison(column)
        case ColumnKind.CATEGORY:
            return category_comparison(column)
        case ColumnKind.TEXT | ColumnKind.ADDRESS:
            return text_comparison(column)
