#!/bin/bash
# Do two builds say the same of captures? The report and the exports of each, byte for byte; for changes that
# users shall not see.
#
#   tests/compare_builds.sh BUILD OTHER-BUILD CAPTURE...
#
# Says what differs, and ends with status 1 then. OPTIONS: more options of -z hostgraph, with a comma before each.
# SPDX-License-Identifier: GPL-2.0-or-later
set -eu
[ $# -ge 3 ] || { sed -n 's/^#   //p' "$0" >&2; exit 2; }
one=$1 other=$2
shift 2
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/scratch.sh"
formats="json graphml gexf cyjs ndjson csv sqlite dot svg html conn.csv conn.ndjson"

# As tshark ends it or not: a capture that is cut short has a status of its own, the same in both.
say_all() { # CAPTURE NAME
  local arguments=hostgraph${OPTIONS-} format
  for format in $formats; do arguments=$arguments,export=$2.$format; done
  scratch_run tshark -q -r "$1" -z "$arguments" >"$SCRATCH/$2.out" 2>"$SCRATCH/$2.err" </dev/null ||
    echo "status $?" >>"$SCRATCH/$2.err"
  mv "$SCRATCH/$2.out" "$SCRATCH/$2.err" "$SCRATCH/work/"
}

keep=$(mktemp -d)
collect() { # BUILD PLACE CAPTURE...
  local capture place=$keep/$2
  scratch_begin "$1"
  scratch_check
  shift 2
  for capture in "$@"; do
    say_all "$(realpath -- "$capture")" "$(basename -- "$capture" | tr , _)"
  done
  mkdir "$place"
  cp "$SCRATCH"/work/* "$place/"
}
(collect "$one" one "$@")
(collect "$other" other "$@")
status=0
diff -rq "$keep/one" "$keep/other" || status=1
echo "$(find "$keep/one" -type f | wc -l) files of $# captures compared"
rm -rf "$keep"
exit $status
