/* trace.h - time-respecting reachability: which hosts could a host have reached, and which could
 * have reached it
 *
 * This is the temporal shortest path (earliest arrival) over the contact log: Wu et al., "Path
 * Problems in Temporal Graphs", VLDB 2014. Paths never lead through multicast, broadcast or
 * unspecified addresses. What reaches one IP address of a device reaches the machine, and what goes on
 * from any of them goes on from it; its MAC is reached alone (hg_devices_reached_as).
 *
 * Contacts from a store are runs of packets: only the times of the first and the last packet are
 * exact, and in between at least one packet falls into every hg_tally_contact_resolution_ns. If a
 * run was under way when its sender was reached, one of its packets is taken to follow at that
 * very moment. So no host is left out that could have been reached, and each hop's packet came at
 * most the resolution later than the reported time (backward: earlier). The reported frame is then
 * the frame at the other end of the run, which certainly came in time.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_TRACE_H
#define HG_ANALYSIS_TRACE_H

#include "analysis/basics/devices.h"

G_BEGIN_DECLS

typedef enum { HG_TRACE_FORWARD, HG_TRACE_BACKWARD } HgTraceDirection;

/* "forward", "backward" */
const char *hg_trace_direction_name(HgTraceDirection direction);

/* The time of the device's own first packet (forward) or last packet (backward). */
#define HG_TRACE_DEFAULT_TIME HG_TIME_NONE

typedef struct {
  guint32 host; /* the address at which the machine was first reached */
  guint32 hops; /* 1: direct */
  /* forward: time of the first packet that could have reached the host; backward: time of the last
   * packet by which the host could still have reached the start */
  gint64 time_ns;
  guint32 frame; /* frame number of the packet at that time; for runs of packets see above */
  /* forward: the host that sent that packet; backward: the host that received it */
  guint32 via;
  /* index of the entry to whose machine `via` belongs; G_MAXUINT32: the start of the trace */
  guint32 before;
  guint16 protocol; /* of that packet */
  /* there is a chain in which every hop carries payload; FALSE: the host was only touched */
  gboolean payload;
} HgReached;

typedef struct {
  guint32 host;
  gint64 at_ns; /* the time at which the trace starts; HG_TIME_NONE: the host's packets have none */
  HgTraceDirection direction;
  /* devices that are reachable in the plain graph, regardless of time (static reachability) */
  guint32 untimed_count;
  GArray *reached; /* HgReached, one a device, in the order in which they are reached */
} HgTrace;

/* `devices`: of the tally; NULL: each host for itself. Forward: packets from `at_ns` on count.
 * Backward: packets up to and including `at_ns` count. Where the device's packets have no times, `at_ns`
 * means nothing: packets count in the order of the file, all of them. The tally must be settled. Time:
 * one pass over the contact log. (transfer full) */
HgTrace *hg_trace_new(const HgTally *tally, const HgDevices *devices, guint32 host,
                      HgTraceDirection direction, gint64 at_ns);
void hg_trace_free(HgTrace *trace);

/* The chain that leads from the trace's host to reached entry `i`: indices into `reached`, first
 * hop first (backward: the entry first, the start's neighbour last). (transfer full, GArray of
 * guint32) */
GArray *hg_trace_chain(const HgTrace *trace, guint i);

G_END_DECLS
#endif
