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
  const HgPaper *const paper = data;
  const HgHost *const one = hg_tally_host(paper->tally, *(const guint32 *)a);
  const HgHost *const two = hg_tally_host(paper->tally, *(const guint32 *)b);
  return hg_paper_compare(paper, one->sent.packets, one->number, two->sent.packets, two->number);
}

static gint by_received(gconstpointer a, gconstpointer b, gpointer data) {
  const HgPaper *const paper = data;
  const HgHost *const one = hg_tally_host(paper->tally, *(const guint32 *)a);
  const HgHost *const two = hg_tally_host(paper->tally, *(const guint32 *)b);
  return hg_paper_compare(paper, one->received.packets, one->number, two->received.packets,
                          two->number);
}

/* Nobody has a role without having sent something, so one of the tables does. */
static void add_roles(const HgPaper *paper, HgTable *table, guint32 host) {
  g_auto(GStrv) roles = hg_roles_names(hg_analysis_roles(paper->analysis), host);
  g_autofree char *text = g_strjoinv(", ", roles);
  hg_table_add(table, text);
}

static void add_host(const HgPaper *paper, HgTable *table, const HgHost *host, gboolean sent) {
  const HgTraffic *const first = sent ? &host->sent : &host->received;
  const HgTraffic *const second = sent ? &host->received : &host->sent;
  const double score = hg_analysis_score(paper->analysis, host->number);
  g_autoptr(GString) text = g_string_new(NULL);
  hg_table_add(table, host->text);
  hg_table_add(table, hg_scope_name(hg_host_scope(host)));
  hg_table_add_number(table, first->packets);
  hg_table_add_number(table, first->bytes);
  hg_table_add_number(table, second->packets);
  hg_table_add_number(table, second->bytes);
  hg_table_add_number(table, host->peers);
  hg_paper_append_score(text, score);
  hg_table_add(table, score > 0 ? text->str : "-");
  if (sent)
    add_roles(paper, table, host->number);
  hg_table_add(table, hg_paper_name(paper, host->number));
}

static void print_hosts(const HgPaper *paper, gboolean sent) {
  g_autoptr(GArray) hosts = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = 0; i < hg_tally_host_count(paper->tally); i++) {
    const HgHost *const host = hg_tally_host(paper->tally, i);
    if ((sent ? host->sent.packets : host->received.packets) > 0)
      g_array_append_val(hosts, i);
  }
  if (hosts->len == 0)
    return;
  g_array_sort_with_data(hosts, sent ? by_sent : by_received, (gpointer)paper);
  HgTable *const table = hg_table_new(sent ? sent_columns : received_columns, 2);
  const guint shown = MIN(hosts->len, paper->top);
  for (guint i = 0; i < shown; i++)
    add_host(paper, table, hg_tally_host(paper->tally, g_array_index(hosts, guint32, i)), sent);
  hg_paper_section(paper, "Hosts by packets %s (%u)", sent ? "sent" : "received", hosts->len);
  hg_table_print(table, paper->output);
  hg_paper_more(paper, 2, shown, hosts->len);
  hg_table_free(table);
}

void hg_section_hosts(const HgPaper *paper) {
  print_hosts(paper, TRUE);
  print_hosts(paper, FALSE);
}
