#!/usr/bin/env bash
# Runs the programs of one root where systemd does not: for a single host, for tests, for a first look.
# usage: supervise.sh ROOT start|stop|restart|status [PROGRAM...]; programs: venue, shipper, volatility, engine, console
#
# Each program has a keeper, which starts it again after a failure, five times a minute at most. Not after an orderly end, and not after
# a mistake in the configuration, which the next start would make again. A halted engine that is started again stays halted: the kill
# switch is a file. Logs are in ROOT/data/log, process ids in ROOT/run. Only processes of this root are ever signalled.
set -euo pipefail

SELF=$(realpath "${BASH_SOURCE[0]}")
[ $# -ge 2 ] || { sed -n 's/^# usage: /usage: /p' "$SELF" >&2; exit 2; }
ROOT=$(realpath "$1")
VERB=$2
shift 2
readonly SELF ROOT VERB DATA=$ROOT/data RUN=$ROOT/run LOG=$ROOT/data/log BIN=$ROOT/current/bin INI=$ROOT/data/host.ini
readonly ALL=(venue shipper volatility engine console)
readonly RESTARTS_MAX=5 RESTARTS_SECONDS=60

fail() { echo "supervise.sh: $1" >&2; exit "${2:-1}"; }

effective() {
    [ -x "$BIN/marketmaker" ] || fail "nothing is installed in $ROOT: run deploy/deploy.sh HOST.ini --root $ROOT first"
    [ -n "${EFFECTIVE:-}" ] || EFFECTIVE=$("$BIN/marketmaker" check --config "$INI") || fail "the INI file is refused" 2
}
setting() { awk -v section="[$1]" -v key="$2" '/^\[/ { here = $0 == section } here && index($0, key " = ") == 1 { print substr($0, length(key) + 4); exit }' <<<"$EFFECTIVE"; }
port() { setting "$1" "$2" | sed 's/.*://'; }

# Which of them this configuration has.
wanted() {
    effective
    case "$1" in
        venue) [ -x "$BIN/mm-venue" ] ;;
        volatility) [ "$(setting verdicts enabled)" = true ] && [ -n "$(setting volatility address)" ] ;;
        console) [ -x "$BIN/mm-console" ] ;;
        *) true ;;
    esac
}

# Puts the command of a program into COMMAND.
command_of() {
    effective
    case "$1" in
        venue)
            read -ra more <<<"${MM_VENUE_OPTIONS:---tickers 1000 --rate 20000}"
            COMMAND=("$BIN/mm-venue" sim --feed "$(setting feed address-a)" --request-port "$(port feed request-address)" --snapshot-port "$(port feed snapshot-address)"
                --order-port "$(port execution address)" --price-port "$(port prices address)" --username "$(setting execution username)"
                --password-file "$(setting execution password-file)" --fills "$DATA/venue-fills.csv" --stats "$DATA/venue-stats.json" --ready-file "$RUN/venue.ready" "${more[@]}")
            ;;
        shipper) COMMAND=("$BIN/mm-shipper" run --config "$INI") ;;
        volatility) COMMAND=("$BIN/mm-volatility" run --config "$INI") ;;
        engine) COMMAND=("$BIN/marketmaker" run --config "$INI" --approved "$ROOT/current/approved") ;;
        console) COMMAND=("$BIN/mm-console" serve --config "$INI") ;;
        *) fail "there is no program $1" 2 ;;
    esac
}

# Exit statuses after which another start would change nothing.
is_final() {
    case "$1:$2" in
        *:0 | *:2 | shipper:4 | shipper:5) true ;;
        *) false ;;
    esac
}

# The number of a program's keeper, if that is alive: ids are used again, and this one's command line names the root.
keeper_of() {
    local id
    id=$(cat "$RUN/$1.keeper" 2>/dev/null) && [ -n "$id" ] || return 1
    grep -qzxF "$ROOT" "/proc/$id/cmdline" 2>/dev/null && grep -qzxF keep "/proc/$id/cmdline" 2>/dev/null || return 1
    echo "$id"
}

