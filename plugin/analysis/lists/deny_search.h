/* deny_search.h - the state of one search for contacts with what a deny list names
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DENY_SEARCH_H
#define HG_ANALYSIS_DENY_SEARCH_H

#include "allow_deny_list.h"
#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

typedef enum {
  HG_DENY_IS,     /* the host is listed, and sent packets to the peer or answered it */
  HG_DENY_TALKED, /* the host began a conversation with the peer, which is listed */
  HG_DENY_ASKED,  /* the host asked the peer, a resolver, for a listed name */
  HG_DENY_NAMED   /* the host named a listed site to the peer, which has other names, too */
} HgDenyHow;

/* What one host did with one entry of the list. */
typedef struct {
  guint32 host; /* the accountable host */
  guint32 peer; /* HG_NO_HOST: not known */
  const HgListEntry *entry;
  HgDenyHow how;
  const char *name; /* the name in question, borrowed from the tally; NULL: none */
  gboolean answered;
  guint32 first_frame, last_frame;
} HgDenyContact;

typedef struct {
  const HgRuleRun *run;
  const HgAllowDenyList *list;
  const HgListEntry **listed; /* by host: the entry that lists it, or NULL */
  GArray *contacts;           /* HgDenyContact */
} HgDenySearch;

/* Adds the contact unless its host is a multicast, broadcast or unspecified address. */
static inline void hg_deny_search_add(HgDenySearch *search, const HgDenyContact *contact) {
  if (hg_rule_run_is_unicast(search->run, contact->host))
    g_array_append_vals(search->contacts, contact, 1);
}

G_END_DECLS
#endif
