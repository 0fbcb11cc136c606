#!/bin/bash
# Runs every test there is: style, builds, unit tests, sanitizers, fuzz corpora, Wireshark's window, end to
# end; what is cheap goes first. Installs what it needs. Ends with `N passed, N failed, N skipped`, and says
# before that what failed and why tests were skipped.
#
#   tests/run.sh [STAGE]...      only these stages, and the builds that they test; without any: all
#
# A stage whose build failed is not run, and counts as failed: it would test an older build.
#
# HOSTGRAPH_BUILD     folder to build in (default: build-tests/ in the repository). What was set there, with
#                     cmake or ccmake, stays, but -Werror is always on.
# HOSTGRAPH_CAPTURES  folder of real captures (default: ../shared/captures beside the repository); without
#                     it the tests that need them are skipped.
# SPDX-License-Identifier: GPL-2.0-or-later
set -u
cd "$(dirname "$0")/.." || exit 1
root=$PWD
build=${HOSTGRAPH_BUILD:-$root/build-tests}
mkdir -p "$build" || exit 1
build=$(cd "$build" && pwd)
results=$build/test-results
export LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
. "$root/packaging/configure.sh"
. "$root/packaging/packages.sh"

configure_and_build() { # FOLDER [CMAKE-OPTION...] -- [CMAKE-OPTION...], as for configure
  configure "$root" "$@" -DHOSTGRAPH_WERROR=ON && cmake --build "$1"
}

run_ctest() { # FOLDER STAGE
  ctest --test-dir "$1" --output-on-failure --no-tests=error -j "$(nproc)" \
    --test-output-size-passed 10000000 --test-output-size-failed 10000000 \
    --output-junit "$results/$2.xml"
}

# A path with a bracket in it would name a parameter of a test to pytest: so the path is a relative one.
run_pytest() { # STAGE PYTEST-OPTION...
  local stage=$1
  shift
  HOSTGRAPH_BUILD=$build /usr/bin/python3 -m pytest -q -p no:cacheprovider "tests/$stage" \
    --junitxml="$results/$stage.xml" "$@"
}

stage_build_gcc() { configure_and_build "$build" -DCMAKE_C_COMPILER=gcc --; }
stage_build_clang() {
  configure_and_build "$build/clang" -DCMAKE_C_COMPILER=clang -- -DHOSTGRAPH_FUZZ=ON
}
# Only what needs no Wireshark: a sanitized module cannot be loaded into a program that is not.
stage_build_sanitized() {
  configure_and_build "$build/sanitized" -DCMAKE_C_COMPILER=gcc -DCMAKE_BUILD_TYPE=Debug -- \
    -DHOSTGRAPH_PLUGIN=OFF -DHOSTGRAPH_SANITIZE=address,undefined
}
stage_unit() { run_ctest "$build" unit; }
stage_unit_sanitized() { run_ctest "$build/sanitized" unit_sanitized; }
# A worker for each processor; what a file of tests prepares is prepared once, by one of them.
stage_e2e() {
  if /usr/bin/python3 -c 'import xdist' 2>/dev/null; then
    run_pytest e2e -n "$(nproc)" --dist loadfile
  else
    run_pytest e2e
  fi
}
stage_gui() { run_pytest gui; }

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
  local files scripts
  mapfile -t files < <(find plugin tests -name '*.[ch]' | sort)
  [ ${#files[@]} -gt 0 ] || { echo "no files to check"; return 1; }
  mapfile -t scripts < <(find tests packaging -name '*.sh' | sort)
  clang-format --dry-run -Werror "${files[@]}" && shellcheck -x -S warning "${scripts[@]}"
}

# Installs what is missing before anything else can be said.
stage_packages() {
  # shellcheck disable=SC2086 # one word each
  install_test_packages $PACKAGES_TEST
}

# Stages in their order, each behind the one whose build it tests, if any.
all="packages: style: build_gcc: unit:build_gcc build_sanitized: unit_sanitized:build_sanitized
  build_clang: fuzz_corpora:build_clang gui:build_gcc e2e:build_gcc"
wanted=
for name in "$@"; do
  for stage in $all; do
    [ "$name" != "${stage%%:*}" ] || wanted="$wanted $name ${stage#*:}"
  done
  case " $wanted " in
    *" $name "*) ;;
    *)
      echo "No stage $name; there are:" >&2
      for stage in $all; do echo "  ${stage%%:*}" >&2; done
      exit 2
      ;;
  esac
done

rm -rf "$results"
mkdir -p "$results"
: >"$results/stages"
failed=
for stage in $all; do
  name=${stage%%:*} needs=${stage#*:}
  case " ${wanted:-$name} " in
    *" $name "*) ;;
    *) continue ;;
  esac
  printf '\n==== %s\n' "$name"
  case " $failed " in
    *" ${needs:-none} "*)
      echo "- $name $needs failed" >>"$results/stages"
      echo "---- $name: not run, $needs failed"
      continue
      ;;
  esac
  begin=$SECONDS
  (stage_"$name") </dev/null
  status=$?
  [ "$status" -eq 0 ] || failed="$failed $name"
  echo "$status $name" >>"$results/stages"
  echo "---- $name: status $status, $((SECONDS - begin)) s"
done
printf '\n====\n'
exec /usr/bin/python3 "$root/tests/summary.py" "$results"
