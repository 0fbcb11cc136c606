/* answers.h - who was answered, when, and where answers could have been seen
 *
 * What a host tried in vain tells something about it only where others were answered at that time, and
 * where an answer would have been captured. Rules ask here before they hold a failure against a host.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ANSWERS_H
#define HG_ANALYSIS_ANSWERS_H

#include "outages.h"

G_BEGIN_DECLS

typedef struct HgAnswers HgAnswers;

/* `scopes`: HgScope by host. All three must outlive it and not change meanwhile. Time: a few passes over
 * the services; a sort of their connections only where there may have been an outage. (transfer full) */
HgAnswers *hg_answers_new(const HgTally *tally, const HgServiceTable *services,
                          const guint8 *scopes);
void hg_answers_free(HgAnswers *answers); /* NULL is ignored */

/* Whether answers of `server` to `client` would have been captured, as far as the rest of the capture
 * tells: by what the client got from hosts where the server is; else by what its neighbours got from
 * there, or anybody from the server's network; else by whether either is seen in two-way traffic at all.
 * Packets of other places count for nothing. TCP's handshake tells more; see hg_first_contact. */
gboolean hg_answers_are_visible(const HgAnswers *answers, guint32 client, guint32 server);

/* Whether all failed attempts at this service are from times at which nobody was answered there. FALSE
 * where there are none. */
gboolean hg_answers_were_out(const HgAnswers *answers, const HgService *service);
/* Whether nobody was answered at this service at that time. */
gboolean hg_answers_were_out_at(const HgAnswers *answers, const HgService *service, gint64 time_ns);

/* HgOutage, by kind, group and time, and of what they are. Borrowed. */
const GArray *hg_answers_outages(const HgAnswers *answers);
const HgOutageSearch *hg_answers_search(const HgAnswers *answers);

/* Whether somebody on the way said that there is no route to the host, or no leave to forward to it, and
 * nothing in its network (of IPv4 24 bits, of IPv6 64) was seen to send anything: so it is for all of
 * that network, and says nothing of the host. */
gboolean hg_answers_have_no_route(const HgAnswers *answers, guint32 host);
/* The same number for hosts of one network. */
guint32 hg_answers_network(const HgAnswers *answers, guint32 host);

G_END_DECLS
#endif
