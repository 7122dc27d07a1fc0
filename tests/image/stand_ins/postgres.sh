#!/bin/sh
# Makes a cluster with one database where there is none, then serves it.
set -eu
if [ "$1" = postgres ]; then
    if ! [ -s "$PGDATA/PG_VERSION" ]; then
        initdb --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" \
            --auth-host=scram-sha-256 --auth-local=trust
        echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
        pg_ctl --wait --options="-c listen_addresses=''" start
        createdb --username=postgres "$POSTGRES_DB"
        pg_ctl --wait --mode=fast stop
    fi
    set -- "$@" -c 'listen_addresses=*'
fi
exec "$@"
