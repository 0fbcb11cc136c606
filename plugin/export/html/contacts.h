/* contacts.h - the contact log for the page: small enough, and tracing the same
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_HTML_CONTACTS_H
#define HG_EXPORT_HTML_CONTACTS_H

#include "export/report/report.h"

G_BEGIN_DECLS

/* Up to so many every contact is written: the page then traces exactly as hg_trace_new does. */
#define HG_HTML_EXACT_CONTACTS 100000
/* Never more than so many, about 20 MB; the page says from when on it knows nothing. */
#define HG_HTML_MAX_CONTACTS 1000000

/* Which contacts to keep, by their place in the log.
 *
 * Contacts that cannot carry a trace (to multicast, to oneself) are left out. Beyond `exact` of
 * them, so are those inside a burst: a stretch of the log in which two hosts speak with nobody but
 * each other. Of a burst the first and the last contact stay for each direction, with and without
 * payload. Nothing else can reach the two meanwhile, so what a trace reaches, its hops, times,
 * frames and payload stay the same for every start; only a trace that starts within a burst of its
 * own first host may see that one contact at the burst's last instead of an earlier one. */
typedef struct {
  GArray *kept;     /* guint64, ascending */
  guint64 carrying; /* contacts that can carry a trace */
  gboolean merged;  /* bursts were shortened */
  gboolean cut;     /* `most` was hit: later contacts are missing */
} HgHtmlContacts;

/* `exact` and `most` as above. */
void hg_html_contacts_init(HgHtmlContacts *contacts, const HgTally *tally, guint64 exact,
                           guint64 most);
void hg_html_contacts_clear(HgHtmlContacts *contacts);

/* Sender and receiver of a contact that can carry a trace; FALSE for the others. */
gboolean hg_html_contact_carries(const HgTally *tally, const HgContact *contact, guint32 *source,
                                 guint32 *destination);

G_END_DECLS
#endif
