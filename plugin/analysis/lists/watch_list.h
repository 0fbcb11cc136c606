/* watch_list.h - a list of addresses, networks, MACs and domains, one a line
 *
 *   10.0.0.5   10.1.0.0/16   2001:db8::/32   00:25:b3:bf:91:ee   example.com   [rule=ID]...   # why
 *
 * A domain stands for itself and all names below it ("*.example.com" and ".example.com" are the
 * same). Networks are looked up by hash, one look-up for each prefix length that the list has, so
 * time does not depend on how many there are.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_WATCH_LIST_H
#define HG_ANALYSIS_WATCH_LIST_H

#include "tally/pseudonym.h"
#include "tally/tally.h"

G_BEGIN_DECLS

struct HgRule;

/* Borrowed from its list. */
typedef struct HgListEntry {
  const char *file;          /* path as given */
  guint line;                /* from 1 */
  const struct HgRule *rule; /* only findings of it; NULL: of all */
  guint8 kind;               /* HgAddressKind; HG_ADDRESS_OTHER: a domain */
  guint8 bits;               /* prefix length, of addresses */
  guint8 bytes[16];          /* of addresses; beyond the prefix 0 */
  const char *domain;        /* in lower case, without dots around it */
  struct HgListEntry *next;  /* another one of the same network or domain, for another rule */
} HgListEntry;

typedef struct HgWatchList HgWatchList;

HgWatchList *hg_watch_list_new(void); /* transfer full */
void hg_watch_list_free(HgWatchList *list);

/* Adds what the text of a file says; `rules`: whether entries may name some. FALSE and `error`
 * (G_FILE_ERROR, "line 3: ..."): which line is wrong, and why; the lines before it are in. */
gboolean hg_watch_list_add(HgWatchList *list, const char *file, const char *text, gsize length,
                           gboolean rules, GError **error);

guint32 hg_watch_list_count(const HgWatchList *list);
gboolean hg_watch_list_has_macs(const HgWatchList *list);
gboolean hg_watch_list_has_domains(const HgWatchList *list);

/* The most specific entry that holds for the rule (NULL: any entry holds); NULL: there is none.
 * `named`: only of those that name the rule. Names as evidence tells them, "\\." being a dot within a
 * label. */
const HgListEntry *hg_watch_list_address(const HgWatchList *list, const HgAddress *address,
                                         const struct HgRule *rule, gboolean named);
const HgListEntry *hg_watch_list_name(const HgWatchList *list, const char *name,
                                      const struct HgRule *rule, gboolean named);

/* The same list for the tally whose addresses and names these pseudonyms have replaced; `tally`: the
 * real one, before. Domains, and MACs by vendor, then stand for those of this tally alone; files
 * have pseudonyms, too. (transfer full) */
HgWatchList *hg_watch_list_disguise(const HgWatchList *list, const HgPseudonyms *pseudonyms,
                                    const HgTally *tally);

/* "10.0.0.0/8", "10.0.0.5", "example.com". (transfer full) */
char *hg_list_entry_text(const HgListEntry *entry);

G_END_DECLS
#endif
