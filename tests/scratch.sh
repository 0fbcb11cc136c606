# shellcheck shell=bash
# A place to run tshark with the plugin just built, without touching the system: to be sourced.
#
# As root, tshark ignores plugins of the user, so it runs as nobody then, in a folder that nobody can
# read, whatever the folder that the repository lies in.
# SPDX-License-Identifier: GPL-2.0-or-later

scratch_tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# scratch_begin BUILD: sets SCRATCH, a folder that goes away with the script. SCRATCH/without holds
# Wireshark's own plugins only.
scratch_begin() {
  SCRATCH=$(mktemp -d) || return 1
  trap 'rm -rf "$SCRATCH"' EXIT
  chmod 755 "$SCRATCH"
  mkdir -p "$SCRATCH/home" "$SCRATCH/work" && "$scratch_tests/plugins.sh" "$SCRATCH/without" &&
    "$scratch_tests/plugins.sh" "$SCRATCH/plugins" "$1" || return 1
  if [ "$(id -u)" -eq 0 ]; then
    chown -R 65534:65534 "$SCRATCH/home" "$SCRATCH/work"
  fi
}

# scratch_run COMMAND...: in SCRATCH/work, where files may be written.
scratch_run() {
  if [ "$(id -u)" -eq 0 ]; then
    set -- setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
  fi
  (cd "$SCRATCH/work" &&
    HOME=$SCRATCH/home exec env -u XDG_CONFIG_HOME WIRESHARK_PLUGIN_DIR="$SCRATCH/plugins" "$@")
}

# A plugin of the wrong version is one line on standard error and otherwise nothing: look.
scratch_check() {
  scratch_run tshark -G plugins 2>/dev/null | grep -q '^hostgraph\.so' || {
    echo "tshark does not load the plugin:" >&2
    scratch_run tshark --version 2>&1 >/dev/null | sed 's/^/  /' >&2
    return 1
  }
}
