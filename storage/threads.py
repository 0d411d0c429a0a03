"""`actions.places.thread_root` in SQL."""

from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from storage.columns import Words

_MARK = ";messageid="


class ThreadRoot(FunctionElement[str]):
    """The channel of a reply thread's id, any other id unchanged."""

    inherit_cache = True
    type = Words()

    def __init__(self, column: ColumnElement[str]) -> None:
        """Take the id from `column`."""
        super().__init__(column)


@compiles(ThreadRoot, "postgresql")
def _split(element: ThreadRoot, compiler: Any, **options: Any) -> str:
    return f"split_part({compiler.process(element.clauses, **options)}, '{_MARK}', 1)"


@compiles(ThreadRoot, "sqlite")
def _cut(element: ThreadRoot, compiler: Any, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    return f"substr({column}, 1, instr({column} || '{_MARK}', '{_MARK}') - 1)"
