#!/bin/sh
# Makes deploy/private/: the secrets that compose.yaml mounts, one a file, and the folder of the
# backups. What exists is kept; addresses are written anew from the passwords each time.
set -eu
umask 077

deploy=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
private=$deploy/private
# What containers mount is readable to their users, whatever the umask of the checkout was.
chmod -R a+rX "$deploy/backup" "$deploy/database" "$deploy/proxy"
mkdir -p -- "$private/backups"
# Containers run as several users, each with only its own files mounted. So the files are readable
# and the folder around them is closed: on this machine only its owner and root pass.
chmod 0700 "$private"
chmod 1777 "$private/backups"

write() {
    cat >"$private/.new"
    chmod 0444 "$private/.new"
    mv -f -- "$private/.new" "$private/$1"
}

random() {
    od -An -v -tx1 -N"$1" /dev/urandom | tr -d ' \n'
    echo
}

for name in superuser_password owner_password service_password backup_password \
    redis_password redis_operator_password; do
    [ -s "$private/$name" ] || random 32 | write "$name"
done
[ -s "$private/secret_key" ] || random 64 | write secret_key
# Of two roles the one in use, as they take turns when the password is changed.
[ -s "$private/service_role" ] || echo service | write service_role
# Empty until a key is changed (docs/operations.md).
[ -e "$private/secret_key_fallbacks" ] || write secret_key_fallbacks </dev/null
# option: jwt
[ -e "$private/jwt_verify_keys" ] || write jwt_verify_keys </dev/null
if ! [ -s "$private/jwt_private_key" ]; then
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 >"$private/.key"
    write jwt_private_key <"$private/.key"
    rm -f -- "$private/.key"
fi
# end option

owner=$(cat -- "$private/owner_password")
role=$(cat -- "$private/service_role")
service=$(cat -- "$private/service_password")
redis=$(cat -- "$private/redis_password")

write database_url <<URL
postgresql://$role:$service@database:5432/service
URL
# A migration may take longer than a request is allowed to; it still never waits long for a lock.
write owner_database_url <<URL
postgresql://service_owner:$owner@database:5432/service?options=-c%20lock_timeout%3D5s
URL
write redis_url <<URL
redis://service:$redis@redis:6379/0
URL
hash_of() { tr -d '\n' <"$private/$1" | sha256sum | cut -d ' ' -f 1; }
passwords="#$(hash_of redis_password)"
if [ -s "$private/redis_password_before" ]; then
    passwords="$passwords #$(hash_of redis_password_before)"
fi
# Redis keeps hashes only, and the service gets no administration and no dangerous command. The
# operator changes passwords of a Redis that runs, and can do nothing else.
write redis_users <<ACL
user default off
user operator on #$(hash_of redis_operator_password) -@all +acl|setuser
user service on $passwords ~* &* +@all -@admin -@dangerous
ACL
echo "Secrets and backups of this server are in $private"
