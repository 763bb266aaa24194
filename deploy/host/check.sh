#!/usr/bin/env bash
# What the doctor reads from /proc and /sys, and what only ethtool can tell of the card. Changes nothing.
# usage: deploy/host/check.sh HOST.ini [MARKETMAKER]; exit status as that of 'marketmaker doctor': 0 fine, 3 worse, 1 wrong
set -euo pipefail

[ $# -ge 1 ] || { sed -n 's/^# usage: /usage: /p' "${BASH_SOURCE[0]}" >&2; exit 2; }
ini=$1 program=${2:-$(type -P marketmaker || echo "$(dirname "${BASH_SOURCE[0]}")/../../dist/marketmaker")}
[ -x "$program" ] || { echo "check.sh: $program is not there: name the program as the second argument" >&2; exit 2; }

status=0
"$program" doctor --config "$ini" || status=$?
[ "$status" -ne 2 ] || exit 2

card=$("$program" check --config "$ini" --file-only | awk -F' = ' '/^\[/ { here = $0 == "[feed]" } here && $1 == "interface" { print $2; exit }')
[ -n "$card" ] && [ -e "/sys/class/net/$card" ] || exit "$status"
type ethtool >/dev/null 2>&1 || { echo "worse  ethtool            is missing; better: apt-get install ethtool"; exit 3; }

# Prints a line; the first worse one makes the status 3, unless something is wrong already.
worse() { echo "worse  $1"; [ "$status" -ne 0 ] || status=3; }
fine() { echo "fine   $1"; }

rings=$(ethtool -g "$card" 2>/dev/null | awk '/^RX:/ { print $2 }' | paste -sd' ' || true)
case "$rings" in
    '') fine "nic-rings          $card does not tell" ;;
    *) if [ "${rings% *}" = "${rings#* }" ]; then fine "nic-rings          the largest, ${rings% *}"; else worse "nic-rings          ${rings#* } of ${rings% *}; expected cost: bursts are lost; better: ethtool -G $card rx ${rings% *}"; fi ;;
esac
if ethtool -c "$card" 2>/dev/null | grep -Eq '^Adaptive RX: on|^rx-usecs:[[:space:]]*[1-9]'; then
    worse "nic-coalescing     $card gathers packets before it interrupts; expected cost: up to rx-usecs for each; better: ethtool -C $card adaptive-rx off rx-usecs 0"
else
    fine "nic-coalescing     none"
fi
if ethtool -n "$card" 2>/dev/null | grep -q '^Filter:'; then
    fine "nic-steering       $(ethtool -n "$card" | grep -c '^Filter:') filters"
else
    worse "nic-steering       no filter puts the feed into a queue of its own; expected cost: other traffic waits in the same queue; better: deploy/host/apply.sh --steer $card ADDRESS:PORT QUEUE"
fi
if ethtool -T "$card" 2>/dev/null | grep -q 'hardware-receive'; then fine "nic-timestamps     in hardware"; else fine "nic-timestamps     in software alone"; fi
exit "$status"
