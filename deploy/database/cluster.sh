#!/usr/bin/env bash
# Three database nodes on one host, from the configuration that real hosts use: for tests and rehearsal.
set -euo pipefail
readonly HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export LC_ALL=C
PORT="" NETWORK=auto TLS=off DIR="" WAIT=yes TARGET="" CLIENTS="" POSTMASTER_ONLY="" HOST_LOST="" WHY_NO_NAMESPACES=""
ADDRESSES=("")

fail() { echo "cluster.sh: $1" >&2; exit "${2:-1}"; }
source "$HERE/cluster/packages.sh"
source "$HERE/cluster/network.sh"
source "$HERE/cluster/node.sh"

help() {
    cat <<'HELP'
usage: cluster.sh VERB [options] DIR

  install       install the Debian packages that are missing (needs no DIR; needs root when something is missing)
  up            make or start the cluster, wait for a primary and its synchronous standby, print how to connect
                --port N              first of 30 ports (default: some that are free, between 20000 and 31900)
                --network KIND        namespaces: a network namespace for each node, needs root; loopback: 127.0.0.1, cannot be
                                      partitioned; auto (default): namespaces where possible
                --tls                 encrypt and authenticate everything, with certificates made for this cluster
  status        one line per node; exit status 0: all three work and one standby is synchronous, 5: not so
  kill-primary  SIGKILL Patroni and PostgreSQL of the primary, so that a standby takes over; heal starts them again
                --postmaster-only     PostgreSQL alone: Patroni starts it again on the same node
                --host                etcd of that node as well
  isolate       cut the primary off from the other nodes, both ways; clients still reach it (needs namespaces)
                --node N              another node: 1, 2 or 3
                --clients             cut it off from clients as well
  heal          undo isolate, start what does not run, wait until all is well
                --no-wait             do not wait
  down          stop everything and delete DIR

Everything lies in DIR: configuration, data, logs, sockets, passwords. Exit status: 0 done, 1 failed, 2 wrong usage,
3 packages missing, 4 rights missing, 5 not (yet) healthy.
HELP
}

parse() {
    while [ $# -gt 0 ]; do
        case "$1" in
            --port) PORT=${2:?--port needs a number}; shift ;;
            --network) NETWORK=${2:?--network needs a kind}; shift ;;
            --node) TARGET=${2:?--node needs a number}; shift ;;
            --tls) TLS=on ;;
            --clients) CLIENTS=clients ;;
            --no-wait) WAIT="" ;;
            --postmaster-only) POSTMASTER_ONLY=yes ;;
            --host) HOST_LOST=yes ;;
            -*) fail "there is no option '$1'; see cluster.sh help" 2 ;;
            *) [ -z "$DIR" ] || fail "more than one DIR: $DIR and $1" 2; DIR=$1 ;;
        esac
        shift
    done
    [ -n "$DIR" ] || fail "which DIR? see cluster.sh help" 2
    case "$NETWORK" in auto | namespaces | loopback) ;; *) fail "--network is namespaces, loopback or auto, not '$NETWORK'" 2 ;; esac
    case "$TARGET" in "" | [123]) ;; *) fail "--node is 1, 2 or 3, not '$TARGET'" 2 ;; esac
    [[ "$PORT" =~ ^[0-9]*$ ]] || fail "--port is a number, not '$PORT'" 2
}

# One command at a time works on a cluster.
load() {
    [ -r "$DIR/cluster.env" ] || fail "there is no cluster in $DIR; make one with: cluster.sh up $DIR" 2
    DIR=$(cd "$DIR" && pwd)
    # shellcheck source=/dev/null
    source "$DIR/cluster.env"
    choose_addresses
    exec 9>"$DIR/lock"
    flock -w 120 9 || fail "another cluster.sh works on $DIR"
}

is_free() {
    local offset
    for offset in 0 1 2 3 10 11 12 13 20 21 22 23; do
        if ss -Hltn "sport = :$(($1 + offset))" | grep -q .; then return 1; fi
    done
    ! ip link show "mmdb$1" >/dev/null 2>&1
}

choose_port() {
    local attempt
    if [ -n "$PORT" ]; then
        is_free "$PORT" || fail "the ports from $PORT on are in use: give another --port"
        return
    fi
    for attempt in $(seq 200); do
        PORT=$((20000 + RANDOM % 119 * 100))
        if is_free "$PORT"; then return; fi
    done
    fail "found no 30 free ports between 20000 and 31900"
}

