/* tally_builder.h - takes packets and evidence in, and gives finished tallies out
 *
 * One thread at a time; several builders live side by side.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_BUILDER_H
#define HG_TALLY_BUILDER_H

#include "tally.h"

G_BEGIN_DECLS

typedef struct HgTallyBuilder HgTallyBuilder;

HgTallyBuilder *hg_tally_builder_new(const HgTallyOptions *options); /* transfer full */
void hg_tally_builder_free(HgTallyBuilder *builder);                 /* NULL is ignored */

/* Adds a packet; takes what it needs of it. One without a time takes that of a neighbour: see
 * capture_clock.h. One that is a copy (HgPacket.copy) counts in traffic and bindings only, not in contacts
 * and connections. */
void hg_tally_builder_packet(HgTallyBuilder *builder, const HgPacket *packet);

/* The number of a segment, for HgPacket.segment; see tables/segment.h. */
guint16 hg_tally_builder_segment(HgTallyBuilder *builder, const HgSegment *segment);

/* Adds evidence of the last packet given, whose time it has, and in whose segment its addresses are; takes
 * what it needs of it. Ignores it when that packet was not tallied because of HgTallyOptions.protocols, or is
 * a copy. */
void hg_tally_builder_evidence(HgTallyBuilder *builder, const HgEvidence *evidence);

/* Adds a name that no packet told: what the capture file, or the user, calls a host. `frame`: the
 * host's first one. Changes nothing but the names, within max-names, and nothing at all where the name is
 * known. */
void hg_tally_builder_name(HgTallyBuilder *builder, const HgAddress *address, const char *name,
                           HgNameSource source, guint32 frame);

/* Sets the zero of relative times, which is else the time of the first packet that has one: a display
 * filter can hide the file's first packet. To be called before any packet that has a time. */
void hg_tally_builder_set_start(HgTallyBuilder *builder, gint64 time_ns);

/* The tally of all that was given so far: counts the packets that are still queued, sums up what
 * hosts and conversations have, sorts the contact log, tells hosts of several segments apart (see
 * merge/tell_apart.h), and finds home networks. Borrowed: the builder keeps and frees
 * it. It is valid until the builder gets more packets, evidence or merges; after that call
 * hg_tally_finish again, which returns the same pointer. */
const HgTally *hg_tally_finish(HgTallyBuilder *builder);

/* The same with one host for each address and segment, whose addresses hg_tally_builder_name takes. */
const HgTally *hg_tally_builder_by_segment(HgTallyBuilder *builder);

/* What hg_tally_finish lent, as the caller's own; frees the builder. (transfer full: hg_tally_free) */
HgTally *hg_tally_builder_end(HgTallyBuilder *builder);

G_END_DECLS
#endif
