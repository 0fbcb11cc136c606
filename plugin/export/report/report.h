/* report.h - what an export speaks of: a tally, its analysis and what the user asked to see
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REPORT_H
#define HG_EXPORT_REPORT_H

#include "analysis/analysis.h"

G_BEGIN_DECLS

/* A trace that the user asked for. */
typedef struct {
  char *address; /* as given */
  gint64 at_ns;  /* HG_TRACE_DEFAULT_TIME: none given */
} HgTraceRequest;

/* What to show, besides what was found. Borrowed by the report. */
typedef struct {
  char **suspects;     /* addresses that the user red-flags; NULL: none */
  GPtrArray *traces;   /* HgTraceRequest; NULL: none */
  guint top;           /* rows a table in the text report; 0: all */
  const char *filter;  /* display filter that chose the packets; NULL: none */
  const char *capture; /* name of the capture for the heading; NULL: not known */
  gboolean pseudonyms; /* addresses and names are none that the capture has */
  gboolean partial;    /* the packets were cut off (a retap was aborted) */
} HgReportOptions;

typedef struct HgReport HgReport;

/* One edge: what `source` sent to `target`. Numbers are host numbers. */
typedef struct {
  guint32 source, target;
  guint32 conversation;
  int direction;     /* of the conversation */
  guint32 initiated; /* connections that source began to target */
} HgEdge;

/* Computes the traces, the order of hosts and edges. Analysis and options must outlive it.
 * (transfer full) */
HgReport *hg_report_new(const HgAnalysis *analysis, const HgReportOptions *options);
void hg_report_free(HgReport *report);

const HgAnalysis *hg_report_analysis(const HgReport *report);
const HgTally *hg_report_tally(const HgReport *report);
const HgReportOptions *hg_report_options(const HgReport *report);

/* "hostgraph 0.1.0" */
const char *hg_report_generator(void);

/* Hosts sorted by address: host numbers. */
guint32 hg_report_host_count(const HgReport *report);
guint32 hg_report_host(const HgReport *report, guint32 i);
/* Place of a host in that order. */
guint32 hg_report_host_rank(const HgReport *report, guint32 host);

/* Its address as it stands in exports: cleaned (hg_text_plain), never empty, and no other host has
 * the same, not even where leading apostrophes do not count. Borrowed. */
const char *hg_report_host_id(const HgReport *report, guint32 host);
/* The name that tells most about it; NULL when none is known. Hostile. Borrowed. */
const char *hg_report_host_name(const HgReport *report, guint32 host);

/* Edges with packets, sorted by source address, then target address. */
guint32 hg_report_edge_count(const HgReport *report);
const HgEdge *hg_report_edge(const HgReport *report, guint32 i);
const HgTraffic *hg_report_edge_traffic(const HgReport *report, const HgEdge *edge);

/* Packets of one protocol on an edge, or of a host (both directions). */
typedef struct {
  guint16 protocol;
  guint64 packets, bytes;
} HgProtocolShare;
/* Most packets first, then name: a new GArray of HgProtocolShare (transfer full). */
GArray *hg_report_edge_protocols(const HgReport *report, const HgEdge *edge);
GArray *hg_report_host_protocols(const HgReport *report, guint32 host);
/* All protocols with packets in that order. */
GArray *hg_report_protocols(const HgReport *report);

/* Hosts that the user red-flagged and the capture has, in the order given, once each. */
guint hg_report_flagged_count(const HgReport *report);
guint32 hg_report_flagged(const HgReport *report, guint i);
/* Red-flagged by the user or found to be a suspect. */
gboolean hg_report_is_suspect(const HgReport *report, guint32 host);
/* Addresses in suspects= and trace= that no packet shows, in the order given, once each. */
guint hg_report_unseen_count(const HgReport *report);
const char *hg_report_unseen(const HgReport *report, guint i);

/* How a host stands to the suspects and red-flagged hosts. */
typedef enum {
  HG_REACH_NONE,
  HG_REACH_REACHED,   /* one of them could have reached it: it is in a forward trace */
  HG_REACH_CONTACTED, /* one of them sent packets to it */
  HG_REACH_SUSPECT    /* it is one of them */
} HgReach;
HgReach hg_report_reach(const HgReport *report, guint32 host);
/* "none", "reached", "contacted", "suspect" */
const char *hg_reach_name(HgReach reach);

/* Ids of the rules that found something about the host, sorted, once each; NULL: none. Borrowed. */
const char *const *hg_report_host_rules(const HgReport *report, guint32 host);

/* The first sign of what makes a host a suspect by the rules; see first_indicators.h. */
typedef struct {
  guint32 frame;
  gint64 time_ns;
} HgFirstIndicator;
/* NULL: it is none. Borrowed. */
const HgFirstIndicator *hg_report_first_indicator(const HgReport *report, guint32 host);

/* Traces, forward before backward: of every trace asked for, of red-flagged hosts, then of the
 * highest-ranked suspects (HG_REPORT_MAX_TRACED of them). Those that were not asked for with a time
 * of their own begin at the host's first packet (forward: nobody is left out, whenever it happened)
 * and, where the host is a suspect by the rules, go back from its onset: what it did from then on
 * makes others answer, and they would all be named. */
#define HG_REPORT_MAX_TRACED 10
guint hg_report_trace_count(const HgReport *report);
const HgTrace *hg_report_trace(const HgReport *report, guint i);
/* Suspects left without a trace because of that limit. */
guint hg_report_untraced_suspects(const HgReport *report);

/* Texts of a finding that are its rule's: kind, title, attack, clears_if stand in finding->rule. */

G_END_DECLS
#endif
