#!/bin/sh
# Runs roles.sql as the superuser that PGUSER names, in the database that PGDATABASE names.
# PGPASSWORD_FILE and OWNER_, SERVICE_ and BACKUP_PASSWORD_FILE are paths of files; so is, if it is
# set, SERVICE_ROLE_FILE, which names the role of the service.
set -eu
if [ -n "${PGPASSWORD_FILE:-}" ]; then
    PGPASSWORD=$(cat -- "$PGPASSWORD_FILE")
    export PGPASSWORD
fi
if [ -n "${SERVICE_ROLE_FILE:-}" ]; then
    SERVICE_ROLE=$(cat -- "$SERVICE_ROLE_FILE")
fi
for file in "${OWNER_PASSWORD_FILE:?}" "${SERVICE_PASSWORD_FILE:?}" "${BACKUP_PASSWORD_FILE:?}"; do
    if ! [ -s "$file" ]; then
        echo "apply-roles: $file is missing or empty" >&2
        exit 1
    fi
done
exec psql --no-psqlrc --no-password --quiet --dbname="${PGDATABASE:?}" \
    --set=owner_role="${OWNER_ROLE:-service_owner}" \
    --set=service_role="${SERVICE_ROLE:-service}" \
    --set=backup_role="${BACKUP_ROLE:-service_backup}" \
    --set=owner_password_file="$OWNER_PASSWORD_FILE" \
    --set=service_password_file="$SERVICE_PASSWORD_FILE" \
    --set=backup_password_file="$BACKUP_PASSWORD_FILE" \
    --file="$(dirname -- "$0")/roles.sql"
