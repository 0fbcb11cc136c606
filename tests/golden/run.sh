#!/bin/sh
# run.sh - compares the text report of replayed scripts with what is expected, byte for byte
#
#   run.sh REPLAY            compare; a missing or a left-over expectation fails, too
#   run.sh REPLAY --update   write the expectations anew; look at the difference before committing
#
# cases.txt: NAME SCRIPT [OPTIONS] a line; # begins a comment. Expectations: expected/NAME.txt
# A NAME that ends in .sqlite is no case, but a store for the baseline= of later ones.
# SPDX-License-Identifier: GPL-2.0-or-later
set -u
replay=$(realpath "$1")
update=${2:-}
cd "$(dirname "$0")" || exit 2
golden=$PWD
actual=$(mktemp -d) || exit 2
trap 'rm -rf "$actual"' EXIT
# The machine's time zone has no say.
TZ=Pacific/Chatham
export TZ

cp scripts/*.list "$actual" || exit 2

failed=0
cases=0
while read -r name script options; do
  case $name in '' | '#'*) continue ;; esac
  case $name in *.sqlite)
    (cd "$actual" && "$replay" "text=no,export=$name${options:+,$options}" \
      "$golden/scripts/$script") || failed=1
    continue
    ;;
  esac
  cases=$((cases + 1))
  (cd "$actual" && "$replay" "$options" "$golden/scripts/$script") >"$actual/$name.txt" 2>&1
  status=$?
  [ $status -eq 0 ] || echo "exit status $status" >>"$actual/$name.txt"
  if [ "$update" = --update ]; then
    mkdir -p expected && cp "$actual/$name.txt" "expected/$name.txt" || exit 2
  elif [ ! -e "expected/$name.txt" ]; then
    echo "$name: there is no expected/$name.txt" >&2
    failed=1
  elif ! diff -u "expected/$name.txt" "$actual/$name.txt"; then
    echo "$name: differs from what is expected" >&2
    failed=1
  fi
done <cases.txt

for expected in expected/*.txt; do
  if [ ! -e "$actual/$(basename "$expected")" ]; then
    echo "$expected: no case in cases.txt" >&2
    failed=1
  fi
done
[ "$cases" -gt 0 ] || failed=1
echo "$cases cases"
exit $failed
