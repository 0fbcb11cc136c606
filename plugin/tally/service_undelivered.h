/* service_undelivered.h - a step of gathering services
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_SERVICE_UNDELIVERED_H
#define HG_TALLY_SERVICE_UNDELIVERED_H

#include "tally.h"

G_BEGIN_DECLS

/* Notes what came back as undeliverable at the last connection of the same ends that began before.
 * `connections` are whole, sorted by conversation, transport, ports, and then by frame (TCP) or
 * time. */
void hg_service_note_undelivered(const HgTally *tally, HgConnection *connections, guint32 count);

G_END_DECLS
#endif
