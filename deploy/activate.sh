#!/usr/bin/env bash
# The host's side of deploy.sh: makes a version that was copied here the one that runs, or goes back to the one before.
# usage: activate.sh install|rollback ROOT VERSION START(yes|no) SERVICES(systemd|supervisor) HEALTH_SECONDS DRY(yes|no)
#
#   ROOT/releases/VERSION/  bin/, host.ini, approved, services/, manifest, activate.sh, supervise.sh; never changed again
#   ROOT/current            link to the version that runs
#   ROOT/versions           installed versions, the newest last
#   ROOT/data/              journal, ledger, counters, secrets, logs; host.ini there is a link, so that relative paths lead here
set -euo pipefail

export LC_ALL=C
readonly KEPT=3
readonly ACTION=$1 ROOT=$2 VERSION=$3 START=$4 SERVICES=$5 HEALTH=$6 DRY=$7
readonly INCOMING=$ROOT/releases/.incoming-$VERSION DATA=$ROOT/data CURRENT=$ROOT/current UNITS=${MM_UNITS:-/etc/systemd/system} SERVICE_USER=${MM_USER:-marketmaker}

step() { echo "deploy: $1"; }
fail() { echo "deploy: $1" >&2; exit "${2:-1}"; }
# Says what it does, then does it, unless nothing is to be changed.
run() { step "$1"; shift; [ "$DRY" = yes ] || "$@"; }
is_systemd() { [ "$SERVICES" = systemd ]; }

# With systemd the programs have a user of their own, to whom the data belongs.
as_user() {
    cd "$DATA"
    if is_systemd && [ "$(id -u)" -eq 0 ] && id "$SERVICE_USER" >/dev/null 2>&1; then runuser -u "$SERVICE_USER" -- "$@"; else "$@"; fi
}

# A value of an effective configuration, as 'marketmaker check' prints it.
setting() { awk -v section="[$2]" -v key="$3" '/^\[/ { here = $0 == section } here && index($0, key " = ") == 1 { print substr($0, length(key) + 4); exit }' <<<"$1"; }

installed() { cat "$ROOT/versions" 2>/dev/null || true; }
present() { [ ! -L "$CURRENT" ] || basename "$(readlink "$CURRENT")"; }

# In place of the old link in one step: no moment without one.
point_to() { ln -sfn "releases/$1" "$ROOT/.current-new" && mv -T "$ROOT/.current-new" "$CURRENT"; }

write_versions() { printf '%s\n' "$@" | sed '/^$/d' >"$ROOT/.versions-new" && mv "$ROOT/.versions-new" "$ROOT/versions"; }

supervise() { bash "$CURRENT/supervise.sh" "$ROOT" "$@"; }

