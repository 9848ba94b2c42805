"""The article warehouse: new pages of journals in, checked tables in Postgres out."""
