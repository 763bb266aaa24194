#!/usr/bin/env bash
# Brings programs and INI file of one host to it, as a version of their own, and starts them. deploy.sh --help says how.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly HERE
# What the engine approves itself by; the rest are its helpers. Those of the second line are taken along when they are built.
readonly NEEDED=(marketmaker mm-shipper mm-volatility mm-ledger)
readonly OPTIONAL=(mm-console)

help() {
    cat <<'HELP'
usage: deploy/deploy.sh HOST.ini [USER@HOST | --root DIR] [options]

Checks the INI file, copies programs, INI file and units into a folder of their own version, switches a link, makes journal and lease
before the first start, restarts in order, and goes back to the version before by itself when the engine does not trade again in time.
Every step is printed before it is done. The last three versions are kept. Doing it twice does it once.

  USER@HOST        over ssh, run by systemd; the user is root or may use sudo without a password
  --prefix DIR     the folder on that host (default /opt/marketmaker)
  --root DIR       into a folder of this machine; default without either: only the INI file is checked
  --start          with --root: run everything under deploy/supervise.sh; over ssh this is always done
  --rollback       go back to the version installed before the present one
  --dry-run        print the steps and change nothing
  --dist DIR       the published programs (default: dist beside the folder deploy)
  --health-s N     the engine must trade within N seconds, 1 to 600 (default 30)

A loopback host (line A on 127.0.0.1) gets mm-venue as well, and a password for it.
Exit status: 0 done, 1 failed and as it was before, 2 wrong usage or INI file.
HELP
}

fail() { echo "deploy.sh: $1" >&2; exit "${2:-1}"; }
step() { echo "deploy: $1"; }

ini='' target='' root='' start=no dry=no action=install dist=$HERE/../dist health=30 prefix=/opt/marketmaker
while [ $# -gt 0 ]; do
    case "$1" in
        -h | --help) help; exit 0 ;;
        --root | --dist | --health-s | --prefix)
            [ $# -gt 1 ] || fail "$1 needs a value; see --help" 2
            case "$1" in --root) root=$2 ;; --dist) dist=$2 ;; --prefix) prefix=$2 ;; --health-s) health=$2 ;; esac
            shift
            ;;
        --start) start=yes ;;
        --dry-run) dry=yes ;;
        --rollback) action=rollback ;;
        -*) fail "there is no option $1; see --help" 2 ;;
        *@*) [ -z "$target" ] || fail "two hosts are named: $target and $1" 2; target=$1 ;;
        *) [ -z "$ini" ] || fail "two INI files are named: $ini and $1" 2; ini=$1 ;;
    esac
    shift
done
[ -n "$ini" ] || { help >&2; exit 2; }
[ -f "$ini" ] || fail "there is no file $ini" 2
[[ $health =~ ^([1-9]|[1-9][0-9]|[1-5][0-9][0-9]|600)$ ]] || fail "--health-s is $health; write 1 to 600" 2
[ -z "$root" ] || [ -z "$target" ] || fail "name USER@HOST or --root DIR, not both" 2
[ "$start" = no ] || [ -n "$root$target" ] || fail "--start needs --root DIR" 2
for program in "${NEEDED[@]}"; do
    [ -x "$dist/$program" ] || fail "$dist/$program is not there: run ./build.sh publish, or name the folder with --dist" 2
done
dist=$(cd "$dist" && pwd)

# Only what concerns the file itself: password, cores and time zones are the host's, and looked at there.
step "check $ini"
"$dist/marketmaker" check --config "$ini" --file-only >/dev/null || fail "the INI file is refused; nothing was changed" 2
[ -n "$root$target" ] || { step "the file is good; name USER@HOST or --root DIR to install it"; exit 0; }

# Runs a command on the host; its input is ours.
there() {
    if [ -n "$target" ]; then ssh -o BatchMode=yes "$target" "$1"; else bash -c "$1"; fi
}

if [ -n "$target" ]; then
    root=$prefix services=systemd start=yes
    [ "${target%%@*}" = root ] && sudo='' || sudo='sudo -n '
else
    services=supervisor sudo=''
    [ "$dry" = yes ] || mkdir -p "$root"
    root=$(realpath -m "$root")
fi

activate() {
    there "${sudo}bash -s -- $(printf '%q ' "$@")" <"$HERE/activate.sh"
}

if [ "$action" = rollback ]; then
    activate rollback "$root" - "$start" "$services" "$health" "$dry"
    exit
fi

bundle=$(mktemp -d)
trap 'rm -rf "$bundle" "$bundle.manifest"' EXIT
mkdir -p "$bundle/bin" "$bundle/services"
programs=("${NEEDED[@]}")
for program in "${OPTIONAL[@]}"; do [ ! -x "$dist/$program" ] || programs+=("$program"); done
# A feed on loopback has its venue on this machine.
if grep -Eq '^[[:space:]]*address-a[[:space:]]*=[[:space:]]*127\.' "$ini" && [ -x "$dist/mm-venue" ]; then programs+=(mm-venue); fi
for program in "${programs[@]}"; do cp "$dist/$program" "$bundle/bin/"; done
# SQLite lies beside the programs that use it.
for library in "$dist"/*.so; do [ ! -e "$library" ] || cp "$library" "$bundle/bin/"; done
cp "$ini" "$bundle/host.ini"
cp "$HERE"/services/*.service "$bundle/services/"
cp "$HERE/activate.sh" "$HERE/supervise.sh" "$bundle/"
{
    echo "binary-sha256 = $(sha256sum <"$bundle/bin/marketmaker" | cut -d' ' -f1)"
    echo "ini-sha256 = $(sha256sum <"$bundle/host.ini" | cut -d' ' -f1)"
    "$bundle/bin/marketmaker" version
} >"$bundle/approved"
(cd "$bundle" && find . -type f -print0 | sort -z | xargs -0 sha256sum) >"$bundle.manifest"
mv "$bundle.manifest" "$bundle/manifest"
# The same content is the same version.
version=$(sha256sum <"$bundle/manifest" | cut -c1-12)
step "version $version: $(paste -sd' ' <(printf '%s\n' "${programs[@]}")), $(tr '\n' ' ' <"$bundle/approved")"

incoming=$root/releases/.incoming-$version
step "copy it to ${target:+$target:}$incoming"
if [ "$dry" = no ]; then
    unpack=$(printf 'rm -rf %q && mkdir -p %q && tar -C %q -xf -' "$incoming" "$incoming" "$incoming")
    tar -C "$bundle" -cf - . | there "${sudo}bash -c $(printf %q "$unpack")" ||
        fail "copying failed; nothing was changed but $incoming"
fi
activate install "$root" "$version" "$start" "$services" "$health" "$dry"
