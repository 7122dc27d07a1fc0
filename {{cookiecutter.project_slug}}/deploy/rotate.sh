#!/bin/sh
# rotate.sh NAME         makes the secret NAME anew in deploy/private/
# rotate.sh NAME switch  jwt_private_key only: signs with the new one # option: jwt
# rotate.sh NAME end     forgets the one before, when nothing uses it any more
# What to restart, and when, is in docs/operations.md. A leaked one: both at once, then restart.
set -eu
umask 077

deploy=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
private=$deploy/private
name=${1:-}
step=${2:-begin}

fail() {
    echo "rotate: $1" >&2
    exit 1
}

write() {
    cat >"$private/.new"
    chmod 0444 "$private/.new"
    mv -f -- "$private/.new" "$private/$1"
}

[ -d "$private" ] || fail "there is no $private: run deploy/prepare.sh first"
case $name:$step in
secret_key:begin)
    # The one before goes on to verify sessions, and what it verifies is signed anew.
    before=$(cat -- "$private/secret_key" "$private/secret_key_fallbacks" | paste -s -d , -)
    printf '%s\n' "${before%,}" | write secret_key_fallbacks
    ;;
secret_key:end)
    write secret_key_fallbacks </dev/null
    ;;
redis_password:begin)
    # Redis takes both for a while.
    [ ! -e "$private/redis_password_before" ] || fail "the last time has not ended: $0 $name end"
    cp -pf -- "$private/redis_password" "$private/redis_password_before"
    ;;
redis_password:end)
    rm -f -- "$private/redis_password_before"
    ;;
service_password:begin)
    # A role has one password, so two roles take turns: the one in use keeps its own meanwhile.
    case $(cat -- "$private/service_role") in
    service) echo service_b | write service_role ;;
    *) echo service | write service_role ;;
    esac
    ;;
# option: jwt
jwt_private_key:begin)
    # Known before it signs, so that nobody's copy of the key set lacks it then.
    openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 >"$private/.key"
    write jwt_private_key_next <"$private/.key"
    rm -f -- "$private/.key"
    openssl pkey -in "$private/jwt_private_key_next" -pubout | write jwt_verify_keys
    ;;
jwt_private_key:switch)
    [ -e "$private/jwt_private_key_next" ] || fail "it has not begun: $0 $name"
    # What the one before has signed is good until it ends.
    openssl pkey -in "$private/jwt_private_key" -pubout | write jwt_verify_keys
    mv -f -- "$private/jwt_private_key_next" "$private/jwt_private_key"
    ;;
jwt_private_key:end)
    write jwt_verify_keys </dev/null
    ;;
# end option
owner_password:begin | backup_password:begin | superuser_password:begin) ;;
redis_operator_password:begin) ;;
*)
    fail "no such secret or step; docs/operations.md lists them"
    ;;
esac
case $name:$step in
jwt_private_key:*) ;; # option: jwt
*:begin) rm -f -- "$private/$name" ;;
esac
exec "$deploy/prepare.sh"
