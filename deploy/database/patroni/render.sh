#!/usr/bin/env bash
# Fills the templates of this folder with one host's settings.
set -euo pipefail
readonly HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly NAMES=(SCOPE NAME ADDRESS MEMBERS PG_PORT REST_PORT ETCD_PORT ETCD_PEER_PORT ETCD_STATE DATABASE HOSTS_NETWORK
    CLIENTS_NETWORK OS_USER PG_BIN DATA_DIR RUN_DIR SECRETS_DIR TLS TTL_S LOOP_WAIT_S RETRY_TIMEOUT_S WATCHDOG SHARED_BUFFERS
    WAL_KEEP_SIZE SLOT_WAL_MAX WAL_MAX WAL_TIMEOUT)

fail() { echo "render.sh: $1" >&2; exit 2; }

usage() {
    cat <<'USAGE'
usage: render.sh HOST.env DIR

Writes patroni.yml, etcd.yml and start-patroni.sh for one host into DIR. HOST.env holds the settings that host.env.example
explains. In MEMBERS, name=address may carry ports of its own: name=address:ETCD_PORT:ETCD_PEER_PORT.
USAGE
}

check() {
    local name
    for name in "${NAMES[@]}"; do
        [ -n "${!name:-}" ] || fail "$1 does not set $name; host.env.example explains it"
    done
    case "$TLS" in
        on) [ -n "${TLS_AUTHORITY:-}" ] && [ -n "${TLS_CERTIFICATE:-}" ] && [ -n "${TLS_KEY:-}" ] ||
            fail "$1 sets TLS=on without TLS_AUTHORITY, TLS_CERTIFICATE and TLS_KEY" ;;
        off) ;;
        *) fail "$1: TLS is '$TLS', not on or off" ;;
    esac
    [ $((LOOP_WAIT_S + 2 * RETRY_TIMEOUT_S)) -le "$TTL_S" ] || fail "$1: LOOP_WAIT_S + 2 x RETRY_TIMEOUT_S is above TTL_S"
}

# The two lists of members that Patroni and etcd want, each in its own form.
list_members() {
    local member name address client peer scheme=http
    [ "$TLS" = on ] && scheme=https
    ETCD_HOSTS="" ETCD_CLUSTER=""
    for member in $MEMBERS; do
        name=${member%%=*}
        IFS=: read -r address client peer <<<"${member#*=}"
        ETCD_HOSTS+="${ETCD_HOSTS:+,}$address:${client:-$ETCD_PORT}"
        ETCD_CLUSTER+="${ETCD_CLUSTER:+,}$name=$scheme://$address:${peer:-$ETCD_PEER_PORT}"
    done
}

# Keeps the lines of the chosen transport, then puts in the values.
fill() {
    local template=$1 keep=plain drop=tls name script=""
    [ "$TLS" = on ] && keep=tls drop=plain
    for name in "${NAMES[@]}" ETCD_HOSTS ETCD_CLUSTER TLS_AUTHORITY TLS_CERTIFICATE TLS_KEY; do
        script+="s|@$name@|${!name:-}|g;"
    done
    sed -e "/#$drop\$/d" -e "s/ *#$keep\$//" -e "$script" "$HERE/$template" >"$DIR/$template"
    if grep -n '@[A-Z_]*@' "$DIR/$template" >&2; then fail "$template: the lines above name settings that do not exist"; fi
}

case "${1:-}" in -h | --help) usage; exit 0 ;; esac
[ $# -eq 2 ] || { usage >&2; exit 2; }
[ -r "$1" ] || fail "cannot read $1"
readonly DIR=$2
# shellcheck source=/dev/null
source "$1"
check "$1"
list_members
mkdir -p "$DIR"
fill patroni.yml
fill etcd.yml
sed "s|@SECRETS_DIR@|$SECRETS_DIR|g; s|@DIR@|$(cd "$DIR" && pwd)|g" "$HERE/start-patroni.sh" >"$DIR/start-patroni.sh"
chmod 755 "$DIR/start-patroni.sh"
