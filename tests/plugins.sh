#!/bin/sh
# A folder for WIRESHARK_PLUGIN_DIR: the plugins that came with Wireshark, and ours from BUILD, if given.
#
#   tests/plugins.sh FOLDER [BUILD]
#
# Not the user's own folder of plugins: one that is installed for everybody goes before it, and then an
# older build would be what gets tested.
# SPDX-License-Identifier: GPL-2.0-or-later
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
stock=$(env -u WIRESHARK_PLUGIN_DIR tshark -G folders 2>/dev/null | sed -n 's/^Global Plugins:[[:space:]]*//p')
[ -n "$stock" ] || { echo "tshark names no folder of plugins" >&2; exit 1; }
own=$1/$(basename "$stock")/epan
mkdir -p "$own"
for plugin in "$stock"/*/*; do
  case $plugin in
    */hostgraph | */hostgraph.so | *'/*') continue ;;
  esac
  kind=$1/$(basename "$stock")/$(basename "$(dirname "$plugin")")
  mkdir -p "$kind"
  ln -sf "$plugin" "$kind/"
done
[ $# -gt 1 ] || exit 0
cp "$2/plugin/wireshark/hostgraph.so" "$own/"
mkdir -p "$own/hostgraph"
cp "$root/packaging/guide.html" "$own/hostgraph/"
