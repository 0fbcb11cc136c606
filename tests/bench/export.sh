#!/bin/bash
# How fast each format is written: a synthetic graph of 100,000 hosts and 1,000,000 edges.
#
#   tests/bench/export.sh [-b BUILD] [-h HOSTS] [-e EDGES] [FORMAT]...
#
# Aimed at: 30 MB/s or more in each text format, 100,000 rows/s or more into sqlite; memory bounded by
# the tally itself. Seconds are CPU time. Graph pictures (dot, svg, html) leave out what nobody could
# see; their speed is not the point.
# SPDX-License-Identifier: GPL-2.0-or-later
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${HOSTGRAPH_BUILD:-$root/build-tests} hosts=100000 edges=1000000
while getopts b:h:e: option; do
  case $option in
    b) build=$OPTARG ;;
    h) hosts=$OPTARG ;;
    e) edges=$OPTARG ;;
    *) exit 2 ;;
  esac
done
shift $((OPTIND - 1))
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$build/tests/hostgraph-bench-export" "$folder" "$hosts" "$edges" "$@"
