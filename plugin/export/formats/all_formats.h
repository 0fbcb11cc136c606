/* all_formats.h - the table of all export formats
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_ALL_FORMATS_H
#define HG_EXPORT_ALL_FORMATS_H

#include "export/report/format.h"

G_BEGIN_DECLS

/* NULL-terminated, sorted by name. Generated from the other files of this folder. */
extern const HgFormat *const hg_formats[];

/* NULL: there is no such format. */
const HgFormat *hg_format_find(const char *name);

/* The format that the suffix of `path` names, in any letter case; of several the longest: "x.conn.csv" is
 * not "csv". NULL: it names none. */
const HgFormat *hg_format_for_path(const char *path);

G_END_DECLS
#endif
