#!/usr/bin/env bash
# The one entry to the project. ./build.sh help lists its verbs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1

readonly SOLUTION=MarketMaker.sln
readonly RUNTIME=linux-x64
readonly DIST=dist
readonly TORTURE_DIST=dist-torture
readonly SPEED_DIST=dist-perf
# Every program that publish puts into dist/.
readonly PROGRAMS=(engine/Host tools/Venue tools/Volatility tools/Shipper tools/Ledger tools/Console tools/Demo)

help() {
    cat <<'HELP'
usage: ./build.sh VERB [options]

  help       this text
  build      compile everything
  test       install what is missing, publish the programs, run every test
  publish    compile all programs to native files in dist/
  demo       publish, then trade on loopback for some seconds and prove that nothing was lost
             [--seconds 20] [--rate 100000] [--tickers 5000] [--competitors 8] [--seed N]
             [--nodes 1] [--json FILE] [--data DIR]; ./build.sh demo --help lists the rest
  torture    publish a second engine and shipper with places to die at, trade against the venue, kill and cut everything, and
             prove that every execution is in the ledger once: [--kills 1000] [--minutes N] [--seed S] [--json FILE]
             [--database postgres|sqlite|cluster]; ./build.sh torture --help lists the rest
  bench      micro benchmarks [BenchmarkDotNet options, such as --filter '*Itch*']
  latency    publish, then wire-to-wire latency of the engine under a load with intended send times:
             [--rate 500000] [--seconds 10] [--layout fused|two|five|file] [--driver D] [--ladder] [--soak MINUTES] [--record]
             [--small-frames: over a loopback of its own whose packets AF_XDP holds, as --driver xdp does by itself];
             ./build.sh latency --help lists the rest, perf/METHOD.md says what is measured
  compare    compare two records: compare A B, each a file of perf/Records or FILE:RUN; exit status 1 when a figure is worse
  measure    figures against the machine's limits: measure journal [--path DIR] [--pairs N] [--json FILE];
             measure ledger [--path DIR] [--records N] [--postgres ADDRESS] [--json FILE];
             measure kill [--trips N] [--rate OFFERS]: the kill switch under load (needs root and tcpdump);
             measure start; measure counters; measure shipping|drain [--cluster DIR]; measure --help lists the rest;
             measure rings|itch|engine|allocation|launch: speed, compiled ahead of time
  results    run the tables of tools/Backtest/RESULTS.md again: [--seeds 501..520] [--cell NAME] [--threads N] [--page];
             ./build.sh results --help lists the rest
  backtest   the strategy in virtual time: run, sweep, results, settings; ./build.sh backtest --help lists them
  planted-bugs  plant each bug of tests/PlantedBugs into a copy and show that the tests catch it
             [--only PATTERN] [--json FILE] [--list]
  format     rewrite the sources in the project's style; format --check only looks
  clean      remove everything that was built

Environment: MARKETMAKER_DATA is the folder of the market data samples (default ../shared/data); tests that need
them skip with the reason where it is absent. CI=true turns a missing component into a failure.
HELP
}

fail() { echo "build.sh: $1" >&2; exit "${2:-1}"; }

# Installs Debian packages when it may; otherwise names them. Arguments: COMMAND-OR-PATH=PACKAGE ...
need() {
    local missing=() pair
    for pair in "$@"; do
        compgen -G "${pair%%=*}" >/dev/null || command -v "${pair%%=*}" >/dev/null || missing+=("${pair#*=}")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local install="apt-get install -y --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        echo "installing: ${missing[*]}"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null || fail "could not run: $install"
    else
        fail "missing Debian packages; as root run: $install"
    fi
}

need_toolchain() {
    command -v dotnet >/dev/null || fail "the .NET 10 SDK is missing: install dotnet-sdk-10.0 and put dotnet on the PATH"
    case "$(dotnet --version)" in 1[0-9].*) ;; *) fail "the .NET SDK is $(dotnet --version); version 10 or later is needed" ;; esac
    need gcc=gcc ar=binutils /usr/include/stdio.h=libc6-dev
}

build() {
    need_toolchain
    dotnet build "$SOLUTION" -v quiet "$@"
}

publish() {
    need_toolchain
    echo "publishing ${PROGRAMS[*]}"
    publish_into "$DIST" "${PROGRAMS[@]}" || fail "publishing failed"
}

# Arguments: FOLDER PROGRAM ... [-p:NAME=VALUE ...]
publish_into() {
    local folder=$PWD/$1/ programs=() more=() argument
    shift
    for argument in "$@"; do
        case "$argument" in -*) more+=("$argument") ;; *) programs+=("$argument") ;; esac
    done
    dotnet msbuild Programs.proj -m -nologo -v:quiet -p:Runtime="$RUNTIME" -p:Folder="$folder" -p:Programs="$(IFS=+; echo "${programs[*]}")" "${more[@]}"
}

# Engine and shipper with fault points (engine/Platform/Faults): never shipped, and built apart from what is.
publish_torture() {
    if [ -x "$TORTURE_DIST/marketmaker" ] && [ -x "$TORTURE_DIST/mm-shipper" ] &&
        [ -z "$(find engine tools/Shipper deploy Directory.* -type f -newer "$TORTURE_DIST/published" -print -quit 2>&1)" ]; then
        return
    fi
    echo "publishing engine/Host and tools/Shipper with fault points"
    publish_into "$TORTURE_DIST" engine/Host tools/Shipper -p:FaultPoints=true || fail "publishing with fault points failed"
    touch "$TORTURE_DIST/published"
}

