# shellcheck shell=bash
# Where the three nodes live: on 127.0.0.1, each with ports of its own, or, as root, each in a network namespace with a cable to
# a switch of their own, so that a partition can be made without touching any other traffic of the host.

readonly NOWHERE=02:00:00:00:00:01   # A card that nobody has: what is sent to it is lost, as with a pulled cable.

namespace() { echo "mmdb$PORT-$1"; }

can_make_namespaces() {
    [ "$(id -u)" -eq 0 ] || { WHY_NO_NAMESPACES="you are not root"; return 1; }
    local probe="mmdb$$-probe" error
    error=$(ip netns add "$probe" 2>&1 && ip -n "$probe" link add br0 type bridge 2>&1) || { WHY_NO_NAMESPACES="${error:-ip netns add fails}"; ip netns del "$probe" 2>/dev/null || true; return 1; }
    ip netns del "$probe"
}

# Networks of 198.18.0.0/15 are set aside for tests of this kind; each base port has one of its own.
choose_addresses() {
    local node network
    if [ "$NETWORK" = namespaces ]; then
        network="198.$((18 + PORT / 100 / 256 % 2)).$((PORT / 100 % 256))"
        HOST_ADDRESS=$network.254 HOSTS_NETWORK=$network.0/24
        for node in 1 2 3; do ADDRESSES[node]=$network.$node; done
    else
        HOST_ADDRESS=127.0.0.1 HOSTS_NETWORK=127.0.0.0/8
        for node in 1 2 3; do ADDRESSES[node]=127.0.0.1; done
    fi
}

network_up() {
    [ "$NETWORK" = namespaces ] || return 0
    local hub node
    hub=$(namespace hub)
    if ip netns list | grep -qw "$hub"; then return 0; fi
    ip netns add "$hub"
    ip -n "$hub" link add br0 type bridge
    ip -n "$hub" link set br0 up
    ip link add "mmdb$PORT" type veth peer name host netns "$hub"
    ip -n "$hub" link set host master br0 up
    ip addr add "$HOST_ADDRESS/24" dev "mmdb$PORT"
    ip link set "mmdb$PORT" up
    for node in 1 2 3; do
        ip netns add "$(namespace n$node)"
        ip -n "$(namespace n$node)" link add eth0 type veth peer name "n$node" netns "$hub"
        ip -n "$hub" link set "n$node" master br0 up
        ip -n "$(namespace n$node)" addr add "${ADDRESSES[node]}/24" dev eth0
        ip -n "$(namespace n$node)" link set lo up
        ip -n "$(namespace n$node)" link set eth0 up
    done
}

network_down() {
    [ "$NETWORK" = namespaces ] || return 0
    local name
    for name in n1 n2 n3 hub; do ip netns del "$(namespace $name)" 2>/dev/null || true; done
    ip link del "mmdb$PORT" 2>/dev/null || true
}

# Cuts node $1 off from the two others, both ways and without a word; with $2 = clients from this host as well.
network_cut() {
    [ "$NETWORK" = namespaces ] || fail "isolate needs network namespaces, and this cluster runs without: $(why_loopback). Make it anew as root with: cluster.sh up --network namespaces $DIR" 4
    local other
    for other in 1 2 3; do
        [ "$other" = "$1" ] && continue
        lose "$1" "${ADDRESSES[other]}"
        lose "$other" "${ADDRESSES[$1]}"
    done
    if [ "${2:-}" = clients ]; then
        lose "$1" "$HOST_ADDRESS"
        ip neigh replace "${ADDRESSES[$1]}" lladdr "$NOWHERE" dev "mmdb$PORT" nud permanent
    fi
}

lose() { ip -n "$(namespace "n$1")" neigh replace "$2" lladdr "$NOWHERE" dev eth0 nud permanent; }

network_heal() {
    [ "$NETWORK" = namespaces ] || return 0
    local node
    for node in 1 2 3; do ip -n "$(namespace n$node)" neigh flush dev eth0 nud permanent; done
    ip neigh flush dev "mmdb$PORT" nud permanent
}

is_cut() { [ "$NETWORK" = namespaces ] && [ "$(ip -n "$(namespace "n$1")" neigh show nud permanent | grep -c "$NOWHERE")" -ge 2 ]; }

why_loopback() { echo "${WHY_NO_NAMESPACES:-it was started with --network loopback}"; }

# Runs a command as node $1 sees the network, as the account of the servers. Both replace themselves, so a pid stays the command's.
enter_node() {
    local node=$1
    shift
    local command=("$@")
    [ "$(id -u)" -eq 0 ] && command=(setpriv --reuid "$OS_USER" --regid "$OS_USER" --init-groups -- "${command[@]}")
    [ "$NETWORK" = namespaces ] && command=(nsenter "--net=/run/netns/$(namespace "n$node")" -- "${command[@]}")
    exec "${command[@]}"
}
