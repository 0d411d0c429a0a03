"""What lasts: the `Store` of `actions.ports` in SQL; the only importer of SQLAlchemy."""
