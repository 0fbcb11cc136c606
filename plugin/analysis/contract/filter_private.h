/* filter_private.h - parts of display filters that only rules need
 *
 * All functions return a new string (transfer full).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FILTER_PRIVATE_H
#define HG_ANALYSIS_FILTER_PRIVATE_H

#include "filter.h"

G_BEGIN_DECLS

/* Packets from `from` to `to`; NULL as in hg_filter_pair. */
char *hg_filter_directed(const HgTally *tally, guint32 from, guint32 to);

/* "udp.dstport in {53, 100..200}"; `numbers` are guint32. */
char *hg_filter_numbers(const char *field, const GArray *numbers);

/* "(expression) || (expression)"; takes both (transfer full), either may be NULL. */
char *hg_filter_or(char *a, char *b);

/* Nobody reads a filter with more hosts than this. */
#define HG_FILTER_MAX_HOSTS 20

/* "ip.dst in {10.0.0.1, 10.0.0.2}"; `hosts` are guint32. NULL: there are none, more than
 * HG_FILTER_MAX_HOSTS, or as in hg_filter_host. */
char *hg_filter_hosts(const HgTally *tally, const GArray *hosts, HgFilterSide side);

/* Packets of any of these TCP services (const HgService *), of all of which `host` is one end. Of more than
 * HG_FILTER_MAX_HOSTS: of the host at their ports. NULL: there are none. */
char *hg_filter_services(const HgTally *tally, guint32 host, const GPtrArray *services);

/* Nor one with more frames than this. */
#define HG_FILTER_MAX_FRAMES 200

/* hg_filter_frames where there are at most HG_FILTER_MAX_FRAMES, else `otherwise`, which it takes (transfer
 * full). */
char *hg_filter_few_frames(const GArray *frames, char *otherwise);

/* Packets that open a connection or flow, without ICMP errors, which quote such packets and so have
 * the same fields. */
char *hg_filter_probes(HgTransport transport);

G_END_DECLS
#endif
