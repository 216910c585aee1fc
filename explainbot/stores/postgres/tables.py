"""The tables of the PostgreSQL store, as a list of scripts: the schema version is how many of them were run.

A script is never changed once released; a change of the tables is a new script at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from explainbot.errors import StoreError

if TYPE_CHECKING:
    import psycopg

__all__ = ["SCRIPTS", "migrate"]

S001_RECORDS = """
CREATE SCHEMA explainbot;
CREATE SCHEMA explainbot_keys;
CREATE TABLE explainbot.version (version INTEGER NOT NULL);
INSERT INTO explainbot.version VALUES (0);

CREATE TABLE explainbot.records (
    seq BIGINT NOT NULL, -- place in the log, from 1 and without a gap
    id TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    tenant TEXT NOT NULL,
    lane TEXT NOT NULL,
    number BIGINT NOT NULL,
    started BIGINT NOT NULL, -- microseconds since 1970, UTC
    status TEXT NOT NULL,
    model TEXT NOT NULL,
    grounding INTEGER NOT NULL, -- thousandths, -1 for none
    subject BYTEA NOT NULL,
    terms BYTEA NOT NULL,
    body BYTEA NOT NULL,
    leaf BYTEA NOT NULL,
    PRIMARY KEY (seq, started)
) PARTITION BY RANGE (started);
CREATE INDEX ON explainbot.records (id);
CREATE INDEX ON explainbot.records (started, seq) WHERE kind = 'trace';
CREATE INDEX ON explainbot.records (status, started, seq) WHERE kind = 'trace';

CREATE TABLE explainbot.found_by (term BYTEA, started BIGINT, seq BIGINT, PRIMARY KEY (term, started, seq));
CREATE TABLE explainbot.tenants (name TEXT PRIMARY KEY);
CREATE TABLE explainbot.lanes (lane TEXT PRIMARY KEY, leaf BYTEA NOT NULL, first BIGINT NOT NULL);
CREATE TABLE explainbot.checkpoints (
    size BIGINT PRIMARY KEY,
    made BIGINT NOT NULL, -- microseconds since 1970, UTC
    frontier BYTEA NOT NULL,
    note TEXT NOT NULL
);
CREATE TABLE explainbot.holds (tenant TEXT, subject BYTEA, PRIMARY KEY (tenant, subject));
CREATE TABLE explainbot.readers (role NAME, tenant TEXT, PRIMARY KEY (role, tenant));
CREATE TABLE explainbot_keys.keys (name TEXT PRIMARY KEY, wrapped BYTEA NOT NULL);

-- A writer may have a month begin, but owns no table.
CREATE FUNCTION explainbot.make_partition(name TEXT, first BIGINT, beyond BIGINT) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = explainbot, pg_temp AS $$
BEGIN
    IF name !~ '^records_[0-9]{4}_[0-9]{2}$' THEN RAISE EXCEPTION 'not the name of a month'; END IF;
    IF to_regclass('explainbot.' || name) IS NULL THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF records FOR VALUES FROM (%s) TO (%s)', name, first, beyond);
    END IF;
END $$;
REVOKE ALL ON FUNCTION explainbot.make_partition FROM PUBLIC;
"""

S002_ROLES = """
DO $$
BEGIN
    IF to_regrole('explainbot_writer') IS NULL THEN CREATE ROLE explainbot_writer NOLOGIN; END IF;
    IF to_regrole('explainbot_reader') IS NULL THEN CREATE ROLE explainbot_reader NOLOGIN; END IF;
EXCEPTION WHEN insufficient_privilege OR unique_violation OR duplicate_object THEN
    NULL; -- an administrator makes the roles, or another database of this server just did
END $$;

ALTER TABLE explainbot.records ENABLE ROW LEVEL SECURITY;
ALTER TABLE explainbot_keys.keys ENABLE ROW LEVEL SECURITY;

