/* allow_deny_list_private.h - how a list is built
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ALLOW_DENY_LIST_PRIVATE_H
#define HG_ANALYSIS_ALLOW_DENY_LIST_PRIVATE_H

#include "allow_deny_list.h"

G_BEGIN_DECLS

/* Reads one word ("10.0.0.0/8") into the network of the entry, or into `domain` (transfer full; else
 * NULL). NULL: done; else the reason why the word is no entry. */
const char *hg_list_entry_parse(const char *word, HgListEntry *entry, char **domain);

/* Adds a copy of the entry. `domain` as above; NULL for addresses. The same entry again is ignored.
 */
void hg_allow_deny_list_insert(HgAllowDenyList *list, const HgListEntry *entry, const char *domain);

/* Entries from 0 to hg_allow_deny_list_count - 1, in the order of lines. */
const HgListEntry *hg_allow_deny_list_entry(const HgAllowDenyList *list, guint32 number);

/* A copy of the path that lives as long as the list. */
const char *hg_allow_deny_list_file(HgAllowDenyList *list, const char *file);

G_END_DECLS
#endif
