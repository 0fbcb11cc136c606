/* flagged.c - sections: hosts that the user named, red-flagged or to be traced
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

static void append_both(GString *text, const HgTraffic *traffic, const char *done) {
  g_string_append_printf(text, "%s ", done);
  hg_paper_append_count(text, traffic->packets, "packet");
  g_string_append(text, ", ");
  hg_paper_append_bytes(text, traffic->bytes);
}

static void print_span(const HgPaper *paper, guint32 host) {
  const HgTraffic traffic = hg_host_traffic(hg_tally_host(paper->tally, host));
  g_autoptr(GString) text = g_string_new(NULL);
  hg_paper_append_time(paper, text, traffic.first_ns);
  g_string_append_printf(text, " in frame %u to ", traffic.first_frame);
  hg_paper_append_time(paper, text, traffic.last_ns);
  g_string_append_printf(text, " in frame %u", traffic.last_frame);
  hg_paper_labelled(paper, "Seen", text->str);
}

void hg_part_host(const HgPaper *paper, guint32 number) {
  const HgHost *const host = hg_tally_host(paper->tally, number);
  g_auto(GStrv) names = hg_knowledge_names(hg_tally_knowledge(paper->tally), &host->address);
  g_auto(GStrv) macs = hg_binding_table_macs(hg_tally_bindings(paper->tally), &host->address);
  g_auto(GStrv) roles = hg_roles_names(hg_analysis_roles(paper->analysis), number);
  g_autofree char *all_roles = g_strjoinv(", ", roles);
  g_autofree char *all_names = g_strjoinv(", ", names);
  g_autofree char *all_macs = g_strjoinv(", ", macs);
  g_autoptr(GString) traffic = g_string_new(NULL);
  append_both(traffic, &host->sent, "sent");
  append_both(traffic, &host->received, "; received");
  hg_paper_labelled(paper, "Scope", hg_scope_name(hg_host_scope(host)));
  hg_paper_labelled(paper, "Roles", all_roles);
  hg_paper_labelled(paper, "Names", all_names);
  hg_paper_labelled(paper, "MAC", all_macs);
  hg_paper_labelled(paper, "Traffic", traffic->str);
  print_span(paper, number);
}

static void print_flagged(const HgPaper *paper, guint32 host) {
  const gboolean suspect = hg_analysis_is_suspect(paper->analysis, host);
  g_autoptr(GString) score = g_string_new(NULL);
  hg_paper_append_score(score, hg_analysis_score(paper->analysis, host));
  g_string_append(score, suspect ? ": a suspect by the rules, too; see above"
                                 : ": no suspect by the rules");
  hg_paper_section(paper, "Red-flagged host %s", hg_paper_host(paper, host));
  hg_paper_labelled(paper, "Score", score->str);
  hg_part_host(paper, host);
  for (guint i = 0; i < hg_analysis_finding_count(paper->analysis); i++) {
    const HgFinding *const finding = hg_analysis_finding(paper->analysis, i);
    const gboolean shown = suspect && finding->kind == HG_FINDING_SUSPICION;
    if (finding->host == host && !shown)
      hg_part_finding(paper, finding);
  }
  hg_part_contacted(paper, host);
  hg_part_spoken(paper, host);
  hg_part_contacts(paper, host, paper->top);
  hg_part_traces(paper, host, paper->top);
}

void hg_section_flagged(const HgPaper *paper) {
  for (guint i = 0; i < hg_report_flagged_count(paper->report); i++)
    print_flagged(paper, hg_report_flagged(paper->report, i));
}

void hg_section_traces(const HgPaper *paper) {
  g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < hg_report_trace_count(paper->report); i++) {
    const guint32 host = hg_report_trace(paper->report, i)->host;
    /* Suspects and red-flagged hosts have theirs in their own section. */
    if (hg_report_is_suspect(paper->report, host) ||
        !g_hash_table_add(done, GUINT_TO_POINTER(host)))
      continue;
    hg_paper_section(paper, "Traced host %s", hg_paper_host(paper, host));
    hg_part_host(paper, host);
    hg_part_traces(paper, host, paper->top);
  }
}