# Units name cores that no hot stage is pinned to; where there is none, all.
install_units() {
    local effective=$1 hot cold unit capabilities=CAP_NET_ADMIN
    [ "$(setting "$effective" feed driver)" != xdp ] || capabilities='CAP_NET_ADMIN CAP_NET_RAW CAP_BPF'
    hot=$(for stage in feed prices decision execution; do setting "$effective" threads "$stage"; done | grep -v '^-' | sort -un | paste -sd,)
    cold=$(seq 0 $(($(nproc --all) - 1)) | grep -vxF "$(tr ',' '\n' <<<"${hot:--}")" | paste -sd' ' || true)
    for unit in "$CURRENT"/services/*.service; do
        sed -e "s|@ROOT@|$ROOT|g" -e "s|@CAPABILITIES@|$capabilities|g" -e "s|@COLD_CORES@|${cold:-$(seq -s' ' 0 $(($(nproc --all) - 1)))}|g" "$unit" >"$UNITS/.$(basename "$unit").new"
        mv "$UNITS/.$(basename "$unit").new" "$UNITS/$(basename "$unit")"
    done
    systemctl daemon-reload
}

# Those the configuration asks for, in the order of their start: what ships and what warns, then what trades.
units() {
    echo mm-shipper.service
    [ "$(setting "$1" verdicts enabled)" != true ] || [ -z "$(setting "$1" volatility address)" ] || echo mm-volatility.service
    echo marketmaker.service
    [ ! -x "$CURRENT/bin/mm-console" ] || echo mm-console.service
}

restart_all() {
    if ! is_systemd; then
        supervise restart
        return
    fi
    local unit
    install_units "$1"
    for unit in $(units "$1"); do
        step "restart $unit"
        systemctl enable --quiet "$unit"
        systemctl restart "$unit" || return 1
    done
}

engine_gave_up() {
    if is_systemd; then systemctl is-failed --quiet marketmaker.service; else [ -e "$ROOT/run/engine.failed" ]; fi
}

# Trading, or halted by a person or by itself: an upgrade does not judge that.
is_healthy() {
    local until=$((SECONDS + HEALTH)) status
    while :; do
        status=0
        as_user "$CURRENT/bin/marketmaker" health --config "$DATA/host.ini" >"$DATA/.health" 2>&1 || status=$?
        case $status in
            0 | 4) step "$(cat "$DATA/.health")"; return 0 ;;
        esac
        if engine_gave_up || [ "$SECONDS" -ge "$until" ]; then
            step "not healthy: $(cat "$DATA/.health")"
            return 1
        fi
        sleep 0.1
    done
}

stop_all() {
    if is_systemd; then systemctl stop mm-console.service marketmaker.service mm-volatility.service mm-shipper.service 2>/dev/null || true; else supervise stop; fi
}

# Makes a version the present one and starts it.
go_to() {
    run "switch $CURRENT to $1" point_to "$1" || return 1
    [ "$START" = yes ] || return 0
    [ "$DRY" = no ] || { step "restart in order: shipper, volatility service, engine, console; wait $HEALTH s at most for the engine to trade"; return 0; }
    step "restart in order"
    restart_all "$2" || { step "a program did not start"; return 1; }
    is_healthy
}

check_on_host() {
    # Beside the data, so that its relative paths mean what they will mean.
    cp "$1/host.ini" "$DATA/check.ini"
    as_user "$1/bin/marketmaker" check --config "$DATA/check.ini" | sed "s|$DATA/check.ini|host.ini|"
}

make_password() {
    (umask 077 && od -An -N5 -tx1 /dev/urandom | tr -d ' \n' | tr a-f A-F >"$1")
}

first_start() {
    local release=$1 effective=$2
    [ -d "$(setting "$effective" journal path)" ] || run "make the journal at $(setting "$effective" journal path)" as_user "$release/bin/marketmaker" init --config "$DATA/check.ini" || return 1
    [ -e "$ROOT/leased" ] || { run "take a block of ids from $(setting "$effective" shipper database | sed 's/[;].*//')" as_user "$release/bin/mm-shipper" lease --config "$DATA/check.ini" && run "note that there is a lease" touch "$ROOT/leased"; }
}

prune() {
    local kept version
    mapfile -t kept < <(installed | tail -n "$KEPT")
    while read -r version; do
        [[ " ${kept[*]} " == *" $version "* ]] || [ "$version" = "$(present)" ] || run "remove the old version $version" rm -rf "$ROOT/releases/$version"
    done < <(installed | head -n "-$KEPT")
    [ "$DRY" = yes ] || write_versions "${kept[@]}"
}

forget() {
    mapfile -t others < <(installed | grep -vx "$1")
    write_versions "${others[@]:-}"
    rm -rf "$ROOT/releases/$1"
}

# A first version that does not start leaves the data, and nothing that runs.
go_back() {
    local failed=$1 before=$2 began=$EPOCHREALTIME
    if [ -z "$before" ]; then
        step "stop it again; there is no version to go back to"
        stop_all || true
        rm -f "$CURRENT"
    else
        step "go back to $before"
        go_to "$before" "$(effective_of "$ROOT/releases/$before")" || fail "version $before is not healthy either: look at it now"
        step "$before runs again after $(awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }') s"
    fi
    forget "$failed"
    fail "version $failed is not healthy and was taken back; its last words are in $DATA/log or the journal of systemd"
}