# Makes the folder of a new cluster; what is chosen here is kept in cluster.env.
create() {
    mkdir -p "$DIR"
    DIR=$(cd "$DIR" && pwd)
    [ ${#DIR} -le 80 ] || fail "the path of $DIR is too long for the sockets of PostgreSQL: 80 characters at most" 2
    [ -z "$(ls -A "$DIR")" ] || fail "$DIR is not empty and holds no cluster" 2
    PG_BIN=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -1)
    OS_USER=$(id -un)
    [ "$(id -u)" -ne 0 ] || OS_USER=postgres
    if [ "$NETWORK" != loopback ]; then
        if can_make_namespaces; then NETWORK=namespaces
        elif [ "$NETWORK" = namespaces ]; then fail "cannot make network namespaces: $WHY_NO_NAMESPACES" 4
        else NETWORK=loopback
        fi
    fi
    choose_port
    choose_addresses
    make_secrets
    make_certificates
    local node
    for node in 1 2 3; do
        mkdir -p "$(node_folder $node)"
        chmod 700 "$(node_folder $node)"
        write_host_env $node >"$(node_folder $node)/host.env"
        "$HERE/patroni/render.sh" "$(node_folder $node)/host.env" "$(node_folder $node)"
    done
    if [ "$(id -u)" -eq 0 ]; then chown -R "$OS_USER:" "$DIR"; fi
    check_reach
    printf 'PORT=%s NETWORK=%s TLS=%s OS_USER=%s PG_BIN=%s WHY_NO_NAMESPACES=%q\n' \
        "$PORT" "$NETWORK" "$TLS" "$OS_USER" "$PG_BIN" "$WHY_NO_NAMESPACES" >"$DIR/cluster.env"
}

check_reach() {
    [ "$(id -u)" -ne 0 ] || setpriv --reuid "$OS_USER" --regid "$OS_USER" --init-groups -- test -w "$(node_folder 1)" || {
        rm -rf "${DIR:?}"
        fail "the account $OS_USER cannot reach $DIR: choose a folder below ones that others may enter, such as /tmp" 4
    }
}

start_nodes() {
    local node
    for node in 1 2 3; do start_etcd $node; done
    for node in 1 2 3; do start_patroni $node; done
}

# All three work, and one standby is synchronous. Patroni may take a while to notice that its PostgreSQL is dead, so it is asked too.
is_healthy() {
    local node primaries=0 syncs=0 standbys=0
    for node in 1 2 3; do
        postmaster_pid $node >/dev/null || return 1
        case "$(role_of $node)" in
            primary) primaries=$((primaries + 1)) ;;
            standby-sync) syncs=$((syncs + 1)) ;;
            standby) standbys=$((standbys + 1)) ;;
        esac
    done
    [ "$primaries" -eq 1 ] && [ "$syncs" -ge 1 ] && [ $((syncs + standbys)) -eq 2 ] && takes_commits
}

# PostgreSQL runs and Patroni calls it starting, for so long: the next primary died while this one was being rewound on it. What is half rewound waits for ever for
# log that nobody has, and Patroni leaves it alone. Its content is worth nothing: it is copied anew.
copy_anew() {
    local node
    for node in 1 2 3; do
        if ! postmaster_pid $node >/dev/null || [ "$(role_of $node)" != starting ]; then continue; fi
        echo "n$node was left half rewound: it is copied anew" >&2
        (
            PATRONI_RESTAPI_USERNAME=patroni PATRONI_RESTAPI_PASSWORD=$(cat "$DIR/secrets/restapi.password")
            export PATRONI_RESTAPI_USERNAME PATRONI_RESTAPI_PASSWORD
            enter_node $node patronictl -c "$(node_folder $node)/patroni.yml" reinit "ledger-$PORT" "n$node" --force
        ) >&2 || true
    done
}

wait_until_healthy() {
    local deadline=$((SECONDS + 120)) restart=$((SECONDS + 3)) stuck=$((SECONDS + 30))
    until is_healthy; do
        # What ended at its start, because a port or a socket of its forerunner was not free yet, gets another try.
        if [ "$SECONDS" -ge "$restart" ]; then
            start_nodes
            restart=$((SECONDS + 3))
        fi
        if [ "$SECONDS" -ge "$stuck" ]; then
            copy_anew
            stuck=$((SECONDS + 40))
        fi
        if [ "$SECONDS" -ge "$deadline" ]; then
            status_lines >&2
            fail "the cluster is not healthy after 120 s; the logs are $DIR/n*/*.log" 5
        fi
        sleep 0.2
    done
}

