/* subnets.c - section: who talks to whom, subnet by subnet (group=subnet)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

void hg_section_subnets(const HgReportWriter *writer) {
  const HgReport *const groups = hg_report_options(writer->report)->groups;
  if (!groups)
    return;
  HgReportWriter subnets = *writer;
  subnets.report = groups;
  subnets.analysis = hg_report_analysis(groups);
  subnets.tally = hg_report_tally(groups);
  hg_report_writer_section(writer, "Subnets in the place of hosts (%u)",
                           hg_report_host_count(groups));
  hg_output_puts(writer->output,
                 "  The next two tables are of subnets; all others are of hosts.\n");
  hg_section_conversations(&subnets);
  hg_section_server_ports(&subnets);
}
