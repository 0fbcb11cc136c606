/* excerpt.c - parts of the text report as separate texts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "excerpt.h"

#include "sections.h"

static const HgHost *find(const HgReportWriter *writer, const char *text) {
  HgAddressBuffer buffer;
  HgAddress address;
  return hg_address_parse(text, &address, &buffer) ? hg_tally_find_host(writer->tally, &address)
                                                   : NULL;
}

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
    const HgHost *const host = find(&writer, ((const HgTraceRequest *)asked->pdata[i])->address);
    if (host && g_hash_table_add(done, GUINT_TO_POINTER(host->number)))
      print_traced(&writer, host->number);
  }
  for (guint i = 0; i < hg_report_unseen_count(report); i++)
    hg_output_printf(writer.output, "\nNo packet shows %s.\n", hg_report_unseen(report, i));
  return hg_output_take_string(writer.output);
}
