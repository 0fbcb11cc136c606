#!/bin/bash
# What hostgraph costs: CPU time and memory of tshark with it, beside tshark without it and with
# Wireshark's own statistics, and beside the way of CSV, pandas and networkx.
#
#   tests/bench/overhead.sh [-n REPEATS] [-p PACKETS] [-b BUILD] [-s SUITE] [CAPTURE]
#
# Default: 7 repeats over a generated capture of 500,000 packets and 5,000 hosts. The yardstick is a
# tap that asks for nothing: neither trees nor columns, and no packet of its kind in the capture. It
# runs beside each way on the same processor, and beside itself: that shows what the rest is worth.
# SUITE marks: what the fields of packets cost, off and on, beside tshark without the plugin.
# SPDX-License-Identifier: GPL-2.0-or-later
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
repeats=7 packets=500000 suite=cost build=${HOSTGRAPH_BUILD:-$root/build-tests}
while getopts n:p:b:s: option; do
  case $option in
    n) repeats=$OPTARG ;;
    p) packets=$OPTARG ;;
    b) build=$OPTARG ;;
    s) suite=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
. "$root/packaging/packages.sh"
install_packages tshark python3-networkx python3-pandas
. "$root/tests/scratch.sh"
scratch_begin "$build"
scratch_check
if [ $# -gt 0 ]; then
  cp "$1" "$SCRATCH/capture"
else
  /usr/bin/python3 "$root/tests/generate/bulk.py" "$SCRATCH/capture" "$packets"
fi
chmod 644 "$SCRATCH/capture"
cp "$root"/tests/bench/{measure,article}.py "$SCRATCH/"
scratch_run /usr/bin/python3 "$SCRATCH/measure.py" "$SCRATCH/capture" "$repeats" "$suite"
