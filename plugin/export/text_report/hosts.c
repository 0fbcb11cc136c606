/* hosts.c - section: hosts by packets sent and by packets received
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "table.h"

static const HgTableColumn sent_columns[] = {
    {"Address", HG_COLUMN_KEY},  {"Scope", HG_COLUMN_WORD},      {"Sent", HG_COLUMN_NUMBER},
    {"Bytes", HG_COLUMN_NUMBER}, {"Received", HG_COLUMN_NUMBER}, {"Bytes", HG_COLUMN_NUMBER},
    {"Peers", HG_COLUMN_NUMBER}, {"Score", HG_COLUMN_NUMBER},    {"Roles", HG_COLUMN_TEXT},
    {"Name", HG_COLUMN_LIST},    {NULL, HG_COLUMN_WORD},
};

static const HgTableColumn received_columns[] = {
    {"Address", HG_COLUMN_KEY},  {"Scope", HG_COLUMN_WORD},   {"Received", HG_COLUMN_NUMBER},
    {"Bytes", HG_COLUMN_NUMBER}, {"Sent", HG_COLUMN_NUMBER},  {"Bytes", HG_COLUMN_NUMBER},
    {"Peers", HG_COLUMN_NUMBER}, {"Score", HG_COLUMN_NUMBER}, {"Name", HG_COLUMN_LIST},
    {NULL, HG_COLUMN_WORD},
};

static gint by_sent(gconstpointer a, gconstpointer b, gpointer data) {
  const HgReportWriter *const writer = data;
  const HgHost *const one = hg_tally_host(writer->tally, *(const guint32 *)a);
  const HgHost *const two = hg_tally_host(writer->tally, *(const guint32 *)b);
  return hg_report_writer_compare(writer, one->sent.packets, one->number, two->sent.packets,
                                  two->number);
}

static gint by_received(gconstpointer a, gconstpointer b, gpointer data) {
  const HgReportWriter *const writer = data;
  const HgHost *const one = hg_tally_host(writer->tally, *(const guint32 *)a);
  const HgHost *const two = hg_tally_host(writer->tally, *(const guint32 *)b);
  return hg_report_writer_compare(writer, one->received.packets, one->number, two->received.packets,
                                  two->number);
}

/* A host with a role has sent packets, so it is in one of the tables. */
static void add_roles(const HgReportWriter *writer, HgTable *table, guint32 host) {
  g_auto(GStrv) roles = hg_roles_names(hg_analysis_roles(writer->analysis), host);
  g_autofree char *text = g_strjoinv(", ", roles);
  hg_table_add(table, text);
}

static void add_host(const HgReportWriter *writer, HgTable *table, const HgHost *host,
                     gboolean sent) {
  const HgTraffic *const first = sent ? &host->sent : &host->received;
  const HgTraffic *const second = sent ? &host->received : &host->sent;
  const double score = hg_analysis_score(writer->analysis, host->number);
  g_autoptr(GString) text = g_string_new(NULL);
  hg_table_add(table, hg_report_host_id(writer->report, host->number));
  hg_table_add(table, hg_scope_name(hg_host_scope(host)));
  hg_table_add_number(table, first->packets);
  hg_table_add_number(table, first->bytes);
  hg_table_add_number(table, second->packets);
  hg_table_add_number(table, second->bytes);
  hg_table_add_number(table, host->peers);
  hg_report_writer_append_score(text, score);
  hg_table_add(table, score > 0 ? text->str : "-");
  if (sent)
    add_roles(writer, table, host->number);
  hg_table_add(table, hg_report_writer_name(writer, host->number));
}

static void print_hosts(const HgReportWriter *writer, gboolean sent) {
  g_autoptr(GArray) hosts = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = 0; i < hg_tally_host_count(writer->tally); i++) {
    const HgHost *const host = hg_tally_host(writer->tally, i);
    if ((sent ? host->sent.packets : host->received.packets) > 0)
      g_array_append_val(hosts, i);
  }
  if (hosts->len == 0)
    return;
  g_array_sort_with_data(hosts, sent ? by_sent : by_received, (gpointer)writer);
  HgTable *const table = hg_table_new(sent ? sent_columns : received_columns, 2);
  const guint shown = MIN(hosts->len, writer->top);
  for (guint i = 0; i < shown; i++)
    add_host(writer, table, hg_tally_host(writer->tally, g_array_index(hosts, guint32, i)), sent);
  hg_report_writer_section(writer, "Hosts by packets %s (%u)", sent ? "sent" : "received",
                           hosts->len);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 2, shown, hosts->len);
  hg_table_free(table);
}

void hg_section_hosts(const HgReportWriter *writer) {
  print_hosts(writer, TRUE);
  print_hosts(writer, FALSE);
}
