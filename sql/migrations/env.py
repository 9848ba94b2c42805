"""Run migrations on the connection that `etl.load.migrate` hands over."""

from alembic import context

from etl.schema import SCHEMAS, Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    include_schemas=True,
    include_name=lambda name, kind, _: kind != "schema" or name in SCHEMAS,
    version_table_schema="ops",
)
with context.begin_transaction():
    context.run_migrations()
