/* service_book.h - which services were seen where, to look others up in
 *
 * A service is what is offered at a transport's port. Protocols tell it apart only where they mean
 * something else: whatever customarily lives on a port is one (SMB and SMB2 on 445, HTTP and
 * WebSocket on 80), versions of TLS are one, and what was not recognised is like anything. Where
 * software chooses its own port (from 1024 on: passive FTP, DCE/RPC, peer-to-peer) the protocol
 * alone is enough.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_SERVICE_BOOK_H
#define HG_ANALYSIS_SERVICE_BOOK_H

#include "roles.h"

G_BEGIN_DECLS

/* In the place of a server: any. */
#define HG_BOOK_ANYWHERE HG_NO_HOST

typedef struct HgServiceBook HgServiceBook;

/* `protocols`: FALSE where those that are compared were not looked at alike, so that ports must
 * do. (transfer full) */
HgServiceBook *hg_service_book_new(gboolean protocols);
void hg_service_book_free(HgServiceBook *book);

/* `server`: whatever number the caller looks up later; the service's own host numbers do not
 * count. `roles` are those of the service's tally. */
void hg_service_book_add(HgServiceBook *book, guint32 server, const HgTally *tally,
                         const HgRoles *roles, const HgService *service);
gboolean hg_service_book_has(const HgServiceBook *book, guint32 server, const HgTally *tally,
                             const HgRoles *roles, const HgService *service);

/* Orders services by what they offer, as far as the book tells it apart; for sorting. */
gint hg_service_compare_offer(const HgTally *tally, const HgService *a, const HgService *b);

G_END_DECLS
#endif
