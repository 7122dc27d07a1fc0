-- Prints what the connected database holds, a line each: kind, name, number, checksum. Of a table
-- the number of rows and a sum over the SHA-256 of each, whatever their order; of a sequence the
-- next value; of each kind of object how many there are, and a SHA-256 of their names.
-- Read by backup.sh in the snapshot of a dump and by drill.sh in what was restored from it.
\set ON_ERROR_STOP on
\pset format unaligned
\pset fieldsep '\t'
\pset tuples_only on
-- The same text for the same row, whatever the server's and the role's own settings are.
SET TimeZone = 'UTC';
SET DateStyle = 'ISO';
SET IntervalStyle = 'postgres';
SET bytea_output = 'hex';
SET extra_float_digits = 1;
SET search_path = pg_catalog;
-- Never a part of the rows only: whoever may not see all of them gets an error.
SET row_security = off;

SELECT format($query$
    SELECT 'table', %L, count(*), left(encode(sha256(convert_to(concat(
        sum(('x' || left(digest, 16))::bit(64)::bigint), ' ',
        sum(('x' || substr(digest, 17, 16))::bit(64)::bigint)), 'UTF8')), 'hex'), 32)
    FROM (SELECT encode(sha256(convert_to((line.*)::text, 'UTF8')), 'hex') AS digest
          FROM ONLY %I.%I AS line) AS lines
    $query$, format('%I.%I', nspname, relname), nspname, relname)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'm') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
ORDER BY nspname, relname COLLATE "C"
\gexec

SELECT format($query$
    SELECT 'sequence', %L, last_value + is_called::int, '' FROM %I.%I
    $query$, format('%I.%I', nspname, relname), nspname, relname)
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'S' AND nspname !~ '^pg_' AND nspname <> 'information_schema'
ORDER BY nspname, relname COLLATE "C"
\gexec

SELECT 'all', kind, count(*), left(encode(sha256(convert_to(
    string_agg(name, ',' ORDER BY name COLLATE "C"), 'UTF8')), 'hex'), 32)
FROM (
    SELECT 'columns' AS kind, relnamespace AS namespace, concat_ws(' ', attrelid::regclass,
        attname, format_type(atttypid, atttypmod), attnotnull) AS name
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relkind IN ('r', 'p', 'v', 'm') AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT 'constraints', connamespace, concat_ws(' ', conrelid::regclass, conname, contype)
    FROM pg_constraint WHERE contype IN ('c', 'f', 'p', 'u', 'x')
    UNION ALL
    SELECT 'indexes', relnamespace, oid::regclass::text FROM pg_class WHERE relkind IN ('i', 'I')
    UNION ALL
    SELECT 'triggers', relnamespace, concat_ws(' ', tgrelid::regclass, tgname)
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid WHERE NOT tgisinternal
    UNION ALL
    SELECT 'functions', pronamespace, oid::regprocedure::text FROM pg_proc
) AS objects
JOIN pg_namespace ON pg_namespace.oid = namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
GROUP BY kind
ORDER BY kind;
\echo end
