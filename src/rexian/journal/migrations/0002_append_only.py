"""What is written stays as it is: the database itself refuses to change the journal.

On PostgreSQL also what tells a reader how far it may read: ids are handed out in one order and
transactions commit in another. Before a transaction's first entry gets its id, a trigger announces,
by an advisory lock that ends with the transaction, that its ids will be greater than the newest one
of that moment. ``journal_horizon()`` is the greatest id below which nothing can turn up any more.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import migrations

TABLES = ("journal_entry", "journal_seal")

SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
"""

POSTGRESQL = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only;
"""

# The lock's number is 0x006a ("j") in the upper 16 bits and the announced id below.
FUNCTIONS = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION journal_announce() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    newest bigint;
BEGIN
    IF coalesce(current_setting('rexian.announced', true), '') = '' THEN
        SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END
            INTO newest FROM journal_entry_id_seq;
        PERFORM pg_advisory_xact_lock_shared((106::bigint << 48) | newest);
        PERFORM set_config('rexian.announced', newest::text, true);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER journal_entry_announce BEFORE INSERT ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION journal_announce();

CREATE FUNCTION journal_horizon() RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    newest bigint;
    announced bigint;
BEGIN
    -- In this order: whoever got an id up to newest had announced it before, and who is no longer
    -- among the locks has committed, so that the next statement sees it.
    SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END
        INTO newest FROM journal_entry_id_seq;
    SELECT min(((classid::bigint & 65535) << 32) | objid::bigint) INTO announced FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1 AND classid::bigint >> 16 = 106
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND pid IS DISTINCT FROM pg_backend_pid();
    RETURN least(newest, announced);
END $$;
"""

UNDO_SQLITE = "DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete; DROP TRIGGER {table}_no_replace;"
UNDO_POSTGRESQL = """
DROP FUNCTION journal_horizon();
DROP FUNCTION journal_announce() CASCADE;
DROP FUNCTION journal_refuse() CASCADE;
"""


def guard(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - the form of a migration
    """Put the triggers on both tables."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        for table in TABLES:
            for statement in SQLITE.format(table=table).strip().split("END;\n"):
                schema_editor.execute(f"{statement.removesuffix('END;')}END;")
    else:
        schema_editor.execute(FUNCTIONS)
        for table in TABLES:
            schema_editor.execute(POSTGRESQL.format(table=table))


def unguard(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001 - the form of a migration
    """Take them off again, on the way back to an empty database."""
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            for statement in UNDO_SQLITE.format(table=table).split("; "):
                schema_editor.execute(statement)
    else:
        schema_editor.execute(UNDO_POSTGRESQL)


class Migration(migrations.Migration):
    """Triggers on entries and seals; on PostgreSQL the horizon."""

    dependencies: ClassVar = [("journal", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(guard, unguard)]
