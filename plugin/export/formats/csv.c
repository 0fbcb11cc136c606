/* csv.c - two tables, hosts and edges, for Gephi, pandas and spreadsheets
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/csv_table.h"
#include "export/report/format.h"

static void write_csv(const HgReport *report, HgOutput *const *outputs) {
  HgCsvTable hosts = hg_csv_table_begin(report, outputs[0], hg_node_attributes(report));
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    hg_csv_table_row(&hosts, hg_tally_host(hg_report_tally(report), hg_report_host(report, i)));
  hg_csv_table_end(&hosts);
  HgCsvTable edges = hg_csv_table_begin(report, outputs[1], hg_edge_attributes(report));
  for (guint32 i = 0; i < hg_report_edge_count(report); i++)
    hg_csv_table_row(&edges, hg_report_edge(report, i));
  hg_csv_table_end(&edges);
}

static const char *const suffixes[] = {"csv", NULL};
static const char *const parts[] = {"hosts.csv", "edges.csv", NULL};

const HgFormat hg_format_csv = {
    .name = "csv",
    .suffixes = suffixes,
    .title = "CSV",
    .what = "two files, X.hosts.csv and X.edges.csv: Gephi, pandas, spreadsheets",
    .parts = parts,
    .draws_graph = TRUE,
    .write = write_csv,
};