# The programs of perf/Speed, with the floors in C beside them: compiled ahead of time, like the engine whose speed they measure.
publish_speed() {
    need_toolchain
    if [ -x "$SPEED_DIST/mm-speed" ] &&
        [ -z "$(find engine tools perf Directory.* -type f -newer "$SPEED_DIST/published" -not -path 'perf/Records/*' -print -quit 2>&1)" ]; then
        return
    fi
    echo "publishing perf/Speed"
    dotnet publish perf/Speed -c Release -r "$RUNTIME" -o "$SPEED_DIST" -v quiet || fail "publishing perf/Speed failed"
    touch "$SPEED_DIST/published"
}

build_torture() { dotnet build tests/Torture -c Release -v quiet; }

torture() {
    need_toolchain
    need '/usr/lib/postgresql/*/bin/initdb=postgresql'
    build_torture || fail "building tests/Torture failed"
    case " $* " in
        *" --help "*) ;;
        *)
            publish_into "$DIST" tools/Venue || fail "publishing tools/Venue failed"
            publish_torture
            ;;
    esac
    exec artifacts/bin/Torture/release/mm-torture --dist "$DIST" --torture-dist "$TORTURE_DIST" "$@"
}

# A program in a network namespace whose loopback sends packets that a frame of AF_XDP holds (MTU 3818); the host's own is left as it is.
in_small_frames() {
    [ "$(id -u)" = 0 ] || fail "AF_XDP over loopback is measured in a network namespace: run it as root" 4
    need ip=iproute2
    local namespace="mm-speed-$$" status=0
    ip netns add "$namespace"
    # shellcheck disable=SC2064 # the name of now
    trap "ip netns del $namespace" EXIT
    ip -n "$namespace" link set lo mtu 3818 up
    ip netns exec "$namespace" "$@" || status=$?
    exit $status
}

# With AF_XDP, or where a run is to be compared with one, packets fit its frames.
run_latency() {
    publish_speed
    case " $* " in *" --help "*) ;; *) publish ;; esac
    local arguments=() argument small=false
    for argument in "$@"; do
        case "$argument" in
            --small-frames) small=true ;;
            *) arguments+=("$argument") ;;
        esac
    done
    case " $* " in *" --driver xdp "* | *" --driver=xdp "*) small=true ;; esac
    if [ "$small" = true ]; then in_small_frames "$SPEED_DIST/mm-speed" latency "${arguments[@]}"; fi
    exec "$SPEED_DIST/mm-speed" latency "${arguments[@]}"
}

run_tests() {
    need_toolchain
    # PostgreSQL, Patroni and etcd, without their services.
    deploy/database/cluster.sh install || fail "the packages of the database cluster are missing" 3
    # What the tests of deploy/ look at scripts and units with.
    need shellcheck=shellcheck systemd-analyze=systemd
    # For the console's page. Without a browser its test says so and is skipped; CI wants it.
    (need chromium-headless-shell=chromium-headless-shell /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf=fonts-dejavu-core) || [ "${CI:-}" != true ] || exit 1
    publish
    publish_torture
    dotnet build "$SOLUTION" -v quiet
    local log status=0
    log=$(mktemp)
    # One project after the other: the machine may have two cores, and some tests start whole processes.
    dotnet test "$SOLUTION" --no-build -m:1 "$@" 2>&1 | tee "$log" || status=$?
    # The runner prints one line per project; this is their sum.
    awk -F'[:,]' '/(Passed|Failed)! +- Failed/ { f += $2; p += $4; s += $6 } END { printf "%d passed, %d failed, %d skipped\n", p, f, s; exit p == 0 }' "$log" || status=1
    rm -f "$log"
    return "$status"
}

clean() { rm -rf artifacts "$DIST" "$TORTURE_DIST" "$SPEED_DIST"; }

verb=${1:-help}
[ $# -gt 0 ] && shift
case "$verb" in
    help | -h | --help) help ;;
    build) build "$@" ;;
    test) run_tests "$@" ;;
    publish) publish ;;
    demo)
        case " $* " in *" --help "*) ;; *) publish ;; esac
        exec "$DIST/mm-demo" --dist "$DIST" --config deploy/hosts/loopback.ini "$@"
        ;;
    torture) torture "$@" ;;
    bench) need_toolchain; dotnet run --project perf/Micro -c Release -- "$@" ;;
    latency) run_latency "$@" ;;
    compare) publish_speed; exec "$SPEED_DIST/mm-speed" compare "$@" ;;
    measure)
        case "${1:-}" in
            rings | itch | engine | allocation) publish_speed; exec "$SPEED_DIST/mm-speed" "$@" ;;
            launch) publish_speed; publish; dotnet build engine/Host -c Release -v quiet; exec "$SPEED_DIST/mm-speed" "$@" ;;
        esac
        need_toolchain
        [ "${1:-}" = kill ] && need tcpdump=tcpdump
        dotnet run --project perf/Harness -c Release -v quiet -- "$@"
        ;;
    format)
        need_toolchain
        if [ "${1:-}" = --check ]; then dotnet format "$SOLUTION" --verify-no-changes; else dotnet format "$SOLUTION"; fi
        ;;
    results|backtest)
        need_toolchain
        dotnet build tools/Backtest -c Release -v quiet || fail "building tools/Backtest failed"
        [ "$verb" = results ] && set -- results "$@"
        exec artifacts/bin/Backtest/release/mm-backtest "$@"
        ;;
    planted-bugs) need_toolchain; exec tests/PlantedBugs/run.sh "$@" ;;
    clean) clean ;;
    *) help >&2; fail "there is no verb '$verb'" 2 ;;
esac
