/* list_file.h - reads allow and deny lists
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_LIST_FILE_H
#define HG_EXPORT_LIST_FILE_H

#include "analysis/lists/allow_deny_list.h"

G_BEGIN_DECLS

/* Adds the entries of the file; `rules` as in hg_allow_deny_list_add. FALSE and `error`
 * (G_FILE_ERROR): it cannot be read, or which line is wrong and why. */
gboolean hg_list_file_read(HgAllowDenyList *list, const char *path,
                           const struct HgRule *const *rules, GError **error);

G_END_DECLS
#endif
