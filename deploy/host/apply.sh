#!/usr/bin/env bash
# Tunes a host for the engine: what 'marketmaker doctor' finds fault with. Prints each change before it makes it.
set -euo pipefail

help() {
    cat <<'HELP'
usage: deploy/host/apply.sh [options], as root

  --all HOST.ini    everything below but --boot and --steer, for the cores and the interface of an INI file
  --boot CORES      kernel parameters for the next boot: isolcpus, nohz_full, rcu_nocbs for CORES, irqaffinity for the rest
  --irqs CORES      move every interrupt that can be moved off CORES
  --cores CORES     governor performance, no sleep deeper than 10 us, and the other hyper-threads of CORES offline
  --memory          huge pages on request, no merging, no moving between nodes
  --network         sysctls: receive buffers, busy polling, backlog, no slow start after idle
  --nic NAME        largest rings, no interrupt coalescing, pauses off; interrupts off the hot cores with --irqs
  --steer NAME ADDRESS:PORT QUEUE   the card puts the feed's packets into one receive queue
  --dry-run         print and change nothing
  --root DIR        where /proc, /sys and /etc are (default /)
  --marketmaker F   the program that reads the INI file (default: marketmaker beside this, or on the PATH)

CORES as Linux writes them: 2-3,6. All but --boot is gone after a reboot: run it from a unit, or again. Exit status: 0 done, 1 some
change was refused (named), 2 wrong usage.
HELP
}

dry=no root='' refused=0 program=''
readonly WAKE_US_MAX=10

fail() { echo "apply.sh: $1" >&2; exit "${2:-1}"; }

# Numbers of a list such as 2-3,6, a line each.
cores_of() { tr ',' '\n' <<<"$1" | awk -F- 'NF { for (i = $1; i <= $NF; i++) print i }'; }

checked() {
    [[ $1 =~ ^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$ ]] || fail "'$1' is no list of cores; write such as 2-3,6" 2
}

# The cores that are online and not in a list.
others_of() {
    local online=$root/sys/devices/system/cpu/online
    [ -r "$online" ] || fail "$online cannot be read"
    cores_of "$(cat "$online")" | grep -vxF "$(cores_of "$1")" | paste -sd, || fail "cores $1 are all there are: leave one to the rest"
}

# A list as a hexadecimal mask in words of 32 bits, the highest first.
mask_of() {
    cores_of "$1" | awk '{ bits[int($1 / 4)] += 2 ^ ($1 % 4); if (int($1 / 4) > top) top = int($1 / 4) }
        END { for (i = top; i >= 0; i--) { printf "%x", bits[i]; if (i % 8 == 0 && i) printf "," } print "" }'
}

# Writes a value where another one is; a file that is not there has nothing to set.
put() {
    local value=$1 file=$root$2
    [ -e "$file" ] || return 0
    [ "$(cat "$file" 2>/dev/null)" != "$value" ] || return 0
    echo "$value > $2"
    [ "$dry" = yes ] && return 0
    { echo "$value" >"$file"; } 2>/dev/null || { echo "apply.sh: refused: $2" >&2; refused=1; }
}

do_it() {
    echo "$*"
    [ "$dry" = yes ] && return 0
    "$@" || { echo "apply.sh: refused: $*" >&2; refused=1; }
}

boot() {
    local cores=$1 rest file=$root/etc/default/grub.d/marketmaker.cfg
    rest=$(others_of "$cores")
    local words="isolcpus=domain,managed_irq,$cores nohz_full=$cores rcu_nocbs=$cores irqaffinity=$rest"
    echo "kernel parameters: $words"
    if [ ! -d "$root/etc/default" ] || [ -z "$(compgen -c update-grub || true)$root" ]; then
        echo "apply.sh: there is no GRUB here: put them on the kernel's command line where your boot loader has it" >&2
        refused=1
        return 0
    fi
    echo "write $file, then update-grub; reboot to make it so"
    [ "$dry" = yes ] && return 0
    mkdir -p "$(dirname "$file")"
    # shellcheck disable=SC2016
    printf '# Written by deploy/host/apply.sh --boot %s\nGRUB_CMDLINE_LINUX_DEFAULT="$GRUB_CMDLINE_LINUX_DEFAULT %s"\n' "$cores" "$words" >"$file"
    [ -n "$root" ] || do_it update-grub
}

irqs() {
    local cores=$1 rest file
    rest=$(others_of "$cores")
    put "$(mask_of "$rest")" /proc/irq/default_smp_affinity
    for file in "$root"/proc/irq/[0-9]*/smp_affinity_list; do
        [ -e "$file" ] || continue
        cores_of "$(cat "$file")" | grep -qxF "$(cores_of "$cores")" || continue
        put "$rest" "${file#"$root"}"
    done
}

