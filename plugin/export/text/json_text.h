/* json_text.h - writes JSON piece by piece into a buffer
 *
 * Each function appends `"NAME":VALUE` to `out`, with a comma before it unless it is the first
 * member (`out` is empty or ends in an opening bracket). Names are constants of the program and
 * not escaped; values are escaped.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_JSON_TEXT_H
#define HG_EXPORT_JSON_TEXT_H

#include <glib.h>

G_BEGIN_DECLS

/* Appends only the comma, if one is needed. */
void hg_json_separate(GString *out);
/* Appends only the name; the caller appends the value. */
void hg_json_key(GString *out, const char *name);
/* Appends the name and an opening [. */
void hg_json_list(GString *out, const char *name);

void hg_json_string(GString *out, const char *name, const char *value); /* NULL: "" */
/* Numbers above 2^53, which JavaScript would round, are followed by their digits:
 * "NAME_text":"DIGITS". */
void hg_json_integer(GString *out, const char *name, gint64 value);
void hg_json_count(GString *out, const char *name, guint64 value); /* at most G_MAXINT64 */
void hg_json_double(GString *out, const char *name, double value);
void hg_json_time(GString *out, const char *name, gint64 ns);
void hg_json_boolean(GString *out, const char *name, gboolean value);
void hg_json_strings(GString *out, const char *name, const char *const *values); /* NULL: [] */

G_END_DECLS
#endif
