#!/bin/sh
# Writes one checked dump of PGDATABASE to BACKUP_DIR and removes those older than
# BACKUP_KEEP_DAYS (14), but only after the new one is whole. PGPASSWORD_FILE is a path of a file.
set -eu
umask 077

dir=${BACKUP_DIR:?}
days=${BACKUP_KEEP_DAYS:-14}
case $days in
'' | 0* | *[!0-9]*)
    echo "backup: BACKUP_KEEP_DAYS must be a whole number of days, 1 or more" >&2
    exit 2
    ;;
esac
if [ -n "${PGPASSWORD_FILE:-}" ]; then
    PGPASSWORD=$(cat -- "$PGPASSWORD_FILE")
    export PGPASSWORD
fi

name=${PGDATABASE:?}-$(date -u +%Y%m%dT%H%M%SZ).dump
part=$dir/.$name.part
trap 'rm -f -- "$part"' EXIT
trap 'exit 1' INT TERM

pg_dump --format=custom --no-password --lock-wait-timeout=60s --file="$part"
pg_restore --list "$part" >/dev/null
# The checksum is there first, so that no dump is ever seen without one.
sum=$(sha256sum <"$part")
printf '%s  %s\n' "${sum%% *}" "$name" >"$dir/$name.sha256"
mv -- "$part" "$dir/$name"
trap - EXIT
echo "backup: $dir/$name"

find "$dir" -maxdepth 1 -type f -mtime "+$((days - 1))" \
    \( -name "$PGDATABASE-*.dump" -o -name "$PGDATABASE-*.dump.sha256" \
    -o -name ".$PGDATABASE-*.part" \) -exec rm -f -- {} +