# The number of a program, if that is alive: a child of its keeper, or, should that have been killed, a file of this root.
program_of() {
    local id keeper
    id=$(cat "$RUN/$1.pid" 2>/dev/null) && [ -n "$id" ] && [ -e "/proc/$id/status" ] || return 1
    keeper=$(keeper_of "$1") || keeper=none
    if ! grep -qxP "PPid:\t$keeper" "/proc/$id/status" 2>/dev/null; then
        case "$(readlink "/proc/$id/exe" 2>/dev/null)" in "$ROOT"/releases/*) ;; *) return 1 ;; esac
    fi
    echo "$id"
}

keep() {
    local name=$1 status child=0 times=() now
    trap '[ "$child" -eq 0 ] || kill -TERM "$child" 2>/dev/null || true' TERM
    echo $$ >"$RUN/$name.keeper"
    while :; do
        EFFECTIVE=''
        command_of "$name"
        cd "$DATA"
        "${COMMAND[@]}" </dev/null >>"$LOG/$name.log" 2>&1 9>&- &
        child=$!
        echo "$child" >"$RUN/$name.pid"
        status=0
        wait "$child" || status=$?
        # A signal ends the wait before the program.
        while kill -0 "$child" 2>/dev/null; do status=0; wait "$child" || status=$?; done
        rm -f "$RUN/$name.pid"
        [ ! -e "$RUN/$name.stop" ] || break
        echo "supervise: $name ended with status $status" >>"$LOG/$name.log"
        if is_final "$name" "$status"; then
            [ "$status" -eq 0 ] || echo "$status" >"$RUN/$name.failed"
            break
        fi
        now=$SECONDS
        times+=("$now")
        if [ "${#times[@]}" -ge "$RESTARTS_MAX" ] && [ $((now - times[-RESTARTS_MAX])) -lt "$RESTARTS_SECONDS" ]; then
            echo "supervise: $name failed $RESTARTS_MAX times within $RESTARTS_SECONDS s and is given up" >>"$LOG/$name.log"
            echo "$status" >"$RUN/$name.failed"
            break
        fi
        sleep 0.5
    done
    rm -f "$RUN/$name.keeper"
}

start_one() {
    local name=$1 tries
    if keeper_of "$name" >/dev/null; then return; fi
    echo "supervise: start $name"
    rm -f "$RUN/$name.stop" "$RUN/$name.failed" "$RUN/$name.ready"
    setsid bash "$SELF" "$ROOT" keep "$name" </dev/null >>"$LOG/$name.log" 2>&1 9>&- &
    disown
    [ "$name" = venue ] || return 0
    # The others need its ports.
    for ((tries = 0; tries < 300; tries++)); do
        [ ! -e "$RUN/venue.ready" ] || return 0
        [ ! -e "$RUN/venue.failed" ] || fail "the venue did not start: $(tail -1 "$LOG/venue.log")"
        sleep 0.1
    done
    fail "the venue did not open its ports"
}

stop_one() {
    local name=$1 id keeper tries
    keeper=$(keeper_of "$name") || keeper=''
    id=$(program_of "$name") || id=''
    [ -n "$keeper$id" ] || return 0
    echo "supervise: stop $name"
    touch "$RUN/$name.stop"
    [ -z "$id" ] || kill -TERM "$id" 2>/dev/null || true
    # Longer than any program's own limit for an orderly end.
    for ((tries = 0; tries < 1200; tries++)); do
        keeper_of "$name" >/dev/null || program_of "$name" >/dev/null || { rm -f "$RUN/$name.stop" "$RUN/$name.pid"; return 0; }
        sleep 0.05
    done
    echo "supervise: $name does not end; it is killed" >&2
    ! id=$(program_of "$name") || kill -KILL "$id" 2>/dev/null || true
    ! keeper=$(keeper_of "$name") || kill -KILL "$keeper" 2>/dev/null || true
    rm -f "$RUN/$name.stop" "$RUN/$name.pid" "$RUN/$name.keeper"
}

backwards() { printf '%s\n' "$@" | tac; }

status() {
    local name id all=0
    for name in "$@"; do
        wanted "$name" || continue
        if id=$(program_of "$name"); then
            echo "$name runs, process $id"
        elif [ -e "$RUN/$name.failed" ]; then
            echo "$name failed with status $(cat "$RUN/$name.failed"); see $LOG/$name.log"
            all=1
        else
            echo "$name does not run"
            all=1
        fi
    done
    return "$all"
}

mkdir -p "$RUN" "$LOG"
names=("$@")
[ ${#names[@]} -gt 0 ] || names=("${ALL[@]}")
case "$VERB" in
    start)
        for name in "${names[@]}"; do ! wanted "$name" || start_one "$name"; done
        ;;
    stop)
        for name in $(backwards "${names[@]}"); do stop_one "$name"; done
        ;;
    restart)
        # The venue is somebody else's, as it were: an upgrade of ours does not restart it.
        [ $# -gt 0 ] || names=(shipper volatility engine console)
        for name in $(backwards "${names[@]}"); do stop_one "$name"; done
        for name in $([ $# -gt 0 ] || echo venue) "${names[@]}"; do ! wanted "$name" || start_one "$name"; done
        ;;
    status) status "${names[@]}" ;;
    keep) keep "${names[0]}" ;;
    *) fail "there is no verb $VERB" 2 ;;
esac
