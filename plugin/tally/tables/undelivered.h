/* undelivered.h - ICMP errors whose connection the same capture does not show
 *
 * Another capture, that went before, may show it: so they are kept, and resolved whenever services
 * are gathered. Those that find their connection at once are only noted there.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_UNDELIVERED_H
#define HG_TALLY_UNDELIVERED_H

#include "tally/packet.h"

G_BEGIN_DECLS

typedef struct {
  HgAddress source, destination; /* of the packet that came back; owned */
  HgTransport transport;
  guint16 source_port, destination_port;
  guint32 frame; /* of the error */
  gint64 time_ns;
} HgUndelivered;

/* An array of HgUndelivered that owns the addresses. (transfer full) */
GArray *hg_undelivered_array_new(void);
/* Appends a copy. */
void hg_undelivered_array_add(GArray *array, const HgUndelivered *undelivered);

G_END_DECLS
#endif
