/* trace.h - time-respecting reachability: what could a host have reached, what could have reached it
 *
 * A temporal shortest path (earliest arrival) over the contact log: Wu et al., "Path Problems in
 * Temporal Graphs", VLDB 2014. Never through multicast, broadcast or unspecified addresses.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_TRACE_H
#define HG_ANALYSIS_TRACE_H

#include "tally/tally.h"

G_BEGIN_DECLS

typedef enum { HG_TRACE_FORWARD, HG_TRACE_BACKWARD } HgTraceDirection;

/* "forward", "backward" */
const char *hg_trace_direction_name(HgTraceDirection direction);

/* Start at the host's own first packet (forward) or last packet (backward). */
#define HG_TRACE_DEFAULT_TIME G_MININT64

typedef struct {
  guint32 host;
  guint32 hops;     /* 1: direct */
  gint64 time_ns;   /* forward: of its first infection; backward: of the last packet by which it
                       could still have reached the start */
  guint32 frame;    /* the packet of that time */
  guint32 via;      /* forward: who sent that packet; backward: who received it */
  guint16 protocol; /* of that packet */
  gboolean payload; /* some chain exists in which every hop carries payload; else only touched */
} HgReached;

typedef struct {
  guint32 host;
  gint64 at_ns; /* the time that it started from */
  HgTraceDirection direction;
  guint32 untimed_count; /* hosts that plain graph reachability, blind to time, would name */
  GArray *reached;       /* HgReached, in the order of being reached */
} HgTrace;

/* Forward: packets from `at_ns` on count; backward: packets up to and with `at_ns`. The tally is
 * settled. Time: one pass over the contact log. (transfer full) */
HgTrace *hg_trace_new(const HgTally *tally, guint32 host, HgTraceDirection direction, gint64 at_ns);
void hg_trace_free(HgTrace *trace);

/* The chain from the trace's host to reached entry `i`: indices into `reached`, first hop first
 * (backward: the entry first, the start's neighbour last). (transfer full, GArray of guint32) */
GArray *hg_trace_chain(const HgTrace *trace, guint i);

G_END_DECLS
#endif
