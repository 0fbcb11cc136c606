#!/bin/bash
# From a fresh Debian machine to a report, in one command:
#
#   packaging/try.sh [CAPTURE]      default: a small office, generated, in which there is something to find
#
# Installs the packages that are missing (root or sudo), builds into build/, installs the plugin - as
# root for everybody, because tshark and Wireshark ignore personal plugins of root; else for you alone -
# and runs it on the capture. May be run again and again: what was set in the build folder, with cmake or
# ccmake, stays.
#
# HOSTGRAPH_BUILD   folder to build in (default: build/ in the repository)
# SPDX-License-Identifier: GPL-2.0-or-later
set -eu
fail() {
  echo "try.sh: $*" >&2
  exit 1
}
[ $# -le 1 ] || fail "usage: packaging/try.sh [CAPTURE]"
capture=
if [ $# -eq 1 ]; then
  [ -e "$1" ] || fail "$1: there is no such file"
  [ -f "$1" ] || fail "$1: is not a file"
  [ -r "$1" ] || fail "$1: may not be read by $(id -un)"
  capture=$(realpath -- "$1")
fi
cd "$(dirname "$0")/.."
build=${HOSTGRAPH_BUILD:-$PWD/build}
if ! mkdir -p "$build" 2>/dev/null || ! [ -w "$build" ]; then
  fail "$build: may not be written by $(id -un); set HOSTGRAPH_BUILD to another folder"
fi
build=$(cd "$build" && pwd)

. packaging/packages.sh
. packaging/configure.sh
# shellcheck disable=SC2086 # one word each
install_packages $PACKAGES_BUILD $PACKAGES_RUN ||
  fail "packages are missing: $(missing_packages $PACKAGES_BUILD $PACKAGES_RUN)"

if [ "$(id -u)" -eq 0 ]; then user=OFF; else user=ON; fi
echo "Building and installing ..." >&2
log=$build/try.log
{
  configure "$PWD" "$build" -- -DHOSTGRAPH_INSTALL_USER=$user &&
    cmake --build "$build" --target hostgraph && cmake --install "$build"
} >"$log" 2>&1 </dev/null || {
  tail -n 30 "$log" >&2
  fail "the build failed; all of it is in $log"
}
# A plugin that does not fit is one line on standard error and otherwise nothing.
tshark -G plugins 2>/dev/null | grep -q '^hostgraph\.so' ||
  fail "tshark does not load the plugin: $(tshark --version 2>&1 >/dev/null | head -n 3)"

arguments=hostgraph
if [ -z "$capture" ]; then
  capture=$build/office.pcapng
  truth=$build/office.json
  /usr/bin/python3 tests/generate/office.py "$capture" "$truth"
  # Also from the moment at which one host passes something on to another.
  arguments=$arguments,trace=$(/usr/bin/python3 -c \
    'import json, sys; t = json.load(open(sys.argv[1]))["pass_on"]; print(t["from"], t["at"], sep="@")' \
    "$truth")
fi
name=$(basename -- "$capture")
name=${name%.*}
out=$build/try/$name
rm -rf "$out"
mkdir -p "$out"
# Every format that there is, with the first of its suffixes.
formats=$(tshark -z hostgraph,help 2>/dev/null | awk '
  /^Formats:/ { inside = 1; next }
  /^$/ { inside = 0 }
  inside && /^  [a-z]/ { name = $1 }
  inside { for (i = 1; i <= NF; i++) {
    if (before == "Suffix:") { sub(/[.,]*$/, "", $i); print name "=" $i }
    before = $i } }')
for format in $formats; do
  # In an option a comma and a backslash are written with a backslash.
  path=$(printf '%s' "$out/$name${format#*=}" | sed 's/[\\,]/\\&/g')
  arguments=$arguments,format=${format%%=*},export=$path
done
status=0
tshark -q -r "$capture" -z "$arguments" </dev/null || status=$?
[ -n "$(ls -A "$out")" ] || fail "tshark left no export of $capture (its status is $status)"

cat <<END

The capture   $capture
Exports       $out/
$(cd "$out" && for file in "$name".*; do echo "              $file"; done)
In Wireshark  wireshark $(printf %q "$capture")
              then Statistics > Host Graph > Suspect Hosts
Again         tshark -q -r $(printf %q "$capture") -z hostgraph
All options   tshark -z hostgraph,help
Uninstall     cmake --build $(printf %q "$build") --target uninstall
END
exit $status
