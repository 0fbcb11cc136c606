/* contacts.h - the contact log for the page: smaller, but with the same traces
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_HTML_CONTACTS_H
#define HG_EXPORT_HTML_CONTACTS_H

#include "export/report/report.h"

G_BEGIN_DECLS

/* Up to this number, every contact is written: the page then traces exactly as hg_trace_new does.
 */
#define HG_HTML_EXACT_CONTACTS 100000
/* The largest number of contacts, about 20 MB; the page tells from which time on they are missing.
 */
#define HG_HTML_MAX_CONTACTS 1000000

/* Chooses the contacts to keep, by their index in the log. Contacts that cannot carry a trace (to
 * multicast, to the sender's own device) are left out. If there are more than `exact` others, contacts
 * inside bursts are left out, too. A burst is a part of the log in which two devices talk to nobody
 * but each other. Of each burst, the first and the last contact are kept for each direction, with
 * and without payload. As no other host can reach the two meanwhile, a trace from any start reaches
 * the same hosts with the same hops, times, frames and payload. One exception: a trace that starts
 * within a burst of its own first host may show the burst's last contact instead of an earlier one.
 */
typedef struct {
  GArray *kept;     /* guint64, ascending */
  guint64 carrying; /* number of contacts that can carry a trace */
  gboolean merged;  /* contacts inside bursts were left out */
  gboolean cut;     /* `most` was reached: later contacts are missing */
} HgHtmlContacts;

/* `exact` and `most` as above. */
void hg_html_contacts_init(HgHtmlContacts *contacts, const HgTally *tally, const HgDevices *devices,
                           guint64 exact, guint64 most);
void hg_html_contacts_clear(HgHtmlContacts *contacts);

G_END_DECLS
#endif
