"""What the tables share: the metadata, the collation of ids, the usual columns.

Text keys that order or compare ids use the "C" collation, so that PostgreSQL sorts ids as Python does.
"""

from sqlalchemy import Column, DateTime, ForeignKey, MetaData, Text, func

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = Text(collation="C")
NOW = func.now()


def at_column(name: str = "at", *, default: bool = True, nullable: bool = False) -> Column[object]:
    return Column(name, DateTime(timezone=True), nullable=nullable, server_default=NOW if default else None)


def profile_column(name: str = "profile_id", *, primary_key: bool = False) -> Column[str]:
    return Column(
        name, ID, ForeignKey("profile.profile_id", ondelete="CASCADE"), primary_key=primary_key, nullable=False
    )
