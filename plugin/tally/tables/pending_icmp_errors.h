/* pending_icmp_errors.h - ICMP errors that found no connection in their capture
 *
 * A capture that is merged later can hold the connection, so the errors are kept, and resolved
 * whenever services are gathered. An error that finds its connection at once is only noted there.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PENDING_ICMP_ERRORS_H
#define HG_TALLY_PENDING_ICMP_ERRORS_H

#include "tally/types/packet.h"

G_BEGIN_DECLS

typedef struct {
  HgAddress source, destination; /* of the quoted packet; owned */
  HgTransport transport;
  guint16 source_port, destination_port; /* without a transport: 0, IP protocol */
  guint32 frame;                         /* of the error */
  gint64 time_ns;
} HgPendingIcmpError;

/* An array of HgPendingIcmpError that owns the addresses. (transfer full) */
GArray *hg_pending_icmp_errors_new(void);
/* Appends a copy. */
void hg_pending_icmp_errors_add(GArray *array, const HgPendingIcmpError *error);

G_END_DECLS
#endif