effective_of() { check_on_host "$1"; }

install_version() {
    local release=$ROOT/releases/$VERSION before effective password
    before=$(present)
    if [ "$DRY" = yes ]; then
        step "verify the copy, check the INI file against this host, make journal and lease if there are none"
        go_to "$VERSION" ''
        step "keep the last $KEPT versions"
        return
    fi
    trap 'rm -rf "$INCOMING" "$DATA/check.ini" "$DATA/.health"' EXIT
    step "verify the copy"
    (cd "$INCOMING" && sha256sum --quiet --check manifest) || fail "the copy is damaged; nothing was changed"
    if is_systemd && [ "$(id -u)" -eq 0 ] && ! id "$SERVICE_USER" >/dev/null 2>&1; then run "make the user $SERVICE_USER" useradd --system --home-dir "$DATA" --shell /usr/sbin/nologin "$SERVICE_USER"; fi
    mkdir -p "$DATA/log" "$ROOT/run"
    chmod 700 "$DATA"
    ln -sfn ../current/host.ini "$DATA/host.ini"
    if is_systemd && id "$SERVICE_USER" >/dev/null 2>&1; then chown -h -R "$SERVICE_USER:" "$DATA"; fi
    password=$(sed -n 's/^[[:space:]]*password-file[[:space:]]*=[[:space:]]*//p' "$INCOMING/host.ini" | head -1)
    if [ -x "$INCOMING/bin/mm-venue" ] && [ "${password#/}" = "$password" ] && [ ! -e "$DATA/$password" ]; then run "make a password for the venue on this machine" make_password "$DATA/$password"; fi
    step "check the INI file against this host"
    effective=$(check_on_host "$INCOMING") || fail "the INI file is refused; nothing was changed" 2
    if [ "$before" = "$VERSION" ] && [ -d "$release" ]; then
        step "version $VERSION is the present one already"
        rm -rf "$INCOMING"
    else
        step "install it as $release"
        rm -rf "$release"
        mv -T "$INCOMING" "$release"
        mapfile -t others < <(installed | grep -vx "$VERSION")
        write_versions "${others[@]:-}" "$VERSION"
    fi
    if [ "$START" = yes ]; then
        if ! first_start "$release" "$effective"; then
            [ "$before" = "$VERSION" ] || forget "$VERSION"
            fail "journal or lease could not be made; nothing else was changed"
        fi
        # What runs already and is healthy is left alone.
        if [ "$before" = "$VERSION" ] && as_user "$CURRENT/bin/marketmaker" health --config "$DATA/host.ini" >/dev/null 2>&1; then
            step "it runs; nothing is left to do"
            return
        fi
    fi
    if ! go_to "$VERSION" "$effective"; then
        [ "$before" != "$VERSION" ] || fail "version $VERSION, which is installed since earlier, is not healthy: look at it now, or go back with --rollback"
        go_back "$VERSION" "$before"
    fi
    prune
}

roll_back() {
    local now before
    now=$(present)
    [ -n "$now" ] || fail "nothing is installed in $ROOT"
    before=$(installed | grep -x -B1 "$now" | head -1)
    if [ -z "$before" ] || [ "$before" = "$now" ]; then fail "there is no version before $now"; fi
    [ -d "$ROOT/releases/$before" ] || fail "version $before is not there any more"
    [ "$DRY" = yes ] || trap 'rm -f "$DATA/check.ini" "$DATA/.health"' EXIT
    go_to "$before" "$([ "$DRY" = yes ] || effective_of "$ROOT/releases/$before")" || fail "version $before is not healthy: look at it now"
}

if [ "$DRY" = no ]; then
    mkdir -p "$ROOT/releases"
    exec 9>"$ROOT/.lock"
    flock -n 9 || fail "another deployment is under way in $ROOT"
fi
case "$ACTION" in
    install) install_version ;;
    rollback) roll_back ;;
    *) fail "there is no action $ACTION" 2 ;;
esac
