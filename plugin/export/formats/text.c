/* text.c - the report for people
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/format.h"
#include "export/text_report/sections.h"

/* The order of an analyst's questions; hosts that the user named come before the tables. */
static void (*const sections[])(const HgReportWriter *writer) = {
    hg_section_facts,        hg_section_suspects, hg_section_origins,    hg_section_flagged,
    hg_section_traces,       hg_section_victims,  hg_section_weak_signs, hg_section_suppressed,
    hg_section_exposures,    hg_section_compared, hg_section_hosts,      hg_section_conversations,
    hg_section_server_ports, hg_section_subnets,  hg_section_tunnels,    hg_section_protocols,
};

static void write(const HgReport *report, HgOutput *const *outputs) {
  const HgAnalysis *const analysis = hg_report_analysis(report);
  const HgTally *const tally = hg_report_tally(report);
  const guint top = hg_report_options(report)->top;
  const HgReportWriter writer = {
      .report = report,
      .analysis = analysis,
      .tally = tally,
      .output = outputs[0],
      .start_ns = hg_tally_start(tally),
      .top = top ? top : G_MAXUINT,
  };
  for (guint i = 0; i < G_N_ELEMENTS(sections); i++)
    sections[i](&writer);
}

static const char *const suffixes[] = {"txt", NULL};

const HgFormat hg_format_text = {
    .name = "text",
    .suffixes = suffixes,
    .title = "Text",
    .what = "the report for people, as on standard output",
    .write = write,
};
