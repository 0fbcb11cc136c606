/* report.h - what every export is made from: a tally, its analysis, and what the user asked to see
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REPORT_H
#define HG_EXPORT_REPORT_H

#include "analysis/analysis.h"

G_BEGIN_DECLS

/* A trace that the user asked for. */
typedef struct {
  char *address; /* as the user wrote it */
  gint64 at_ns;  /* HG_TRACE_DEFAULT_TIME: no time was given */
} HgTraceRequest;

/* What to show in addition to the findings. Borrowed by the report. */
typedef struct {
  char **suspects;     /* addresses that the user red-flags; NULL: none */
  GPtrArray *traces;   /* HgTraceRequest; NULL: none */
  guint top;           /* rows a table in the text report; 0: all */
  const char *filter;  /* display filter that chose the packets; NULL: none */
  const char *capture; /* name of the capture for the heading; NULL: not known */
  gboolean pseudonyms; /* all addresses and names are pseudonyms */
  gboolean partial;    /* some packets are missing (a retap was aborted) */
  /* the same report with groups of hosts as nodes, for the text report; NULL: none was asked for */
  const struct HgReport *groups;
} HgReportOptions;

typedef struct HgReport HgReport;

/* No conversation: of an edge that is a tunnel and nothing else. */
#define HG_NO_CONVERSATION G_MAXUINT32

/* A directed edge from `source` to `target` (host numbers): the packets of a direction of a conversation, or,
 * where there are none, those of others that go through tunnels between the two. */
typedef struct {
  guint32 source, target;
  guint32 conversation;             /* or HG_NO_CONVERSATION */
  int direction;                    /* direction of the conversation */
  guint32 initiated;                /* connections that `source` initiated to `target` */
  guint first_tunnel, tunnel_count; /* see hg_report_tunnel */
} HgEdge;

/* What every export and report says in its header if Info texts may be whole; no format says anything
 * otherwise. It goes on from "Info texts" or "Info texts are". */
#define HG_REPORT_FULL_INFO "full: they may hold passwords and other secrets"
gboolean hg_report_has_full_info(const HgReport *report);

/* Computes the traces and sorts hosts and edges. Analysis and options must outlive the report.
 * (transfer full) */
HgReport *hg_report_new(const HgAnalysis *analysis, const HgReportOptions *options);
void hg_report_free(HgReport *report);

/* The report in which the hosts of another one are folded into groups. `analysis`: that of `hosts`, folded
 * alike (hg_analysis_fold); `becomes`: by host. Suspects and who was reached are those of `hosts`, and
 * mark their groups; traces are of hosts only, so there are none. `hosts`, `analysis` and `becomes` must
 * outlive it. (transfer full) */
HgReport *hg_report_fold(const HgReport *hosts, const HgAnalysis *analysis, const guint32 *becomes);
/* The report of hosts that this one was folded from; NULL: it is of hosts. */
const HgReport *hg_report_hosts(const HgReport *report);
/* Whether the host of this report is a subnet. */
gboolean hg_report_is_subnet(const HgReport *report, const HgHost *host);

const HgAnalysis *hg_report_analysis(const HgReport *report);
const HgTally *hg_report_tally(const HgReport *report);
const HgReportOptions *hg_report_options(const HgReport *report);

/* The captures of the tally (HgCapture) with their names and filters: one that has no name yet is the
 * capture of this report. `name` and `filter` are never NULL. (transfer full) */
GArray *hg_report_captures(const HgReport *report);

/* "hostgraph 0.1.0" */
const char *hg_report_generator(void);

/* Hosts sorted by address: host numbers. */
guint32 hg_report_host_count(const HgReport *report);
guint32 hg_report_host(const HgReport *report, guint32 i);
/* Place of a host in that order. */
guint32 hg_report_host_rank(const HgReport *report, guint32 host);

/* The host's address as in exports: cleaned (hg_text_plain), never empty, and unique even without
 * leading apostrophes. Borrowed. */
const char *hg_report_host_id(const HgReport *report, guint32 host);
/* The hosts with this address, as Wireshark shows it or as exports do: numbers (guint32), several where
 * the address is told apart. (transfer full) */
