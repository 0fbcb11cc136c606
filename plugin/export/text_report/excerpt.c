/* excerpt.c - parts of the text report as separate texts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "excerpt.h"

#include "export/text/text.h"
#include "sections.h"

static void print_traced(const HgReportWriter *writer, guint32 host) {
  hg_report_writer_section(writer, "Trace of %s", hg_report_writer_host(writer, host));
  hg_part_host(writer, host);
  hg_part_traces(writer, host, writer->top);
}

char *hg_excerpt_traces(const HgReport *report) {
  const GPtrArray *const asked = hg_report_options(report)->traces;
  const HgReportWriter writer = {
      .report = report,
      .analysis = hg_report_analysis(report),
      .tally = hg_report_tally(report),
      .output = hg_output_new_string(),
      .start_ns = hg_tally_start(hg_report_tally(report)),
      .top = G_MAXUINT,
  };
  g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
  for (guint i = 0; asked && i < asked->len; i++) {
    const HgTraceRequest *const trace = asked->pdata[i];
    g_autoptr(GArray) hosts = hg_report_find_hosts(report, trace->address);
    for (guint k = 0; k < hosts->len; k++) {
      const guint32 host = g_array_index(hosts, guint32, k);
      if (g_hash_table_add(done, GUINT_TO_POINTER(host)))
        print_traced(&writer, host);
    }
  }
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < hg_report_unseen_count(report); i++) {
    g_string_assign(text, "\nNo packet shows ");
    hg_text_terminal(text, hg_report_unseen(report, i), -1);
    hg_output_printf(writer.output, "%s.\n", text->str);
  }
  return hg_output_take_string(writer.output);
}
