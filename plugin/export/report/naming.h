/* naming.h - the ids and names of hosts in exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_NAMING_H
#define HG_EXPORT_NAMING_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* The address texts of all hosts, cleaned and made unique. `order`: all host numbers, in the order
 * in which clashes are resolved. By host number. (transfer full, free with g_ptr_array_unref) */
GPtrArray *hg_naming_ids(const HgTally *tally, const guint32 *order);

/* The hosts with this address, or, because people copy what they see, the one with this id: numbers.
 * (transfer full) */
GArray *hg_naming_find(const HgTally *tally, const GPtrArray *ids, const char *text);

/* The best known name of each host, or NULL; borrowed from the tally. By host number. (transfer
 * full, g_free) */
const char **hg_naming_names(const HgTally *tally);

G_END_DECLS
#endif
