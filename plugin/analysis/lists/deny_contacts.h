/* deny_contacts.h - who had to do with what a deny list names, and who of the two is accountable
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DENY_CONTACTS_H
#define HG_ANALYSIS_DENY_CONTACTS_H

#include "analysis/rule.h"

G_BEGIN_DECLS

typedef enum {
  HG_DENY_IS,     /* the host is listed itself, and sent packets to or answered the peer */
  HG_DENY_TALKED, /* it began to talk to the peer, which is listed */
  HG_DENY_ASKED,  /* it asked the peer, a resolver, for a listed name */
  HG_DENY_NAMED   /* it named a listed site to the peer, which serves others, too */
} HgDenyHow;

/* What one host did with one entry of the list. */
typedef struct {
  guint32 host; /* the accountable one */
  guint32 peer; /* HG_NO_HOST: not known */
  const HgListEntry *entry;
  HgDenyHow how;
  const char *name; /* asked for, or named; borrowed from the tally; else NULL */
  gboolean answered;
  guint32 first_frame, last_frame;
} HgDenyContact;

/* Sorted by host, how, first frame, peer, name. Who began is accountable; where the start was not
 * captured only the listed one is. What a client's roles make it ask for (a resolver's name servers)
 * and questions that a resolver passes on are not its own. (transfer full, HgDenyContact) */
GArray *hg_deny_contacts_new(const HgRuleRun *run, const HgAllowDenyList *list);

G_END_DECLS
#endif
