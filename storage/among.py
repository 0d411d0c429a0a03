"""`column IN (many texts)` with one bind parameter.

SQLAlchemy's expanding parameter compiles the statement anew at each execution, which was a third
of what a batch cost (`make bench`); here the list itself is the parameter.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Dialect, Text, TypeDecorator, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.visitors import InternalTraversal

from storage.text import clean, dump_json

_ARRAY, _JSON = ARRAY(Text()), Text()


class _Texts(TypeDecorator[Sequence[str]]):
    """An array on PostgreSQL, JSON elsewhere."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return _ARRAY if dialect.name == "postgresql" else _JSON

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        texts = [clean(text) for text in value or ()]
        return texts if dialect.name == "postgresql" else dump_json(texts)


class Among(ColumnElement[bool]):
    """True where a text column has one of the values of the parameter `name`."""

    inherit_cache = True
    type = Boolean()
    _traverse_internals = [  # noqa: RUF012 - declared as an instance variable by SQLAlchemy
        ("column", InternalTraversal.dp_clauseelement),
        ("values", InternalTraversal.dp_clauseelement),
    ]

    def __init__(self, column: ColumnElement[str], name: str) -> None:
        """Compare `column` with the list given as `name` at execution."""
        self.column = column
        self.values = bindparam(name, type_=_Texts())

    def self_group(self, against: Any = None) -> "Among":
        """Need no brackets."""
        del against
        return self

    @property
    def _from_objects(self) -> Any:
        return self.column._from_objects  # noqa: SLF001 - SQLAlchemy asks it of every element


@compiles(Among, "postgresql")
def _any(element: Among, compiler: Any, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    return f"{column} = ANY ({compiler.process(element.values, **options)})"


@compiles(Among, "sqlite")
def _in_json(element: Among, compiler: Any, **options: Any) -> str:
    column = compiler.process(element.column, **options)
    values = compiler.process(element.values, **options)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - both compiled
