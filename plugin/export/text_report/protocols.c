/* protocols.c - section: protocols with their shares
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "table.h"

static const HgTableColumn columns[] = {
    {"Protocol", HG_COLUMN_KEY}, {"Packets", HG_COLUMN_NUMBER}, {"Share", HG_COLUMN_NUMBER},
    {"Bytes", HG_COLUMN_NUMBER}, {"Share", HG_COLUMN_NUMBER},   {NULL, HG_COLUMN_WORD},
};

static void add_share(HgTable *table, guint64 part, guint64 whole) {
  g_autoptr(GString) text = g_string_new(NULL);
  hg_paper_append_share(text, part, whole);
  hg_table_add(table, text->str);
}

void hg_section_protocols(const HgPaper *paper) {
  const HgTraffic *const all = hg_tally_traffic(paper->tally);
  g_autoptr(GArray) protocols = hg_report_protocols(paper->report);
  if (protocols->len == 0)
    return;
  HgTable *const table = hg_table_new(columns, 2);
  const guint shown = MIN(protocols->len, paper->top);
  for (guint i = 0; i < shown; i++) {
    const HgProtocolShare *const share = &g_array_index(protocols, HgProtocolShare, i);
    hg_table_add(table, hg_paper_protocol(paper, share->protocol));
    hg_table_add_number(table, share->packets);
    add_share(table, share->packets, all->packets);
    hg_table_add_number(table, share->bytes);
    add_share(table, share->bytes, all->bytes);
  }
  hg_paper_section(paper, "Protocols by packets (%u)", protocols->len);
  hg_table_print(table, paper->output);
  hg_paper_more(paper, 2, shown, protocols->len);
  hg_table_free(table);
}
