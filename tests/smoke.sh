#!/bin/bash
# Does the plugin work in the tshark of this machine? It must load, find in the generated office what
# is there to be found, and write every kind of export.
#
#   tests/smoke.sh BUILD [OUT]      OUT: a folder for the exports, to compare them with others
# SPDX-License-Identifier: GPL-2.0-or-later
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/scratch.sh"
scratch_begin "$1/plugin/wireshark/hostgraph.so"
scratch_check
python3 "$root/tests/generate/office.py" "$SCRATCH/office.pcapng" "$SCRATCH/truth.json"
chmod 644 "$SCRATCH/office.pcapng" "$SCRATCH/truth.json"
arguments=hostgraph
for file in office.json office.graphml office.dot office.csv; do
  arguments=$arguments,export=$file
done
scratch_run tshark -q -r "$SCRATCH/office.pcapng" -z "$arguments" >"$SCRATCH/report.txt"
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
for file in office.json office.graphml office.dot office.hosts.csv office.edges.csv; do
  [ -s "$SCRATCH/work/$file" ] || { echo "$file is missing" >&2; exit 1; }
done
if [ $# -gt 1 ]; then
  mkdir -p "$2"
  cp "$SCRATCH"/work/* "$SCRATCH/report.txt" "$2/"
fi
echo "hostgraph works in $(tshark --version 2>/dev/null | head -n 1)"
