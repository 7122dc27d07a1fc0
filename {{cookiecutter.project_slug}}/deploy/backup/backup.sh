#!/bin/sh
# Writes one checked dump of PGDATABASE to BACKUP_DIR and removes those older than
# BACKUP_KEEP_DAYS (14), but only after the new one is whole. Beside NAME.dump are NAME.contents,
# what the same snapshot of the database held (for drill.sh), and NAME.sha256 of both.
# PGPASSWORD_FILE is a path of a file.
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

name=${PGDATABASE:?}-$(date -u +%Y%m%dT%H%M%SZ)
here=$(dirname -- "$0")
# Nothing has its final name before it is whole, and nothing is left of what did not become so.
part=$(mktemp -d -- "$dir/.part.XXXXXX")
export part
stop() {
    for running in "$child" "$(cat -- "$part/pid" 2>/dev/null)"; do
        [ -z "$running" ] || kill -- "$running" 2>/dev/null || :
    done
    exit 1
}
trap 'rm -rf -- "$part"' EXIT
child=
trap stop HUP INT TERM

# Whoever migrates meanwhile waits, and gives up after the owner's lock_timeout; so does this.
psql --no-psqlrc --no-password --quiet --set=ON_ERROR_STOP=1 --set=contents="$here/contents.sql" \
    >"$part/contents" <<'SQL' &
SET lock_timeout = '60s';
DO $$ BEGIN
    PERFORM set_config(name, '0', false) FROM pg_settings WHERE name IN
        ('statement_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout');
END $$;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
\i :contents
SELECT pg_export_snapshot() AS snapshot \gset
\setenv snapshot :snapshot
\! sh -c 'echo $$ >"$part/pid"; exec pg_dump --format=custom --no-password --lock-wait-timeout=60s --snapshot="$snapshot" --file="$part/dump"' && : >"$part/whole"
COMMIT;
SQL
child=$!
wait "$child"
if ! [ -e "$part/whole" ] || [ "$(tail -n 1 -- "$part/contents")" != end ]; then
    echo "backup: pg_dump failed; nothing was kept, nothing removed" >&2
    exit 1
fi
# All of it is read again: a list of contents is at the dump's beginning, its end may be missing.
pg_restore --file=/dev/null "$part/dump"

sums() {
    for what in dump contents; do
        sum=$(sha256sum <"$part/$what")
        printf '%s  %s\n' "${sum%% *}" "$name.$what"
    done
}
sums >"$part/sha256"
# The dump comes last, so that none is ever seen without the files beside it.
for what in sha256 contents dump; do
    mv -- "$part/$what" "$dir/$name.$what"
done
echo "backup: $dir/$name.dump"

find "$dir" -maxdepth 1 -type f -mtime "+$((days - 1))" \
    \( -name "$PGDATABASE-*.dump" -o -name "$PGDATABASE-*.contents" \
    -o -name "$PGDATABASE-*.sha256" \) -exec rm -f -- {} +
# What a backup left that was killed, by a power cut for instance.
find "$dir" -maxdepth 1 -type d -name '.part.*' -mtime +0 -exec rm -rf -- {} +
