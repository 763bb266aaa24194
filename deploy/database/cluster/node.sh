# shellcheck shell=bash
# One node: an etcd, a Patroni and the PostgreSQL that Patroni starts. Processes are known by pid and start time, never by name.

node_folder() { echo "$DIR/n$1"; }
port_of() { echo $((PORT + ($1 - 1) * 10 + $2)); }   # 0 PostgreSQL, 1 Patroni's REST, 2 etcd, 3 etcd's peers

started_at() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
state_of() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -c1; }

# The pid of a program of a node that runs ($1 node, $2 etcd or patroni); fails when it does not. A killed process that nobody has
# waited for stays as a zombie: it does not run.
running_pid() {
    local pid started
    read -r pid started 2>/dev/null <"$(node_folder "$1")/$2.pid" || return 1
    [ "$(started_at "$pid")" = "$started" ] && [ "$(state_of "$pid")" != Z ] && echo "$pid"
}

# The postmaster of a node: the pid in its file, if that process works in this data folder.
postmaster_pid() {
    local data pid
    data=$(node_folder "$1")/data
    read -r pid 2>/dev/null <"$data/postmaster.pid" || return 1
    [ "$(readlink "/proc/$pid/cwd")" = "$data" ] && [ "$(state_of "$pid")" != Z ] && echo "$pid"
}

launch() {
    local node=$1 program=$2 folder pid
    shift 2
    running_pid "$node" "$program" >/dev/null && return
    folder=$(node_folder "$node")
    (
        cd "$folder"
        # Nothing of the caller's environment: its home, for one, may hold files that libpq looks for and may not read.
        enter_node "$node" setsid env -i HOME="$folder" PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C "$@" >>"$folder/$program.log" 2>&1 </dev/null 9>&-
    ) &
    pid=$!
    echo "$pid $(started_at "$pid")" >"$folder/$program.pid"
}

start_etcd() { launch "$1" etcd /usr/bin/etcd --config-file "$(node_folder "$1")/etcd.yml"; }
start_patroni() { launch "$1" patroni "$(node_folder "$1")/start-patroni.sh"; }

# Waits until a process has ended, $2 seconds at most.
await_end() {
    local deadline=$((SECONDS + $2)) state
    while state=$(state_of "$1") && [ -n "$state" ] && [ "$state" != Z ]; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        sleep 0.02
    done
}

# Signals a process with $2 and kills it when that takes longer than $3 seconds.
end_process() {
    kill "-$2" "$1" 2>/dev/null || return 0
    await_end "$1" "$3" || kill -KILL "$1" 2>/dev/null || true
}

stop_node() {
    local pid
    if pid=$(running_pid "$1" patroni); then end_process "$pid" TERM 15; fi
    if pid=$(postmaster_pid "$1"); then end_process "$pid" QUIT 10; fi
    if pid=$(running_pid "$1" etcd); then end_process "$pid" TERM 5; fi
}

# Asks Patroni of node $1 whether it answers yes to /$2: primary, sync, replica, liveness.
ask() {
    local scheme=http options=(-s -o /dev/null -m 2 -w '%{http_code}')
    [ "$TLS" = on ] && scheme=https && options+=(--cacert "$DIR/tls/authority.crt")
    [ "$(curl "${options[@]}" "$scheme://${ADDRESSES[$1]}:$(port_of "$1" 1)/$2" 2>/dev/null)" = 200 ]
}

# What a node is, in one word.
role_of() {
    if ask "$1" primary; then echo primary
    elif ask "$1" sync; then echo standby-sync
    elif ask "$1" replica; then echo standby
    elif running_pid "$1" patroni >/dev/null; then echo starting
    else echo down
    fi
}

primary_node() {
    local node
    for node in 1 2 3; do
        if ask "$node" primary; then
            echo "$node"
            return
        fi
    done
    return 1
}

write_host_env() {
    local node=$1 members="" other
    for other in 1 2 3; do members+="${members:+ }n$other=${ADDRESSES[other]}:$(port_of $other 2):$(port_of $other 3)"; done
    cat <<ENV
SCOPE=ledger-$PORT NAME=n$node ADDRESS=${ADDRESSES[node]}
MEMBERS="$members"
PG_PORT=$(port_of "$node" 0) REST_PORT=$(port_of "$node" 1) ETCD_PORT=$(port_of "$node" 2) ETCD_PEER_PORT=$(port_of "$node" 3)
ETCD_STATE=new DATABASE=ledger HOSTS_NETWORK=$HOSTS_NETWORK CLIENTS_NETWORK=$HOSTS_NETWORK
OS_USER=$OS_USER PG_BIN=$PG_BIN DATA_DIR=$(node_folder "$node") RUN_DIR=$(node_folder "$node") SECRETS_DIR=$DIR/secrets
TLS=$TLS TLS_AUTHORITY=$DIR/tls/authority.crt TLS_CERTIFICATE=$DIR/tls/n$node.crt TLS_KEY=$DIR/tls/n$node.key
TTL_S=5 LOOP_WAIT_S=1 RETRY_TIMEOUT_S=2 WATCHDOG=off
SHARED_BUFFERS=32MB WAL_KEEP_SIZE=256MB SLOT_WAL_MAX=1GB WAL_MAX=512MB WAL_TIMEOUT=5s
ENV
}

make_secrets() {
    local name
    mkdir -p "$DIR/secrets"
    for name in superuser replication rewind restapi mm_owner mm_shipper mm_reader; do
        [ -s "$DIR/secrets/$name.password" ] || (umask 077 && od -An -N16 -tx1 /dev/urandom | tr -d ' \n' >"$DIR/secrets/$name.password")
    done
}

# An authority that signs three certificates and is then thrown away.
make_certificates() {
    [ "$TLS" = on ] && [ ! -d "$DIR/tls" ] || return 0
    local node tls=$DIR/tls
    mkdir -p "$tls"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj "/CN=rehearsal authority" \
        -keyout "$tls/authority.key" -out "$tls/authority.crt" 2>/dev/null
    for node in 1 2 3; do
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=n$node" -keyout "$tls/n$node.key" -out "$tls/n$node.csr" 2>/dev/null
        openssl x509 -req -in "$tls/n$node.csr" -CA "$tls/authority.crt" -CAkey "$tls/authority.key" -CAcreateserial -days 30 \
            -extfile <(printf 'subjectAltName=IP:%s\nextendedKeyUsage=serverAuth,clientAuth\n' "${ADDRESSES[node]}") -out "$tls/n$node.crt" 2>/dev/null
    done
    rm -f "$tls"/*.csr "$tls/authority.key"
    chmod 600 "$tls"/*.key
}
