# shellcheck shell=bash
# Installs the Debian packages of the cluster without letting them start or enable a service of their own.

readonly POLICY=/usr/sbin/policy-rc.d
readonly UNITS=(postgresql etcd patroni)

install_packages() {
    local missing=()
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
    [ -x /usr/bin/patroni ] || missing+=(patroni)
    [ -x /usr/bin/etcd ] || missing+=(etcd-server)
    command -v curl >/dev/null || missing+=(curl)
    command -v setpriv >/dev/null || missing+=(util-linux)
    command -v ip >/dev/null || missing+=(iproute2)
    command -v openssl >/dev/null || missing+=(openssl)
    [ ${#missing[@]} -eq 0 ] && return
    local install="apt-get install -y --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        fail "missing Debian packages; as root run: $install" 3
    fi
    echo "installing: ${missing[*]}"
    without_services "$install" || fail "could not run: $install" 3
}

# A package that is installed here must not leave a service behind: neither started now nor enabled for the next start of the host.
without_services() {
    local unit enabled_before=() made_policy="" status=0
    for unit in "${UNITS[@]}"; do
        systemctl is-enabled -q "$unit" 2>/dev/null && enabled_before+=("$unit")
    done
    if [ ! -e "$POLICY" ]; then
        printf '#!/bin/sh\nexit 101\n' >"$POLICY"
        chmod 755 "$POLICY"
        made_policy=yes
    fi
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $1 -qq -o DPkg::Lock::Timeout=120; } >/dev/null || status=$?
    [ -z "$made_policy" ] || rm -f "$POLICY"
    for unit in "${UNITS[@]}"; do
        case " ${enabled_before[*]:-} " in *" $unit "*) ;; *) systemctl disable -q "$unit" >/dev/null 2>&1 || true ;; esac
    done
    return "$status"
}
