#!/bin/bash
# Is the plugin the same in every Wireshark that it is for? Builds the source, without a warning, runs unit
# tests, end-to-end tests and those in Wireshark's own window here and in other Debian releases, and
# compares the exports of generated captures, byte for byte. Ends with a table.
#
#   tests/matrix.sh [-d FOLDER] [-s STAGES] [RELEASE]...
#
#   -d FOLDER   keeps builds and installed systems from one run to the next (default: build-matrix/)
#   -s STAGES   of tests/run.sh (default: "unit gui e2e")
#   RELEASE     default: here trixie forky; `here` is this machine's own
#
# Needs root. The mirror is the one that this machine's apt takes its own packages from. Systems have no
# browser, which Wireshark's version means nothing to: tests of pages are run here only, and the table
# says so. Everything is mounted in a name space of the script's own, which ends with it, however it ends;
# what runs in a system ends with it, too. The screenshots of a run lie in
# FOLDER/RELEASE/srv/hostgraph/build-tests/screenshots.
#
# HOSTGRAPH_CAPTURES  folder of real captures (default: ../shared/captures beside the repository); small
#                     ones of single cases are in the folder cases beside it
# SPDX-License-Identifier: GPL-2.0-or-later
set -u
[ "$(id -u)" -eq 0 ] || { echo "Needs root: it makes file systems to change root into." >&2; exit 1; }
if [ -z "${HOSTGRAPH_MATRIX_INSIDE-}" ]; then
  HOSTGRAPH_MATRIX_INSIDE=yes exec unshare --mount --propagation private "$0" "$@"
fi
unset HOSTGRAPH_MATRIX_INSIDE
trap 'exit 130' INT TERM
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$root/build-matrix
stages="unit gui e2e"
while getopts d:s: option; do
  case $option in
    d) folder=$OPTARG ;;
    s) stages=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- here trixie forky
captures=$(realpath -m "${HOSTGRAPH_CAPTURES:-$root/../shared/captures}")
cases=$(dirname "$captures")/cases # where the tests look for them
mkdir -p "$folder/here" || exit 1
folder=$(cd "$folder" && pwd)
. "$root/packaging/packages.sh"
machine_null=$(stat -c '%F %a %t:%T' /dev/null)

mirror() {
  # shellcheck disable=SC2016 # apt's variable
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -n 1
}

# Devices of a system's own: what is done to them there, to their modes say, is done to no others.
make_devices() { # FOLDER
  local device name numbers
  mount -t tmpfs -o mode=755 tmpfs "$1" || return 1
  for device in null:1,3 zero:1,5 full:1,7 random:1,8 urandom:1,9 tty:5,0; do
    name=${device%%:*} numbers=${device#*:}
    mknod -m 666 "$1/$name" c "${numbers%,*}" "${numbers#*,}" || return 1
  done
  mkdir "$1/pts" "$1/shm" &&
    mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts "$1/pts" &&
    mount -t tmpfs -o mode=1777 tmpfs "$1/shm" &&
    ln -s pts/ptmx "$1/ptmx" && ln -s /proc/self/fd "$1/fd" &&
    ln -s /proc/self/fd/0 "$1/stdin" && ln -s /proc/self/fd/1 "$1/stdout" &&
    ln -s /proc/self/fd/2 "$1/stderr"
}

# What is the same stays as it is, so that only what changed is built again; what differs is newer than
# what was built of it, whenever and wherever it was written.
copy_source() { # SYSTEM
  local target=$1/srv/hostgraph fresh=$1/srv/hostgraph.new file
  rm -rf "$fresh"
  mkdir -p "$target" "$fresh"
  tar -C "$root" --exclude=./build* --exclude=./.git --exclude=__pycache__ -cf - . |
    tar -C "$fresh" -xmf - || return 1
  (cd "$fresh" && find . -type f) | while IFS= read -r file; do
    cmp -s "$fresh/$file" "$target/$file" && mv "$target/$file" "$fresh/$file"
  done
  [ ! -e "$target/build-tests" ] || mv "$target/build-tests" "$fresh/build-tests"
  rm -rf "$target" && mv "$fresh" "$target"
}

# A system of RELEASE, with the source and the captures in it and with what building and testing needs.
prepare() { # RELEASE
  local base=$folder/$1
  if [ ! -e "$base" ]; then
    rm -rf "$base.new"
    # sid's script serves every release since; debootstrap may be older than the release.
    debootstrap --variant=minbase "$1" "$base.new" "$(mirror)" /usr/share/debootstrap/scripts/sid ||
      return 1
    cp /etc/apt/apt.conf.d/* "$base.new/etc/apt/apt.conf.d/" 2>/dev/null
    # A snapshot's signature may be older than apt likes.
    echo 'Acquire::Check-Valid-Until "false";' >"$base.new/etc/apt/apt.conf.d/99matrix"
    mv "$base.new" "$base" || return 1
  fi
  chmod 1777 "$base/tmp" # apt, who is not root while it fetches, writes there
  cp -L /etc/resolv.conf "$base/etc/resolv.conf"
  # A minimal system does not know who it is.
  [ -e "$base/etc/hosts" ] || printf '127.0.0.1 localhost\n::1 localhost\n' >"$base/etc/hosts"
  make_devices "$base/dev" && copy_source "$base" || return 1
  rm -rf "$base/srv/captures" "$base/srv/cases"
  [ ! -d "$captures" ] || cp -rL "$captures" "$base/srv/captures" || return 1
  [ ! -d "$cases" ] || cp -rL "$cases" "$base/srv/cases" || return 1
  # shellcheck disable=SC2016,SC2086 # expanded there; one word each
  inside "$1" sh -c '. packaging/packages.sh && install_test_packages "$@"' sh $PACKAGES_CHECK
}

# In the folder of the source. What runs in a system sees no other processes, and ends when this script does.
inside() { # RELEASE COMMAND...
  local base=$folder/$1
  if [ "$1" = here ]; then
    shift
    (cd "$root" && HOSTGRAPH_BUILD=$folder/here/build-tests HOSTGRAPH_CAPTURES=$captures "$@" </dev/null)
    return
  fi
  shift
  # shellcheck disable=SC2016 # expanded there
  setpriv --pdeathsig KILL unshare --pid --fork --kill-child --mount-proc="$base/proc" \
    chroot "$base" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
    HOSTGRAPH_BUILD=/srv/hostgraph/build-tests HOSTGRAPH_CAPTURES=/srv/captures \
    sh -c 'cd /srv/hostgraph && exec "$@"' sh "$@" </dev/null
}

# Where the build folder of a release lies, seen from here.
build_of() { # RELEASE
  if [ "$1" = here ]; then echo "$folder/here/build-tests"; else
    echo "$folder/$1/srv/hostgraph/build-tests"
  fi
}

# Exports of a release into smoke/ of its build folder.
smoke() { # RELEASE
  local build=build-tests
  [ "$1" != here ] || build=$folder/here/build-tests
  rm -rf "$(build_of "$1")/smoke"
  inside "$1" tests/smoke.sh "$build" "$build/smoke"
}

# Whether two records say the same but for the names of protocols.
same_but_protocols() { # FILE FILE
  /usr/bin/python3 - "$@" <<'PYTHON'
import json, sys
def rest(value):
    if isinstance(value, dict):
        return {name: rest(part) for name, part in value.items() if name != "protocols"}
    return [rest(part) for part in value] if isinstance(value, list) else value
one, other = (rest(json.load(open(path, encoding="utf-8"))) for path in sys.argv[1:])
sys.exit(one != other)
PYTHON
}

# Sets exports to what is to be said of them. Where the packet list is the same, so are they, byte for byte;
# else they may differ in what the packet list differs in, the names of protocols, and in nothing else.
compare() { # FOLDER
  local packets name file total=0 same=0 alike=0
  for packets in "$(build_of here)/smoke"/*.packets; do
    name=$(basename "$packets" .packets)
    total=$((total + 1))
    if ! cmp -s "$packets" "$1/$name.packets"; then
      if same_but_protocols "${packets%.packets}.json" "$1/$name.json"; then
        alike=$((alike + 1))
        echo "$name: packets have other protocols here than there; nothing else differs"
      else
        echo "$name: another packet list here than there, and another record"
      fi
      continue
    fi
    same=$((same + 1))
    for file in "${packets%.packets}".*; do
      cmp "$file" "$1/${file##*/}" || { same=$((same - 1)); break; }
    done
  done
  exports="$same+$alike of $total"
  [ "$same" -gt 0 ] && [ $((same + alike)) -eq "$total" ]
}

