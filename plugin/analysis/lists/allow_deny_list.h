/* allow_deny_list.h - a list of addresses, networks, MACs and domains, one a line
 *
 *   10.0.0.5   10.1.0.0/16   2001:db8::/32   00:25:b3:bf:91:ee   example.com   [rule=ID]...   # why
 *
 * A domain stands for itself and all names below it ("*.example.com" and ".example.com" are the
 * same). Networks are looked up by hash, one look-up for each prefix length that the list has, so
 * time does not depend on how many there are.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ALLOW_DENY_LIST_H
#define HG_ANALYSIS_ALLOW_DENY_LIST_H

#include "tally/pseudonym.h"
#include "tally/tally.h"
#include "tally/types/network.h"

G_BEGIN_DECLS

struct HgRule;

/* Borrowed from its list. */
typedef struct HgListEntry {
  const char *file;          /* path as given */
  guint line;                /* from 1 */
  const struct HgRule *rule; /* only findings of this rule; NULL: of all rules */
  HgNetwork network;         /* of kind HG_ADDRESS_NONE: a domain */
  const char *domain;        /* lower case, without leading or trailing dot */
  struct HgListEntry *next;  /* the next entry of the same network or domain, for another rule */
} HgListEntry;

typedef struct HgAllowDenyList HgAllowDenyList;

HgAllowDenyList *hg_allow_deny_list_new(void); /* (transfer full) */
void hg_allow_deny_list_free(HgAllowDenyList *list);

/* Adds the entries in the text of a file. `rules` (NULL-terminated): those that entries may name;
 * NULL: entries may name none. FALSE and `error` (G_FILE_ERROR, "line 3: ..."): which line is wrong,
 * and why; the entries before it are in the list. */
gboolean hg_allow_deny_list_add(HgAllowDenyList *list, const char *file, const char *text,
                                gsize length, const struct HgRule *const *rules, GError **error);

guint32 hg_allow_deny_list_count(const HgAllowDenyList *list);
gboolean hg_allow_deny_list_has_macs(const HgAllowDenyList *list);
gboolean hg_allow_deny_list_has_domains(const HgAllowDenyList *list);

/* The most specific entry that applies to the rule (NULL: to any rule); NULL: there is none.
 * `named`: only entries that name the rule. Names are written as in evidence: "\\." is a dot within
 * a label. */
const HgListEntry *hg_allow_deny_list_address(const HgAllowDenyList *list, const HgAddress *address,
                                              const struct HgRule *rule, gboolean named);
const HgListEntry *hg_allow_deny_list_name(const HgAllowDenyList *list, const char *name,
                                           const struct HgRule *rule, gboolean named);

/* The list for the tally in which these pseudonyms replace addresses and names. `tally`: the real
 * one. Domains, and prefixes of MACs, are replaced by the names and MACs of this tally that they
 * match; file names get pseudonyms, too. (transfer full) */
HgAllowDenyList *hg_allow_deny_list_pseudonymize(const HgAllowDenyList *list,
                                                 const HgPseudonyms *pseudonyms,
                                                 const HgTally *tally,
                                                 const struct HgRule *const *rules);

/* "10.0.0.0/8", "10.0.0.5", "example.com". (transfer full) */
char *hg_list_entry_text(const HgListEntry *entry);

G_END_DECLS
#endif
