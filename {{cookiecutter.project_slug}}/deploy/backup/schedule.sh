#!/bin/sh
# Runs backup.sh now and then every BACKUP_INTERVAL_SECONDS (a day); a failed one again after
# BACKUP_RETRY_SECONDS (5 minutes). Ends at once on SIGTERM, with the backup that is being made.
set -u
# It waits for that one to clean up: in a container all that is left ends with this process.
trap 'kill "$child" 2>/dev/null; wait "$child"; exit 0' INT TERM

while :; do
    sh "$(dirname -- "$0")/backup.sh" &
    child=$!
    pause=${BACKUP_INTERVAL_SECONDS:-86400}
    if ! wait "$child"; then
        echo "backup: failed" >&2
        pause=${BACKUP_RETRY_SECONDS:-300}
    fi
    sleep "$pause" &
    child=$!
    wait "$child"
done
