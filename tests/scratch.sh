# A place to run tshark with the plugin just built, without touching the system: to be sourced.
#
# As root, tshark ignores plugins of the user, so it runs as nobody then, in a folder that nobody can
# read, whatever the folder that the repository lies in.
# SPDX-License-Identifier: GPL-2.0-or-later

# scratch_begin PLUGIN: sets SCRATCH, a folder that goes away with the script.
scratch_begin() {
  SCRATCH=$(mktemp -d) || return 1
  trap 'rm -rf "$SCRATCH"' EXIT
  chmod 755 "$SCRATCH"
  scratch_version=$(tshark --version 2>/dev/null | sed -n 's/^TShark (Wireshark) \([0-9]*\.[0-9]*\).*/\1/p')
  scratch_plugins=$SCRATCH/home/.local/lib/wireshark/plugins/$scratch_version/epan
  mkdir -p "$scratch_plugins" "$SCRATCH/work" && cp "$1" "$scratch_plugins/" || return 1
  if [ "$(id -u)" -eq 0 ]; then
    chown -R 65534:65534 "$SCRATCH/home" "$SCRATCH/work"
  fi
}

# scratch_run COMMAND...: in SCRATCH/work, where files may be written.
scratch_run() {
  if [ "$(id -u)" -eq 0 ]; then
    set -- setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
  fi
  (cd "$SCRATCH/work" && HOME=$SCRATCH/home exec env -u XDG_CONFIG_HOME -u WIRESHARK_PLUGIN_DIR "$@")
}

# A plugin of the wrong version is one line on standard error and otherwise nothing: look.
scratch_check() {
  scratch_run tshark -G plugins 2>/dev/null | grep -q '^hostgraph\.so' || {
    echo "tshark does not load the plugin:" >&2
    scratch_run tshark --version 2>&1 >/dev/null | sed 's/^/  /' >&2
    return 1
  }
}
