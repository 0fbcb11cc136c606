#!/bin/bash
# Builds the plugin against the Wireshark of other Debian releases and looks whether it works there
# as here: same source, no warning, the same bytes in the exports of every capture of which the
# packet list is the same, and every test in Wireshark's own window.
#
#   tests/matrix.sh [-d FOLDER] [RELEASE]...      default: build/matrix; trixie forky
#
# Root. FOLDER keeps the installed systems from one run to the next, and the screenshots of the last in
# RELEASE/tmp/hostgraph/build/screenshots. The mirror is the one that this machine's apt takes its own
# packages from.
# SPDX-License-Identifier: GPL-2.0-or-later
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$root/build/matrix
while getopts d: option; do
  case $option in
    d) folder=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- trixie forky
[ "$(id -u)" -eq 0 ] || { echo "Needs root: it makes file systems to change root into." >&2; exit 1; }
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
. "$root/packaging/packages.sh"
mounted=()
# shellcheck disable=SC2317 # called by trap
leave() {
  local place
  for place in "${mounted[@]}"; do umount "$place"; done
}
trap leave EXIT

mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -n 1
}

# A file system of RELEASE with what building and running needs.
prepare() { # RELEASE
  local base=$folder/$1 place
  if [ ! -e "$base/etc/apt" ]; then
    # sid's script serves every release since; debootstrap may be older than the release.
    debootstrap --variant=minbase "$1" "$base" "$(mirror)" /usr/share/debootstrap/scripts/sid ||
      { rm -rf "$base"; return 1; }
    cp /etc/apt/apt.conf.d/* "$base/etc/apt/apt.conf.d/" 2>/dev/null
    # A snapshot's signature may be older than apt likes.
    echo 'Acquire::Check-Valid-Until "false";' >"$base/etc/apt/apt.conf.d/99matrix"
  fi
  for place in proc dev; do
    mountpoint -q "$base/$place" && continue
    mount --bind "/$place" "$base/$place" && mounted+=("$base/$place") || return 1
  done
  cp -L /etc/resolv.conf "$base/etc/resolv.conf"
  # shellcheck disable=SC2086 # one word each
  inside "$1" sh -c '. packaging/packages.sh && install_packages "$@"' sh \
    $PACKAGES_GUI
}

inside() { # RELEASE COMMAND...
  local base=$folder/$1
  shift
  chroot "$base" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    sh -c 'cd /tmp/hostgraph && exec "$@"' sh "$@" </dev/null
}

# What is the same stays as it is, so that only what changed is built again; what differs is newer than
# what was built of it, whenever and wherever it was written.
copy_source() { # RELEASE
  local target=$folder/$1/tmp/hostgraph fresh=$folder/$1/tmp/hostgraph.new file
  rm -rf "$fresh"
  mkdir -p "$target" "$fresh"
  tar -C "$root" --exclude=./build* --exclude=./.git --exclude=__pycache__ -cf - . |
    tar -C "$fresh" -xmf - || return 1
  (cd "$fresh" && find . -type f) | while IFS= read -r file; do
    cmp -s "$fresh/$file" "$target/$file" && mv "$target/$file" "$fresh/$file"
  done
  [ ! -e "$target/build" ] || mv "$target/build" "$fresh/build"
  rm -rf "$target" && mv "$fresh" "$target"
}

check() { # RELEASE
  local there=$folder/$1/tmp/hostgraph/build/smoke
  mkdir -p "$folder/$1/tmp/hostgraph" && cp -r "$root/packaging" "$folder/$1/tmp/hostgraph/" &&
    prepare "$1" && copy_source "$1" &&
    inside "$1" cmake -S . -B build -G Ninja -DHOSTGRAPH_WERROR=ON &&
    inside "$1" cmake --build build &&
    inside "$1" ctest --test-dir build --output-on-failure --no-tests=error -j "$(nproc)" &&
    inside "$1" rm -rf build/smoke && inside "$1" tests/smoke.sh build build/smoke &&
    compare "$there" &&
    inside "$1" env HOSTGRAPH_BUILD=build PYTHONDONTWRITEBYTECODE=1 \
      /usr/bin/python3 -m pytest -q -p no:cacheprovider tests/gui
}

compare() { # FOLDER
  local packets name file alike=0 different=0
  for packets in "$here"/*.packets; do
    name=$(basename "$packets" .packets)
    if ! cmp -s "$packets" "$1/$name.packets"; then
      echo "$name: another packet list here than there, so the exports may differ"
      continue
    fi
    alike=$((alike + 1))
    for file in "$here/$name".*; do
      cmp "$file" "$1/${file##*/}" || different=1
    done
  done
  echo "$alike captures with the same packet list"
  [ "$alike" -gt 0 ] && [ "$different" -eq 0 ]
}

# What this machine's own Wireshark gives.
here=$folder/here/smoke
cmake -S "$root" -B "$folder/here" -G Ninja -DHOSTGRAPH_WERROR=ON &&
  cmake --build "$folder/here" || exit 1
rm -rf "$here"
"$root/tests/smoke.sh" "$folder/here" "$here" || exit 1

failed=0
for release in "$@"; do
  printf '\n==== %s\n' "$release"
  if check "$release"; then verdict=passed; else verdict=FAILED failed=1; fi
  verdicts=${verdicts-}$(printf '\n%s %s' "$verdict" "$release")
done
printf '%s\n' "${verdicts#?}"
exit $failed