GArray *hg_report_find_hosts(const HgReport *report, const char *text);
/* What hosts are: the name of a layer, or "device" where each device is one host. */
const char *hg_report_layer(const HgReport *report);
/* The host that stands for its device: see hg_devices_of. */
guint32 hg_report_device(const HgReport *report, guint32 host);
/* The name that identifies the host best; NULL: no name is known. Text from packets. Borrowed. */
const char *hg_report_host_name(const HgReport *report, guint32 host);

/* Edges with packets, sorted by source address, then target address. */
guint32 hg_report_edge_count(const HgReport *report);
const HgEdge *hg_report_edge(const HgReport *report, guint32 i);
/* Of the conversation; without one, of all tunnels. */
HgTraffic hg_report_edge_traffic(const HgReport *report, const HgEdge *edge);
/* All tunnels: HgTunnel. */
const GArray *hg_report_tunnels(const HgReport *report);
/* A tunnel of the edge, from first_tunnel on. */
const struct HgTunnel *hg_report_tunnel(const HgReport *report, guint i);

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
/* And behind them, without packets, those that only the first bytes of connections tell. */
GArray *hg_report_all_protocols(const HgReport *report);

/* Packets of the connections to one server port; see server_ports.h. */
typedef struct {
  HgTransport transport;
  guint16 port;
  guint64 packets, bytes;
} HgPortShare;

/* Numbers of the conversations of a host, each once. Borrowed. */
const guint32 *hg_report_host_conversations(const HgReport *report, guint32 host, guint32 *count);

/* Hosts of the capture that the user red-flagged, in the order given, once each. */
guint hg_report_flagged_count(const HgReport *report);
guint32 hg_report_flagged(const HgReport *report, guint i);
/* Whether the host's device is red-flagged by the user or a suspect by the rules. */
gboolean hg_report_is_suspect(const HgReport *report, guint32 host);
/* Whether it is so under this address: hg_analysis_named, or the one that the user gave. */
gboolean hg_report_is_named_suspect(const HgReport *report, guint32 host);
/* Addresses in suspect= and trace= that no packet has, in the order given, once each. */
guint hg_report_unseen_count(const HgReport *report);
const char *hg_report_unseen(const HgReport *report, guint i);

/* The reach of suspects and red-flagged hosts to this host. Later values take precedence. */
typedef enum {
  HG_REACH_NONE,
  HG_REACH_REACHED,   /* a suspect could have reached it: it is in a forward trace */
  HG_REACH_CONTACTED, /* a suspect sent packets to it */
  HG_REACH_SUSPECT    /* it is a suspect or red-flagged */
} HgReach;
HgReach hg_report_reach(const HgReport *report, guint32 host);
/* "none", "reached", "contacted", "suspect" */
const char *hg_reach_name(HgReach reach);

/* Ids of the rules with findings about the host's device, sorted, once each; NULL: none. Borrowed. */
const char *const *hg_report_host_rules(const HgReport *report, guint32 host);

/* The first indicator of a suspect; see first_indicators.h. */
typedef struct {
  guint32 frame;
  gint64 time_ns;
} HgFirstIndicator;
/* Of the host's device. NULL: it is no suspect by the rules. Borrowed. */
const HgFirstIndicator *hg_report_first_indicator(const HgReport *report, guint32 host);

/* Traces, forward before backward: all that the user asked for, then those of red-flagged hosts,
 * then those of the highest-ranked suspects (HG_REPORT_MAX_TRACED of them). Without a time from the
 * user, a forward trace starts at the host's first packet, so that no host is left out. A backward
 * trace of a suspect by the rules starts at its first indicator: what it did later makes other
 * hosts answer, and all of them would be listed. */
#define HG_REPORT_MAX_TRACED 10
guint hg_report_trace_count(const HgReport *report);
const HgTrace *hg_report_trace(const HgReport *report, guint i);
/* How many suspects have no trace because of that limit. */
guint hg_report_untraced_suspects(const HgReport *report);

/* Kind, title, ATT&CK ids and false-positive text of a finding are in finding->rule. */

G_END_DECLS
#endif
