/* json_text.h - JSON piece by piece into a buffer
 *
 * Each appends `"NAME":VALUE` to `out`, after a comma where an object or list is under way (that
 * is: unless `out` is empty or ends in an opening bracket). Names are the program's own and not
 * escaped; values are.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_JSON_TEXT_H
#define HG_EXPORT_JSON_TEXT_H

#include <glib.h>

G_BEGIN_DECLS

/* Only the comma. */
void hg_json_separate(GString *out);
/* Only the name: its value is to follow. */
void hg_json_key(GString *out, const char *name);
/* The name and an opening [. */
void hg_json_list(GString *out, const char *name);

void hg_json_string(GString *out, const char *name, const char *value); /* NULL: "" */
/* Beyond 2^53, which JavaScript would round, followed by its digits: "NAME_text":"DIGITS". */
void hg_json_integer(GString *out, const char *name, gint64 value);
void hg_json_count(GString *out, const char *name, guint64 value); /* at most G_MAXINT64 */
void hg_json_double(GString *out, const char *name, double value);
void hg_json_time(GString *out, const char *name, gint64 ns);
void hg_json_boolean(GString *out, const char *name, gboolean value);
void hg_json_strings(GString *out, const char *name, const char *const *values); /* NULL: [] */

G_END_DECLS
#endif