# Runs SQL from stdin on the primary, as its superuser. A synchronous standby is there, so it returns.
superuser_sql() {
    local node
    node=$(primary_node) || fail "no node is the primary" 5
    (enter_node "$node" "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 -h "$(node_folder "$node")" -p "$(port_of "$node" 0)" -U postgres "$@")
}

takes_commits() {
    local answer
    answer=$(superuser_sql -d postgres -At -c "select not pg_is_in_recovery() and exists (select from pg_stat_replication where sync_state = 'sync')" </dev/null 2>/dev/null) &&
        [ "$answer" = t ]
}

# The database, its roles and their passwords; what is there already stays.
create_accounts() {
    local account
    [ "$(superuser_sql -d postgres -At -c "select count(*) from pg_database where datname = 'ledger'" </dev/null)" = 1 ] ||
        echo "create database ledger;" | superuser_sql -d postgres
    superuser_sql -d ledger <"$HERE/roles.sql"
    for account in mm_owner mm_shipper mm_reader; do
        echo "alter role $account login password '$(cat "$DIR/secrets/$account.password")';"
    done | superuser_sql -d postgres
}

print_connection() {
    local node hosts="" secure=""
    for node in 1 2 3; do hosts+="${hosts:+,}${ADDRESSES[node]}:$(port_of $node 0)"; done
    [ "$TLS" = off ] || secure=";SSL Mode=VerifyCA;Root Certificate=$DIR/tls/authority.crt"
    echo "database = Host=$hosts;Database=ledger;Username=mm_shipper;Timeout=3$secure"
    echo "password-file = $DIR/secrets/mm_shipper.password"
    echo "owner-password-file = $DIR/secrets/mm_owner.password"
}

up() {
    install_packages
    if [ ! -e "$DIR/cluster.env" ]; then create; fi
    load
    network_up
    start_nodes
    wait_until_healthy
    create_accounts
    print_connection
}

status_lines() {
    local node role pid
    for node in 1 2 3; do
        role=$(role_of $node)
        echo "n$node $role ${ADDRESSES[node]}:$(port_of $node 0)$(is_cut $node && echo ' isolated')" \
            "etcd=$(running_pid $node etcd || echo down) patroni=$(running_pid $node patroni || echo down) postmaster=$(postmaster_pid $node || echo down)"
    done
}

status() {
    load
    status_lines
    print_connection
    is_healthy || exit 5
}

kill_primary() {
    load
    local node patroni="" postmaster="" etcd=""
    node=$(primary_node) || fail "no node is the primary now; see cluster.sh status $DIR" 5
    postmaster=$(postmaster_pid "$node") || postmaster=""
    if [ -z "$POSTMASTER_ONLY" ]; then patroni=$(running_pid "$node" patroni) || patroni=""; fi
    if [ -n "$HOST_LOST" ]; then etcd=$(running_pid "$node" etcd) || etcd=""; fi
    # Patroni first: it would note an orderly end of PostgreSQL and hand the lead over faster than a dead host could.
    # shellcheck disable=SC2086
    kill -KILL $patroni $postmaster $etcd
    local pid
    for pid in $patroni $postmaster $etcd; do await_end "$pid" 10 || fail "process $pid does not die"; done
    echo "killed n$node${patroni:+ patroni=$patroni}${postmaster:+ postmaster=$postmaster}${etcd:+ etcd=$etcd}"
}

isolate() {
    load
    [ -n "$TARGET" ] || TARGET=$(primary_node) || fail "no node is the primary now; see cluster.sh status $DIR" 5
    network_cut "$TARGET" "$CLIENTS"
    echo "isolated n$TARGET${CLIENTS:+ from clients too}"
}

heal() {
    load
    network_heal
    start_nodes
    [ -z "$WAIT" ] || wait_until_healthy
    echo "healed${WAIT:+ n$(primary_node) is the primary}"
}

down() {
    [ -e "$DIR/cluster.env" ] || { echo "there is no cluster in $DIR"; return 0; }
    load
    network_heal 2>/dev/null || true
    local node
    # Together, so that no node waits for another to take over.
    for node in 1 2 3; do stop_node $node & done
    wait
    network_down
    rm -rf "$DIR"
    echo "stopped and deleted"
}

verb=${1:-help}
[ $# -gt 0 ] && shift
case "$verb" in
    help | -h | --help) help ;;
    install) install_packages ;;
    up | status | kill-primary | isolate | heal | down)
        case " $* " in *" --help "*) help; exit 0 ;; esac
        parse "$@"
        "${verb//-/_}"
        ;;
    *) help >&2; fail "there is no verb '$verb'" 2 ;;
esac
