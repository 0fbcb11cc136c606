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
  hg_report_writer_append_share(text, part, whole);
  hg_table_add(table, text->str);
}

void hg_section_protocols(const HgReportWriter *writer) {
  const HgTraffic *const all = hg_tally_traffic(writer->tally);
  g_autoptr(GArray) protocols = hg_report_protocols(writer->report);
  if (protocols->len == 0)
    return;
  HgTable *const table = hg_table_new(columns, 2);
  const guint shown = MIN(protocols->len, writer->top);
  for (guint i = 0; i < shown; i++) {
    const HgProtocolShare *const share = &g_array_index(protocols, HgProtocolShare, i);
    hg_table_add(table, hg_report_writer_protocol(writer, share->protocol));
    hg_table_add_number(table, share->packets);
    add_share(table, share->packets, all->packets);
    hg_table_add_number(table, share->bytes);
    add_share(table, share->bytes, all->bytes);
  }
  hg_report_writer_section(writer, "Protocols by packets (%u)", protocols->len);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 2, shown, protocols->len);
  hg_table_free(table);
}
