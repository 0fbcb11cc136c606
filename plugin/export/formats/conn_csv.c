/* conn_csv.c - a table of connections, as flow tools write it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/connections.h"
#include "export/report/csv_table.h"
#include "export/report/format.h"

static void write_conn_csv(const HgReport *report, HgOutput *const *outputs) {
  g_autoptr(GPtrArray) connections = hg_connections_sorted(report);
  HgCsvTable table = hg_csv_table_begin(report, outputs[0], hg_connection_attributes);
  for (guint i = 0; i < connections->len; i++)
    hg_csv_table_row(&table, connections->pdata[i]);
  hg_csv_table_end(&table);
}

static const char *const suffixes[] = {"conn.csv", NULL};

const HgFormat hg_format_conn_csv = {
    .name = "conn.csv",
    .suffixes = suffixes,
    .title = "Connections as CSV",
    .what = "a connection a row, with its state as Zeek names it and its Community ID: pandas, "
            "spreadsheets",
    .as_tallied = TRUE, /* other tools find a flow by the addresses that it has */
    .write = write_conn_csv,
};