tune_cores() {
    local core cpu state sibling
    while read -r core; do
        cpu=/sys/devices/system/cpu/cpu$core
        [ -d "$root$cpu" ] || fail "there is no core $core"
        put performance "$cpu/cpufreq/scaling_governor"
        for state in "$root$cpu"/cpuidle/state*; do
            [ -e "$state/latency" ] || continue
            [ "$(cat "$state/latency")" -le "$WAKE_US_MAX" ] || put 1 "${state#"$root"}/disable"
        done
        [ -e "$root$cpu/topology/thread_siblings_list" ] || continue
        while read -r sibling; do
            # One of the hot cores themselves is the configuration's own affair.
            cores_of "$1" | grep -qx "$sibling" || put 0 "/sys/devices/system/cpu/cpu$sibling/online"
        done < <(cores_of "$(cat "$root$cpu/topology/thread_siblings_list")")
    done < <(cores_of "$1")
    put 0 /proc/sys/kernel/nmi_watchdog
    put 120 /proc/sys/vm/stat_interval
}

# Files such as "always [madvise] never" show the choice and take the word.
choose() {
    [ -e "$root$2" ] || return 0
    grep -qF "[$1]" "$root$2" || put "$1" "$2"
}

memory() {
    choose madvise /sys/kernel/mm/transparent_hugepage/enabled
    choose madvise /sys/kernel/mm/transparent_hugepage/defrag
    put 0 /sys/kernel/mm/ksm/run
    put 0 /proc/sys/kernel/numa_balancing
    put 0 /proc/sys/vm/zone_reclaim_mode
}

network() {
    local file=$root/proc/sys/net/core/rmem_max
    local bytes=${1:-67108864}
    [ ! -e "$file" ] || [ "$(cat "$file")" -ge "$bytes" ] || put "$bytes" /proc/sys/net/core/rmem_max
    put 50 /proc/sys/net/core/busy_read
    put 50 /proc/sys/net/core/busy_poll
    put 16000 /proc/sys/net/core/netdev_max_backlog
    put 0 /proc/sys/net/ipv4/tcp_slow_start_after_idle
}

nic() {
    local name=$1 most
    [ -e "$root/sys/class/net/$name" ] || fail "there is no interface $name"
    type ethtool >/dev/null 2>&1 || fail "ethtool is missing: install the package ethtool"
    most=$(ethtool -g "$name" 2>/dev/null | awk '/^RX:/ { print $2; exit }' || true)
    [ -z "$most" ] || do_it ethtool -G "$name" rx "$most"
    do_it ethtool -C "$name" adaptive-rx off rx-usecs 0
    do_it ethtool -A "$name" rx off tx off
}

steer() {
    local name=$1 address=${2%:*} port=${2##*:} queue=$3
    do_it ethtool -K "$name" ntuple on
    do_it ethtool -N "$name" flow-type udp4 dst-ip "$address" dst-port "$port" action "$queue"
}

all() {
    local ini=$1 effective hot buffer card
    [ -n "$program" ] || program=$(dirname "${BASH_SOURCE[0]}")/../bin/marketmaker
    [ -x "$program" ] || program=$(type -P marketmaker) || fail "marketmaker is not on the PATH: name it with --marketmaker" 2
    effective=$("$program" check --config "$ini" --file-only) || fail "the INI file is refused" 2
    hot=$(awk '/^\[/ { here = $0 == "[threads]" } here && /^(feed|prices|decision|execution) = [0-9]/ { print $3 }' <<<"$effective" | sort -un | paste -sd,)
    buffer=$(awk -F' = ' '$1 == "receive-buffer-bytes" { print $2; exit }' <<<"$effective")
    card=$(awk -F' = ' '/^\[/ { here = $0 == "[feed]" } here && $1 == "interface" { print $2; exit }' <<<"$effective")
    memory
    network "$buffer"
    [ -z "$hot" ] || tune_cores "$hot"
    [ -z "$hot" ] || irqs "$hot"
    [ -z "$card" ] || [ ! -e "$root/sys/class/net/$card" ] || nic "$card"
    [ -z "$hot" ] || echo "for the next boot, if not done yet: apply.sh --boot $hot"
}

[ $# -gt 0 ] || { help >&2; exit 2; }
work=()
while [ $# -gt 0 ]; do
    case "$1" in
        -h | --help) help; exit 0 ;;
        --dry-run) dry=yes ;;
        --memory | --network) work+=("${1#--}") ;;
        --root | --marketmaker | --all | --boot | --irqs | --cores | --nic)
            [ $# -gt 1 ] || fail "$1 needs a value" 2
            case "$1" in
                --root) root=${2%/} ;;
                --marketmaker) program=$2 ;;
                --boot | --irqs | --cores) checked "$2"; work+=("${1#--} $2") ;;
                *) work+=("${1#--} $2") ;;
            esac
            shift
            ;;
        --steer)
            [ $# -gt 3 ] || fail "--steer needs NAME ADDRESS:PORT QUEUE" 2
            work+=("steer $2 $3 $4")
            shift 3
            ;;
        *) fail "there is no option $1; see --help" 2 ;;
    esac
    shift
done
for item in "${work[@]}"; do
    read -ra words <<<"$item"
    case "${words[0]}" in
        boot) boot "${words[1]}" ;;
        irqs) irqs "${words[1]}" ;;
        cores) tune_cores "${words[1]}" ;;
        memory) memory ;;
        network) network ;;
        nic) nic "${words[1]}" ;;
        steer) steer "${words[1]}" "${words[2]}" "${words[3]}" ;;
        all) all "${words[1]}" ;;
    esac
done
exit "$refused"
