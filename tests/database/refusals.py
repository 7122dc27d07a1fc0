"""What a role must not do, and the grant that would let it."""

from __future__ import annotations

# Each statement, and what a superuser would have to say first; None where no grant allows it.
# {owner} and {role} are the names of the owner and of the role that tries.
SERVER = {
    "read password hashes": ("SELECT * FROM pg_authid", "GRANT SELECT ON pg_authid TO {role}"),
    "read password hashes as before": (
        "SELECT * FROM pg_shadow",
        "GRANT SELECT ON pg_shadow TO {role}",
    ),
    "run a program": (
        "COPY (SELECT 1) TO PROGRAM 'cat'",
        "GRANT pg_execute_server_program TO {role}",
    ),
    "read a file": (
        "SELECT pg_read_file('PG_VERSION')",
        "GRANT EXECUTE ON FUNCTION pg_read_file(text) TO {role}",
    ),
    "read a file into a table": (
        "COPY later (text) FROM '/etc/hostname'",
        "GRANT pg_read_server_files TO {role}; GRANT INSERT ON later TO {role}",
    ),
    "list a folder": (
        "SELECT pg_ls_dir('.')",
        "GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO {role}",
    ),
    "write a file": ("COPY (SELECT 1) TO '/dev/null'", "GRANT pg_write_server_files TO {role}"),
    "become the owner": ('SET ROLE "{owner}"', 'GRANT "{owner}" TO {role}'),
    "become anybody": ('SET SESSION AUTHORIZATION "{owner}"', None),
    "make a role": ("CREATE ROLE intruder", "ALTER ROLE {role} CREATEROLE"),
    "change the owner's password": ("ALTER ROLE \"{owner}\" PASSWORD 'x'", None),
    "change the server": ("ALTER SYSTEM SET work_mem = '1GB'", None),
    "stop somebody's query": (
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename <> current_user",
        None,
    ),
}
SCHEMA = {
    "make a table": ("CREATE TABLE mine (a int)", "GRANT CREATE ON SCHEMA public TO {role}"),
    "make a table for a while": (
        "CREATE TEMP TABLE mine (a int)",
        "GRANT TEMPORARY ON DATABASE {database} TO {role}",
    ),
    "make a schema": ("CREATE SCHEMA mine", "GRANT CREATE ON DATABASE {database} TO {role}"),
    "make a function": (
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "GRANT CREATE ON SCHEMA public TO {role}",
    ),
    "make a view": ("CREATE VIEW mine AS SELECT 1", "GRANT CREATE ON SCHEMA public TO {role}"),
    "make a type": ("CREATE TYPE mine AS (a int)", "GRANT CREATE ON SCHEMA public TO {role}"),
    "make an extension": ("CREATE EXTENSION pg_trgm", None),
    "make a trigger": (
        "CREATE TRIGGER mine AFTER INSERT ON later EXECUTE FUNCTION tsvector_update_trigger()",
        "GRANT TRIGGER ON later TO {role}",
    ),
    "make an index": ("CREATE INDEX ON later (text)", 'GRANT "{owner}" TO {role}'),
    "change a table": ("ALTER TABLE later ADD COLUMN b int", 'GRANT "{owner}" TO {role}'),
    "switch triggers off": ("ALTER TABLE later DISABLE TRIGGER ALL", None),
    "own a table": ("ALTER TABLE later OWNER TO {role}", None),
    "drop a table": ("DROP TABLE later", 'GRANT "{owner}" TO {role}'),
    "drop an index": ("DROP INDEX later_pkey", None),
    "drop the schema": ("DROP SCHEMA public CASCADE", None),
    "empty a table": ("TRUNCATE later", "GRANT TRUNCATE ON later TO {role}"),
    "set a sequence": (
        "SELECT setval('later_numbers', 9)",
        "GRANT UPDATE ON later_numbers TO {role}",
    ),
    "claim that a migration ran": (
        "INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())",
        """GRANT INSERT ON django_migrations TO {role};
        GRANT USAGE ON django_migrations_id_seq TO {role}""",
    ),
    "change a migration": (
        "UPDATE django_migrations SET applied = now()",
        "GRANT UPDATE ON django_migrations TO {role}",
    ),
    "forget a migration": (
        "DELETE FROM django_migrations",
        "GRANT DELETE, SELECT ON django_migrations TO {role}",
    ),
}
ROWS = {
    "insert": ("INSERT INTO later (text) VALUES ('x')", "GRANT INSERT ON later TO {role}"),
    "update": ("UPDATE later SET text = 'x'", "GRANT UPDATE ON later TO {role}"),
    "delete": ("DELETE FROM later", "GRANT DELETE ON later TO {role}"),
    "lock rows": ("SELECT * FROM later FOR UPDATE", "GRANT UPDATE ON later TO {role}"),
    "lock a table": ("DO $$ BEGIN LOCK TABLE later; END $$", "GRANT UPDATE ON later TO {role}"),
    "take a number": ("SELECT nextval('later_numbers')", "GRANT USAGE ON later_numbers TO {role}"),
}
EVERYTHING = {
    **{("service", name): case for name, case in (SERVER | SCHEMA).items()},
    **{("backup", name): case for name, case in (SERVER | SCHEMA | ROWS).items()},
}
GRANTABLE = {key: case for key, case in EVERYTHING.items() if case[1] is not None}
