/* excerpt.c - parts of the text report on their own
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "excerpt.h"

#include "sections.h"

static const HgHost *find(const HgPaper *paper, const char *text) {
  HgAddressBuffer buffer;
  HgAddress address;
  return hg_address_parse(text, &address, &buffer) ? hg_tally_find_host(paper->tally, &address)
                                                   : NULL;
}

static void print_traced(const HgPaper *paper, guint32 host) {
  hg_paper_section(paper, "Trace of %s", hg_paper_host(paper, host));
  hg_part_host(paper, host);
  hg_part_traces(paper, host, paper->top);
}

char *hg_excerpt_traces(const HgReport *report) {
  const GPtrArray *const asked = hg_report_options(report)->traces;
  const HgPaper paper = {
      .report = report,
      .analysis = hg_report_analysis(report),
      .tally = hg_report_tally(report),
      .output = hg_output_new_string(),
      .start_ns = hg_tally_start(hg_report_tally(report)),
      .top = G_MAXUINT,
  };
  g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
  for (guint i = 0; asked && i < asked->len; i++) {
    const HgHost *const host = find(&paper, ((const HgTraceRequest *)asked->pdata[i])->address);
    if (host && g_hash_table_add(done, GUINT_TO_POINTER(host->number)))
      print_traced(&paper, host->number);
  }
  for (guint i = 0; i < hg_report_unseen_count(report); i++)
    hg_output_printf(paper.output, "\nNo packet shows %s.\n", hg_report_unseen(report, i));
  return hg_output_take_string(paper.output);
}
