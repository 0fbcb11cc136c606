#!/bin/bash
# Runs every test there is: builds, unit tests, sanitizers, fuzz corpora, end to end, Wireshark's
# window, style. Installs what it needs. Ends with `N passed, N failed, N skipped`.
#
#   tests/run.sh [STAGE]...      only these stages; without any: all, in the order of the end
#
# HOSTGRAPH_BUILD   folder to build in (default: build/ in the repository)
# SPDX-License-Identifier: GPL-2.0-or-later
set -u
cd "$(dirname "$0")/.." || exit 1
root=$PWD
build=${HOSTGRAPH_BUILD:-$root/build}
mkdir -p "$build" || exit 1
build=$(cd "$build" && pwd)
results=$build/test-results
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1

configure_and_build() { # FOLDER CMAKE-OPTION...
  local folder=$1
  shift
  cmake -S "$root" -B "$folder" -G Ninja -DHOSTGRAPH_WERROR=ON "$@" && cmake --build "$folder"
}

run_ctest() { # FOLDER STAGE
  ctest --test-dir "$1" --output-on-failure --no-tests=error -j "$(nproc)" \
    --test-output-size-passed 10000000 --test-output-size-failed 10000000 \
    --output-junit "$results/$2.xml"
}

run_pytest() { # FOLDER STAGE
  HOSTGRAPH_BUILD=$build /usr/bin/python3 -m pytest -q -p no:cacheprovider "$root/tests/$1" \
    --junitxml="$results/$2.xml"
}

stage_build_gcc() { configure_and_build "$build" -DCMAKE_C_COMPILER=gcc; }
stage_build_clang() {
  configure_and_build "$build/clang" -DCMAKE_C_COMPILER=clang -DHOSTGRAPH_FUZZ=ON
}
# Only what needs no Wireshark: a sanitized module cannot be loaded into a program that is not.
stage_build_sanitized() {
  configure_and_build "$build/sanitized" -DCMAKE_C_COMPILER=gcc -DHOSTGRAPH_PLUGIN=OFF \
    -DHOSTGRAPH_SANITIZE=address,undefined -DCMAKE_BUILD_TYPE=Debug
}
stage_unit() { run_ctest "$build" unit; }
stage_unit_sanitized() { run_ctest "$build/sanitized" unit_sanitized; }
stage_e2e() { run_pytest e2e e2e; }
stage_gui() { run_pytest gui gui; }

# Every seed, tests/fuzz/corpus/NAME/, through the fuzzer fuzz_NAME, and a little beyond.
stage_fuzz_corpora() {
  local target corpus place count=0
  for target in "$root"/tests/fuzz/fuzz_*.c; do
    [ -e "$target" ] || { echo "no fuzz targets"; return 1; }
    target=$(basename "$target" .c)
    corpus=$root/tests/fuzz/corpus/${target#fuzz_}
    [ -n "$(ls -A "$corpus" 2>/dev/null)" ] || { echo "$corpus: no seeds"; return 1; }
    place=$results/fuzz/$target
    mkdir -p "$place/found"
    (cd "$place" && "$build/clang/tests/fuzz/$target" -seed=1 -runs=5000 -max_total_time=30 \
      found "$corpus") >"$place/log" 2>&1 || { grep -v 'NEW\|REDUCE' "$place/log"; return 1; }
    count=$((count + 1))
  done
  echo "$count corpora replayed"
}

stage_style() {
  local files
  mapfile -t files < <(find plugin tests -name '*.[ch]' | sort)
  [ ${#files[@]} -gt 0 ] || { echo "no files to check"; return 1; }
  clang-format --dry-run -Werror "${files[@]}"
}

# Installs what is missing before anything else can be said.
stage_packages() {
  . "$root/packaging/packages.sh"
  # shellcheck disable=SC2086 # one word each
  install_packages $PACKAGES_TEST
}

all="packages build_gcc build_clang build_sanitized style unit unit_sanitized fuzz_corpora e2e gui"
for name in "$@"; do
  case " $all " in
    *" $name "*) ;;
    *) echo "No stage $name; there are: $all" >&2; exit 2 ;;
  esac
done

rm -rf "$results"
mkdir -p "$results"
: >"$results/stages"
for name in ${*:-$all}; do
  printf '\n==== %s\n' "$name"
  begin=$SECONDS
  (stage_"$name") </dev/null
  status=$?
  echo "$status $name" >>"$results/stages"
  echo "---- $name: status $status, $((SECONDS - begin)) s"
done
printf '\n====\n'
exec /usr/bin/python3 "$root/tests/summary.py" "$results"
