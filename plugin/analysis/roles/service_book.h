/* service_book.h - which services were seen at which servers, for looking others up
 *
 * A service is what a server offers at a port of a transport. Protocols distinguish services only
 * if they mean different things: all customary protocols of a port are one service (SMB and SMB2
 * on 445, HTTP and WebSocket on 80), so are all versions of TLS, and an unrecognised protocol
 * matches any. If software chooses its own port (from 1024 on: passive FTP, DCE/RPC,
 * peer-to-peer), the protocol alone identifies the service.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_SERVICE_BOOK_H
#define HG_ANALYSIS_SERVICE_BOOK_H

#include "roles.h"

G_BEGIN_DECLS

/* Instead of a server: any server. */
#define HG_BOOK_ANYWHERE HG_NO_HOST

typedef struct HgServiceBook HgServiceBook;

/* `protocols`: FALSE: only one of the two sides was tallied with dissectors, so that only ports can
 * be compared. (transfer full) */
HgServiceBook *hg_service_book_new(gboolean protocols);
void hg_service_book_free(HgServiceBook *book);

/* `server`: the number under which the caller looks the service up later; the host numbers of the
 * service itself are ignored. `roles` are those of the service's tally. */
void hg_service_book_add(HgServiceBook *book, guint32 server, const HgTally *tally,
                         const HgRoles *roles, const HgService *service);
gboolean hg_service_book_has(const HgServiceBook *book, guint32 server, const HgTally *tally,
                             const HgRoles *roles, const HgService *service);

/* Sorts services by what they offer, as far as the book distinguishes it. */
gint hg_service_compare_offer(const HgTally *tally, const HgService *a, const HgService *b);

G_END_DECLS
#endif
