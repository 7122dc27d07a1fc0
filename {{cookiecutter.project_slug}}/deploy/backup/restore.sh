#!/bin/sh
# Usage: restore.sh FILE DATABASE
# Restores a dump of backup.sh into a database that does not exist yet, whole or not at all.
# PGUSER is a superuser, PGPASSWORD_FILE the path of a file with its password.
set -eu

if [ "$#" -ne 2 ]; then
    echo "usage: restore.sh FILE DATABASE" >&2
    exit 2
fi
file=$1
database=$2
if [ -n "${PGPASSWORD_FILE:-}" ]; then
    PGPASSWORD=$(cat -- "$PGPASSWORD_FILE")
    export PGPASSWORD
fi

(cd -- "$(dirname -- "$file")" && sha256sum -c -- "$(basename -- "$file" .dump).sha256") \
    >/dev/null || {
    echo "restore: $file is not what was backed up (its .sha256 does not match)" >&2
    exit 1
}

# Fails if the database exists: nothing is ever overwritten.
createdb --no-password --maintenance-db=postgres --template=template0 -- "$database"
undo() { dropdb --no-password --maintenance-db=postgres -- "$database"; }
trap undo EXIT

owner=${OWNER_ROLE:-service_owner}
psql --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1 --dbname="$database" \
    --set=owner="$owner" <<'SQL'
ALTER DATABASE :"DBNAME" OWNER TO :"owner";
SQL
pg_restore --no-password --exit-on-error --single-transaction --no-owner --no-privileges \
    --role="$owner" --dbname="$database" -- "$file"
psql --no-psqlrc --no-password --quiet --dbname="$database" \
    --set=owner_role="$owner" \
    --set=service_role="${SERVICE_ROLE:-service}" \
    --set=backup_role="${BACKUP_ROLE:-service_backup}" \
    --file="$(dirname -- "$0")/../database/grants.sql"
trap - EXIT
echo "restore: $file is in database $database"
