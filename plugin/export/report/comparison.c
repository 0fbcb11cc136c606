/* comparison.c - the comparison with a baseline, as lists that all formats share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "comparison.h"

#include "comparison_private.h"

const HgBaseline *hg_comparison_of(const HgReport *report) {
  return hg_analysis_baseline(hg_report_analysis(report));
}

const HgComparisonList *const hg_comparison_lists[] = {&hg_comparison_new_hosts,
                                                       &hg_comparison_new_macs,
                                                       &hg_comparison_changed_bindings,
                                                       &hg_comparison_new_services,
                                                       &hg_comparison_moved_protocols,
                                                       &hg_comparison_new_conversations,
                                                       NULL};

static const HgTraffic *normal_traffic(const HgBaseline *baseline) {
  return hg_tally_traffic(hg_baseline_normal(baseline)->tally);
}

static gint64 fact_packets(const HgBaseline *baseline) {
  return (gint64)MIN(normal_traffic(baseline)->packets, (guint64)G_MAXINT64);
}

static gint64 fact_hosts(const HgBaseline *baseline) {
  return hg_tally_host_count(hg_baseline_normal(baseline)->tally);
}

static gint64 fact_conversations(const HgBaseline *baseline) {
  return hg_tally_conversation_count(hg_baseline_normal(baseline)->tally);
}

static gint64 fact_protocols(const HgBaseline *baseline) {
  return hg_baseline_has_protocols(baseline);
}

const HgComparisonFact hg_comparison_facts[] = {
    {"packets", "Packets", fact_packets},
    {"hosts", "Hosts", fact_hosts},
    {"conversations", "Conversations", fact_conversations},
    {"protocols_compared", "Protocols compared", fact_protocols},
    {NULL, NULL, NULL},
};
