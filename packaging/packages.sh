# shellcheck shell=sh disable=SC2034 # names are for whoever sources this
# Which Debian packages hostgraph needs, for what, and how to get those that are missing.
# To be sourced: `. packaging/packages.sh; install_packages $PACKAGES_BUILD`.
# SPDX-License-Identifier: GPL-2.0-or-later

PACKAGES_BUILD="cmake ninja-build gcc libc6-dev pkg-config libglib2.0-dev libglib2.0-dev-bin
  libsqlite3-dev libwireshark-dev wireshark-dev node-d3"
# python3 writes the capture that packaging/try.sh takes by default.
PACKAGES_RUN="tshark wireshark python3"
# What every test of one build needs, but for those of pages in a browser: locales for one with a decimal
# comma, the programs that read exports, and a screen for Wireshark's own window.
PACKAGES_CHECK="$PACKAGES_BUILD $PACKAGES_RUN
  util-linux binutils locales valgrind python3-pytest python3-pytest-xdist
  python3-networkx python3-pandas graphviz libxml2-utils
  xvfb xclip xdotool x11-utils openbox imagemagick xauth fonts-dejavu-core"
PACKAGES_TEST="$PACKAGES_CHECK
  clang clang-format libclang-rt-dev shellcheck
  chromium chromium-driver python3-selenium"
# What tests/matrix.sh needs on this machine besides.
PACKAGES_MATRIX="$PACKAGES_TEST debootstrap"

# Installs PACKAGES_CHECK or PACKAGES_TEST. Graphviz has the layouts that large graphs need in a package of
# their own since version 14, which older releases do not know.
install_test_packages() {
  install_packages "$@" || return 1
  echo 'graph {}' | dot -Ksfdp >/dev/null 2>&1 || install_packages libgvplugin-neato-layout-dev
}

# Prints those of the named packages that are not installed.
missing_packages() {
  for package in "$@"; do
    case $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) in
      installed) ;;
      *) printf '%s ' "$package" ;;
    esac
  done
}

# Installs what is missing, as root or through sudo; asks nothing.
install_packages() {
  if ! command -v dpkg-query >/dev/null; then
    echo "This is no Debian: install these or their like by hand: $*" >&2
    return 0
  fi
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  as_root=
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "Needs root (or sudo) to install: $missing" >&2
      return 1
    fi
    as_root=sudo
  fi
  echo "Installing $missing" >&2
  # shellcheck disable=SC2086 # one word each
  $as_root apt-get update -q </dev/null >&2 &&
    $as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -q -y --no-install-recommends $missing </dev/null >&2
}
