#!/usr/bin/env bash
# Plants one bug after the other into a copy of the sources and shows that the tests notice each.
# usage: run.sh [--only PATTERN] [--json FILE] [--list]; exit status 0 only if every bug was planted and caught. A bug is caught,
# missed, or broken when the sources with it do not compile.
set -euo pipefail
readonly HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly ROOT=$(cd "$HERE/../.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

fail() { echo "planted-bugs: $1" >&2; exit 2; }

# A field of a bug's file. Arguments: FILE NAME
field() { sed -n "s/^$2: //p" "$1" | head -1; }

# The lines between two markers. Arguments: FILE FROM TO
section() { sed -n "/^--- $2\$/,/^--- $3\$/{/^--- /d;p}" "$1"; }

# Replaces the one occurrence of the original. Arguments: BUG FOLDER
plant() {
    local file=$2/$(field "$1" file) original planted content rest
    [ -f "$file" ] || fail "$(basename "$1") names $(field "$1" file), which does not exist"
    original=$(section "$1" original planted)
    planted=$(section "$1" planted end)
    content=$(<"$file")
    rest=${content#*"$original"}
    [ -n "$original" ] && [ "$rest" != "$content" ] || fail "$(basename "$1"): its original is no longer in $(field "$1" file): adapt the bug to the code"
    [ "${rest#*"$original"}" = "$rest" ] || fail "$(basename "$1"): its original occurs more than once in $(field "$1" file)"
    printf '%s\n' "${content%%"$original"*}$planted$rest" >"$file"
}

# Builds and runs a bug's tests. Status 0: they passed, 1: they failed, 2: it did not compile. Arguments: PROJECT FILTER LOG
run_tests() {
    # A bug may leave something unused; that is no reason not to build it, and what the analyzers say of it is not asked here.
    dotnet build "$1" -m:1 -v quiet -p:TreatWarningsAsErrors=false -p:RunAnalyzers=false >"$3" 2>&1 || return 2
    local status=0
    # A planted bug may make a test wait for ever: that it does not end is noticed too. One failure is enough. In the background, so
    # that a signal to this script is heard at once; timeout makes a process group of what it runs.
    TMPDIR=$scratch timeout -k 10 300 dotnet test "$1" --no-build -m:1 --filter "$2" -- xUnit.StopOnFail=true >"$3" 2>&1 &
    runner=$!
    wait "$runner" || status=1
    end_what_is_left
    return "$status"
}

# The processes that tests left: each works in the folder that this run gave them for temporary files. A server makes a group and a
# session of its own, so neither of these would find it.
left() {
    local link cwd
    for link in /proc/[0-9]*/cwd; do
        cwd=$(readlink "$link" 2>/dev/null) || continue
        case $cwd in "$scratch" | "$scratch"/*) link=${link%/cwd}; echo "${link#/proc/}" ;; esac
    done
}

# Ends them and removes their files.
end_what_is_left() {
    [ -n "${scratch:-}" ] || return 0
    local pids try mount
    [ -z "$runner" ] || kill -KILL -- "-$runner" 2>/dev/null || true
    runner=""
    pids=$(left)
    # QUIT first: a database gives its shared memory back.
    [ -z "$pids" ] || kill -QUIT $pids 2>/dev/null || true
    for try in {1..40}; do
        pids=$(left)
        [ -n "$pids" ] || break
        sleep 0.5
    done
    [ -z "$pids" ] || kill -KILL $pids 2>/dev/null || true
    while read -r _ mount _; do
        case $mount in "$scratch"/*) umount --lazy "$mount" || true ;; esac
    done </proc/self/mounts
    find "$scratch" -mindepth 1 -delete 2>/dev/null || true
}

main() {
    local only=. json="" list=0
    while [ $# -gt 0 ]; do
        case "$1" in
            --only) only=${2:?--only needs a pattern}; shift 2 ;;
            --json) json=$(realpath -m "${2:?--json needs a file}"); shift 2 ;;
            --list) list=1; shift ;;
            --help | -h) sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
            *) fail "unknown option '$1'; see --help" ;;
        esac
    done

    local bugs=() bug
    for bug in "$HERE"/bugs/*.bug; do [[ $(basename "$bug" .bug) =~ $only ]] && bugs+=("$bug"); done
    [ ${#bugs[@]} -gt 0 ] || fail "no bug matches '$only'; --list names them"
    if [ $list -eq 1 ]; then
        for bug in "${bugs[@]}"; do printf '%-42s %s\n' "$(basename "$bug" .bug)" "$(field "$bug" why)"; done
        exit 0
    fi

    # Not local: the trap runs when this function is left.
    copy=$(mktemp -d)
    scratch=$(mktemp -d)
    # A database of a test runs as a user of its own and must come through.
    chmod 711 "$scratch"
    runner=""
    trap 'end_what_is_left; rm -rf "$copy" "$scratch"' EXIT
    trap 'exit 130' INT TERM
    export MARKETMAKER_DATA=${MARKETMAKER_DATA:-$(realpath -m "$ROOT/../shared/data")}
    (cd "$ROOT" && git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' f; do [ -f "$f" ] && printf '%s\0' "$f"; done \
        | tar --null -T - -cf - | tar -xf - -C "$copy")
    cd "$copy"

    # Without a bug everything passes; else a failure would prove nothing.
    local pairs pair
    mapfile -t pairs < <(for bug in "${bugs[@]}"; do field "$bug" caught-by; done | sort -u)
    for pair in "${pairs[@]}"; do
        run_tests "${pair%% *}" "${pair#* }" "$copy/log" || { tail -20 "$copy/log" >&2; fail "without any bug these tests fail: $pair"; }
    done

    local caught=0 lines=() name file status result started
    for bug in "${bugs[@]}"; do
        name=$(basename "$bug" .bug)
        file=$(field "$bug" file)
        cp "$file" "$copy/pristine"
        plant "$bug" "$copy"
        pair=$(field "$bug" caught-by)
        status=0
        started=$SECONDS
        run_tests "${pair%% *}" "${pair#* }" "$copy/log" || status=$?
        case $status in
            0) result=missed ;;
            1) result=caught; caught=$((caught + 1)) ;;
            *) result=broken; grep -m3 -E "error|Error" "$copy/log" >&2 || true ;;
        esac
        printf '%-7s %-50s %3d s  %s\n' "$result" "$name" $((SECONDS - started)) "$(grep -m1 -oE '[a-z_]*should_[a-z_0-9]+' "$copy/log" || true)"
        lines+=("{\"bug\": \"$name\", \"result\": \"$result\"}")
        cp "$copy/pristine" "$file"
    done

    echo "$caught of ${#bugs[@]} planted bugs caught"
    if [ -n "$json" ]; then
        mkdir -p "$(dirname "$json")"
        printf '{"planted": %d, "caught": %d, "bugs": [\n  %s\n]}\n' "${#bugs[@]}" "$caught" "$(printf '%s' "${lines[0]}"; printf ',\n  %s' "${lines[@]:1}")" >"$json"
    fi
    [ "$caught" -eq "${#bugs[@]}" ]
}

main "$@"
