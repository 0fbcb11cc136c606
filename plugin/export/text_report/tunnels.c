/* tunnels.c - section: tunnels, whose ends the packet list does not show
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/tunnels.h"
#include "sections.h"

#include "table.h"

#include <string.h>

static const HgTableColumn columns[] = {
    {"From", HG_COLUMN_KEY},       {"To", HG_COLUMN_KEY},       {"Tunnel", HG_COLUMN_TEXT},
    {"Packets", HG_COLUMN_NUMBER}, {"Bytes", HG_COLUMN_NUMBER}, {"First frame", HG_COLUMN_NUMBER},
    {NULL, HG_COLUMN_WORD},
};

static gint by_packets(gconstpointer a, gconstpointer b, gpointer data) {
  const HgTunnel *const one = a, *const two = b;
  const HgTraffic *const x = &one->observation->traffic, *const y = &two->observation->traffic;
  if (x->packets != y->packets)
    return x->packets > y->packets ? -1 : 1;
  const int sources = hg_report_writer_compare(data, 0, one->source, 0, two->source);
  const int targets =
      sources ? sources : hg_report_writer_compare(data, 0, one->target, 0, two->target);
  return targets ? targets : strcmp(one->observation->subject, two->observation->subject);
}

void hg_section_tunnels(const HgReportWriter *writer) {
  g_autoptr(GArray) tunnels = g_array_copy((GArray *)hg_report_tunnels(writer->report));
  if (tunnels->len == 0)
    return;
  g_array_sort_with_data(tunnels, by_packets, (gpointer)writer);
  HgTable *const table = hg_table_new(columns, 2);
  const guint shown = MIN(tunnels->len, writer->top);
  for (guint i = 0; i < shown; i++) {
    const HgTunnel *const tunnel = &g_array_index(tunnels, HgTunnel, i);
    const HgTraffic *const traffic = &tunnel->observation->traffic;
    hg_table_add(table, hg_report_writer_host(writer, tunnel->source));
    hg_table_add(table, hg_report_writer_host(writer, tunnel->target));
    hg_table_add(table, tunnel->observation->subject);
    hg_table_add_number(table, traffic->packets);
    hg_table_add_number(table, traffic->bytes);
    hg_table_add_number(table, traffic->first_frame);
  }
  hg_report_writer_section(writer, "Tunnels by packets (%u)", tunnels->len);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 2, shown, tunnels->len);
  hg_table_free(table);
}
