"""How Alembic runs the steps in `versions/`: on the connection that is handed over, else on the address."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, create_engine

from claimwright.desk.tables import Dollars, Instant, Table


def _written(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """A step stands for itself: it names no type of ours, which may change later."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Dollars) else False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        render_item=_written,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    _run(given)
else:
    with create_engine(context.config.get_main_option("sqlalchemy.url", "")).begin() as opened:
        _run(opened)
