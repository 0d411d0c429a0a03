"""The column types, the same on every database."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator

from storage.text import clean

_TEXT, _BY_CODE_POINT = Text(), Text(collation="C")
"""Made once: SQLAlchemy remembers what it worked out for a type by the type's identity."""


class Words(TypeDecorator[str]):
    """Text, ordered by code point on every database."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Text:
        """Give PostgreSQL's order by code point, which SQLite has anyway."""
        return _BY_CODE_POINT if dialect.name == "postgresql" else _TEXT

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Give what the database takes."""
        del dialect
        return None if value is None else clean(value)


class Time(TypeDecorator[datetime]):
    """A time, aware and in UTC in Python; SQLite keeps it as ISO text without the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time in UTC."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time with its zone."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)
