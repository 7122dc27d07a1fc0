#!/bin/sh
# Usage: drill.sh [FILE]
# Restores a dump, the newest in BACKUP_DIR (/backups) unless one is named, into a database of its
# own, compares every table, sequence and kind of object with what was counted while it was made,
# prints a line for each, and drops the database. Exit code 1: something differs or is missing.
# PGUSER is a superuser, PGPASSWORD_FILE the path of a file with its password.
set -eu

dir=${BACKUP_DIR:-/backups}
# Names hold the time in UTC, so the last is the newest.
file=${1:-$(find "$dir" -maxdepth 1 -name '*.dump' | sort | tail -n 1)}
if [ -z "$file" ]; then
    echo "drill: there is no dump in $dir" >&2
    exit 1
fi
if [ -n "${PGPASSWORD_FILE:-}" ]; then
    PGPASSWORD=$(cat -- "$PGPASSWORD_FILE")
    export PGPASSWORD
fi

here=$(dirname -- "$0")
database=drill_$(date -u +%Y%m%d%H%M%S)_$$
found=$(mktemp)
trap 'rm -f -- "$found"' EXIT
trap 'exit 1' HUP INT TERM
sh "$here/restore.sh" "$file" "$database"
trap 'rm -f -- "$found"; dropdb --no-password --maintenance-db=postgres -- "$database"' EXIT

psql --no-psqlrc --no-password --quiet --dbname="$database" --file="$here/contents.sql" >"$found"
awk -F '\t' '
    function line(what, then, now, verdict) {
        printf "%-50s %12s %12s  %-10s  %s\n", what, then, now, verdict, restored_sum[what]
        if (verdict != "equal") wrong = 1
    }
    BEGIN { printf "%-50s %12s %12s  %-10s  %s\n", "", "backed up", "restored", "", "checksum" }
    $1 == "end" { ends++; next }
    NR == FNR { name[++names] = $1 " " $2; number[name[names]] = $3; sum[name[names]] = $4; next }
    { restored[$1 " " $2] = $3; restored_sum[$1 " " $2] = $4 }
    END {
        for (i = 1; i <= names; i++) {
            n = name[i]
            if (!(n in restored)) line(n, number[n], "-", "MISSING")
            # A sequence gives no number twice: others may have drawn from it while it was dumped.
            else if (n ~ /^sequence / ? restored[n] + 0 < number[n] + 0 : restored[n] != number[n])
                line(n, number[n], restored[n], "DIFFERENT")
            else if (sum[n] != restored_sum[n]) line(n, number[n], restored[n], "CHANGED")
            else line(n, number[n], restored[n], "equal")
        }
        for (n in restored) if (!(n in number)) line(n, "-", restored[n], "UNEXPECTED")
        if (ends != 2 || names == 0) { print "one of the lists is not whole"; wrong = 1 }
        exit wrong
    }' "${file%.dump}.contents" "$found" || {
    echo "drill: $file does not hold what was backed up" >&2
    exit 1
}
echo "drill: $file can be restored, whole"
