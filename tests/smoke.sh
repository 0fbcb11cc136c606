#!/bin/bash
# Does the plugin work in the tshark of this machine? It must load, find in the generated office what
# is there to be found, and write every kind of export of every generated capture.
#
#   tests/smoke.sh BUILD [OUT]      OUT: a folder for NAME.packets (the packet list) and the exports
#                                   of each capture, to compare them with those of another version
# SPDX-License-Identifier: GPL-2.0-or-later
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/scratch.sh"
scratch_begin "$1"
scratch_check
generate() { # NAME PROGRAM ARGUMENT...
  local name=$1 program=$2
  shift 2
  python3 "$root/tests/generate/$program.py" "$@" >/dev/null
  chmod 644 "$SCRATCH/$name.pcapng"
}
examine() { # CAPTURE [NAME TSHARK-OPTION...]: exports as NAME, else as CAPTURE
  local capture=$1 name=${2-$1} arguments=hostgraph file
  shift
  [ $# -eq 0 ] || shift
  for file in "$name.json" "$name.graphml" "$name.dot" "$name.csv"; do
    arguments=$arguments,export=$file
  done
  scratch_run tshark -q "$@" -r "$SCRATCH/$capture.pcapng" -z "$arguments" >"$SCRATCH/report.txt"
  scratch_run tshark -n "$@" -r "$SCRATCH/$capture.pcapng" -o "gui.column.format:$columns" \
    >"$SCRATCH/work/$name.packets"
  for file in "$name.json" "$name.graphml" "$name.dot" "$name.hosts.csv" "$name.edges.csv"; do
    [ -s "$SCRATCH/work/$file" ] || { echo "$file is missing" >&2; return 1; }
  done
}
columns='"No.","%m","Source","%us","Destination","%ud","Protocol","%p"'
kinds="one-way mid-stream ipv6 multicast vlan same-time refusals"
for kind in $kinds; do
  generate "$kind" small "$kind" "$SCRATCH/$kind.pcapng"
  examine "$kind"
done
generate hostile hostile "$SCRATCH/hostile.pcapng"
examine hostile
generate bulk bulk "$SCRATCH/bulk.pcapng" 20000 500
examine bulk
generate office office "$SCRATCH/office.pcapng" "$SCRATCH/truth.json"
# Versions call a segment within a message differently, the message's protocol or TCP: not so each by itself.
examine office office-segments -o tcp.desegment_tcp_streams:FALSE
examine office
grep -q 10.20.0.31 "$SCRATCH/report.txt"
python3 - "$SCRATCH/truth.json" "$SCRATCH/work/office.json" <<'PYTHON'
import json, sys
truth, found = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
assert found["graph"]["packets"] == truth["packets"], found["graph"]
suspects = {node["id"] for node in found["nodes"] if node["suspect"]}
assert suspects == set(truth["suspects"]), suspects
for host, rules in truth["suspects"].items():
    assert set(rules) <= {f["rule"] for f in found["findings"] if f["host"] == host}, (host, rules)
PYTHON
if [ $# -gt 1 ]; then
  mkdir -p "$2"
  cp "$SCRATCH"/work/* "$2/"
fi
echo "hostgraph works in $(tshark --version 2>/dev/null | head -n 1)"
