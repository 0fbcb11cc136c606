#!/usr/bin/python3
"""The way that hostgraph replaces: the packet list as text, counted by pandas, drawn from networkx.

    article.py PACKETS.CSV

SPDX-License-Identifier: GPL-2.0-or-later
"""
import csv
import sys

import networkx
import pandas

COLUMNS = ["No.", "Time", "Source", "Destination", "Protocol", "Length", "Info"]


def main(path):
    packets = pandas.read_csv(path, sep="\t", quoting=csv.QUOTE_NONE, encoding_errors="replace",
                              names=COLUMNS)
    for column in ("Source", "Destination", "Protocol"):
        print(packets.groupby(column)["No."].count().sort_values(ascending=False).head(20))
    pairs = packets.groupby(["Source", "Destination"]).agg(
        packets=("No.", "count"), bytes=("Length", "sum")).reset_index()
    graph = networkx.from_pandas_edgelist(pairs, "Source", "Destination", ["packets", "bytes"],
                                          create_using=networkx.DiGraph)
    print(graph.number_of_nodes(), "hosts,", graph.number_of_edges(), "edges")
    busiest = max(graph.nodes, key=graph.out_degree)
    print(busiest, "could have reached", len(networkx.descendants(graph, busiest)))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
