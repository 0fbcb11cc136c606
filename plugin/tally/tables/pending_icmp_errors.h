/* pending_icmp_errors.h - ICMP errors whose connection the same capture does not show
 *
 * Another capture, that went before, may show it: so they are kept, and resolved whenever services
 * are gathered. Those that find their connection at once are only noted there.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PENDING_ICMP_ERRORS_H
#define HG_TALLY_PENDING_ICMP_ERRORS_H

#include "tally/types/packet.h"

G_BEGIN_DECLS

typedef struct {
  HgAddress source, destination; /* of the packet that came back; owned */
  HgTransport transport;
  guint16 source_port, destination_port;
  guint32 frame; /* of the error */
  gint64 time_ns;
} HgPendingIcmpError;

/* An array of HgPendingIcmpError that owns the addresses. (transfer full) */
GArray *hg_pending_icmp_errors_new(void);
/* Appends a copy. */
void hg_pending_icmp_errors_add(GArray *array, const HgPendingIcmpError *pending_errors);

G_END_DECLS
#endif