DO $$
BEGIN
    IF to_regrole('explainbot_writer') IS NULL OR to_regrole('explainbot_reader') IS NULL THEN RETURN; END IF;
    GRANT USAGE ON SCHEMA explainbot, explainbot_keys TO explainbot_writer, explainbot_reader;
    GRANT SELECT, INSERT ON explainbot.records, explainbot.found_by, explainbot.tenants, explainbot.checkpoints,
        explainbot_keys.keys TO explainbot_writer;
    GRANT SELECT, INSERT, UPDATE ON explainbot.lanes TO explainbot_writer;
    GRANT SELECT ON explainbot.holds, explainbot.version TO explainbot_writer;
    GRANT EXECUTE ON FUNCTION explainbot.make_partition TO explainbot_writer;
    GRANT SELECT ON explainbot.records, explainbot.found_by, explainbot.tenants, explainbot.checkpoints,
        explainbot.version, explainbot.readers, explainbot_keys.keys TO explainbot_reader;

    CREATE POLICY writers ON explainbot.records TO explainbot_writer USING (true) WITH CHECK (true);
    CREATE POLICY writers ON explainbot_keys.keys TO explainbot_writer USING (true) WITH CHECK (true);
    CREATE POLICY readers ON explainbot.records FOR SELECT TO explainbot_reader
        USING (tenant IN (SELECT readers.tenant FROM explainbot.readers WHERE role = session_user));
    CREATE POLICY readers ON explainbot_keys.keys FOR SELECT TO explainbot_reader
        USING (EXISTS (SELECT 1 FROM explainbot.readers WHERE role = session_user AND name IN
            ('tenant/' || tenant || '/', 'subject/' || tenant || '/' || right(name, 16))));
END $$;
"""

S003_OUTBOX = """
CREATE TABLE explainbot.outbox (name TEXT PRIMARY KEY, seq BIGINT NOT NULL);
DO $$
BEGIN
    IF to_regrole('explainbot_writer') IS NULL THEN RETURN; END IF;
    GRANT SELECT, INSERT, UPDATE ON explainbot.outbox TO explainbot_writer;
END $$;
"""

S004_WHERE_LANES_STAND = """
ALTER TABLE explainbot.lanes ADD COLUMN next BIGINT NOT NULL DEFAULT 0, ADD COLUMN last BIGINT NOT NULL DEFAULT 0;
"""

S005_TRAITS = """
CREATE TABLE explainbot.traits (one BYTEA, term BYTEA, PRIMARY KEY (one, term)); -- terms that stand for several
DO $$
BEGIN
    IF to_regrole('explainbot_writer') IS NULL OR to_regrole('explainbot_reader') IS NULL THEN RETURN; END IF;
    GRANT SELECT, INSERT ON explainbot.traits TO explainbot_writer;
    GRANT SELECT ON explainbot.traits TO explainbot_reader;
END $$;
"""

S006_REMOVED = """
CREATE TABLE explainbot.removed (size BIGINT PRIMARY KEY, lanes TEXT NOT NULL); -- how much of the log is gone
DO $$
BEGIN
    IF to_regrole('explainbot_writer') IS NULL OR to_regrole('explainbot_reader') IS NULL THEN RETURN; END IF;
    GRANT SELECT ON explainbot.removed TO explainbot_writer, explainbot_reader;
END $$;
"""

S007_LEAVING = """
CREATE TABLE explainbot.leaving (subject BYTEA, tenant TEXT, gone BIGINT NOT NULL, PRIMARY KEY (subject, tenant));
DO $$
BEGIN
    IF to_regrole('explainbot_writer') IS NULL THEN RETURN; END IF;
    GRANT SELECT ON explainbot.leaving TO explainbot_writer;
END $$;
"""

SCRIPTS = (S001_RECORDS, S002_ROLES, S003_OUTBOX, S004_WHERE_LANES_STAND, S005_TRAITS, S006_REMOVED, S007_LEAVING)


def migrate(connection: psycopg.Connection[Any], lock: int) -> None:
    """Bring the tables up to date, in one transaction that no other process shares.

    Raises:
        StoreError: a newer version of explainbot made them.
    """
    version = _version(connection)
    connection.commit()
    if version == len(SCRIPTS):
        return
    connection.execute("SELECT pg_advisory_lock(%s)", [lock])
    connection.commit()  # what another process made meanwhile is seen from the next transaction on
    try:
        for script in SCRIPTS[_version(connection) :]:
            connection.execute(script.encode())
        connection.execute("UPDATE explainbot.version SET version = %s", [len(SCRIPTS)])
        connection.commit()
    finally:
        connection.rollback()
        connection.execute("SELECT pg_advisory_unlock(%s)", [lock])
        connection.commit()


def _version(connection: psycopg.Connection[Any]) -> int:
    found = connection.execute("SELECT to_regclass('explainbot.version')").fetchone()
    if found is None or found[0] is None:
        return 0
    [version] = connection.execute("SELECT version FROM explainbot.version").fetchone() or [0]
    if version > len(SCRIPTS):
        raise StoreError(
            f"the traces in PostgreSQL have schema {version}, this version of explainbot knows up to {len(SCRIPTS)}; "
            "upgrade explainbot, or name another database"
        )
    return int(version)
