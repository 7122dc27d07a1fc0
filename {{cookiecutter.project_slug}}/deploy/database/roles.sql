-- Makes the three roles, or repairs them; a superuser runs it as often as needed (apply-roles.sh).
--   owner    owns the database and migrates it
--   service  reads and writes rows, nothing else
--   backup   reads the tables, changes nothing
-- Variables: owner_role, service_role, backup_role, and for each NAME_password_file.
\set ON_ERROR_STOP on
\set owner_password `cat :'owner_password_file'`
\set service_password `cat :'service_password_file'`
\set backup_password `cat :'backup_password_file'`

BEGIN;
SET LOCAL client_min_messages = warning;

-- A password is part of a statement here, so no statement of this session may reach the log.
SET LOCAL log_statement = 'none';
SET LOCAL log_min_duration_statement = -1;
SET LOCAL log_min_error_statement = 'panic';
SET LOCAL password_encryption = 'scram-sha-256';

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY[:'owner_role', :'service_role', :'backup_role']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name)
\gexec

ALTER ROLE :"owner_role" LOGIN PASSWORD :'owner_password'
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE :"service_role" LOGIN PASSWORD :'service_password'
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
ALTER ROLE :"backup_role" LOGIN PASSWORD :'backup_password'
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;

-- How long a request may take; the same stands in config/settings/database.py, which a pooler in
-- between may drop. Migrations need other limits (guard/management/commands/migrate.py).
ALTER ROLE :"service_role" SET statement_timeout = '15s';
ALTER ROLE :"service_role" SET lock_timeout = '5s';
ALTER ROLE :"service_role" SET idle_in_transaction_session_timeout = '30s';
ALTER ROLE :"owner_role" SET lock_timeout = '5s';

COMMIT;

\ir grants.sql