version_of() { # RELEASE
  inside "$1" tshark --version 2>/dev/null | sed -n 's/^TShark (Wireshark) \([0-9.]*[0-9]\).*/\1/p'
}

# passed/failed/skipped of a stage
count_of() { # RESULTS STAGE
  awk -v stage="$2" '$1 == stage { print $2 "/" $3 "/" $4; found = 1 }
    END { if (!found) print "-" }' "$1/counts" 2>/dev/null || echo -
}

row() { printf '%-10s%-11s%-10s%-12s%-12s%-16s%-14s%s\n' "$@"; }

check() { # RELEASE
  local results sound=yes
  exports=-
  results=$(build_of "$1")/test-results
  rm -rf "$results"
  if [ "$1" != here ]; then prepare "$1" || sound=no; fi
  if [ "$sound" = yes ]; then
    # shellcheck disable=SC2086 # one word each
    inside "$1" tests/run.sh build_gcc $stages || sound=no
    if smoke "$1"; then
      [ "$1" = here ] || compare "$(build_of "$1")/smoke" || sound=no
    else
      sound=no
    fi
  fi
  if [ "$sound" = yes ]; then verdict=passed; else verdict=FAILED failed=1; fi
  table=$table$(row "$1" "$(version_of "$1")" "$(count_of "$results" build_gcc)" \
    "$(count_of "$results" unit)" "$(count_of "$results" gui)" "$(count_of "$results" e2e)" \
    "$exports" "$verdict")$'\n'
  notes=$notes$(grep -E '^[0-9]+ skipped|^failed' "$results/summary" 2>/dev/null | sed "s/^/$1: /")$'\n'
}

install_test_packages $PACKAGES_MATRIX || exit 1
failed=0 table='' notes=''
# Nothing can be compared without what this machine's own Wireshark gives.
case " $* " in
  *' here '*) ;;
  *)
    inside here tests/run.sh build_gcc && smoke here || exit 1
    ;;
esac
for release in "$@"; do
  printf '\n==== %s\n' "$release"
  check "$release"
done
if [ "$(stat -c '%F %a %t:%T' /dev/null)" != "$machine_null" ]; then
  notes=${notes}$'the machine\'s own /dev/null is not what it was\n'
  failed=1
fi
cat <<'END'

==== passed/failed/skipped of each stage; of how many captures the exports are the same as here
==== + the same but for the names of protocols
END
row release Wireshark build unit gui e2e exports verdict
printf '%s%s' "$table" "$(printf '%s' "$notes" | sed '/^$/d')"
echo
exit $failed
