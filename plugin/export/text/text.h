/* text.h - the only place where text from packets is made harmless for a format
 *
 * All functions take any bytes up to `length` (-1: up to the NUL) and append to `out`. Invalid
 * UTF-8 becomes U+FFFD; U+0000-1F except tab, U+007F, U+0080-9F, U+FFFE and U+FFFF are dropped;
 * hidden characters (see hidden.h) become a visible escape, \u202E, the same in every format; text
 * longer than HG_TEXT_MAX bytes is cut at a character and ends in an ellipsis.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_TEXT_H
#define HG_EXPORT_TEXT_H

#include <glib.h>

G_BEGIN_DECLS

/* The longest text in any export, in bytes of UTF-8. */
#define HG_TEXT_MAX 4096

void hg_text_plain(GString *out, const char *text, gssize length); /* cleaned, nothing escaped */
void hg_text_xml(GString *out, const char *text, gssize length);   /* element text and attribute */
/* With its quotes; < > & as \u.... */
void hg_text_json(GString *out, const char *text, gssize length);
void hg_text_dot(GString *out, const char *text, gssize length); /* with its quotes, as a label */
/* RFC 4180; a leading = + - @ tab or CR gets an apostrophe. */
void hg_text_csv(GString *out, const char *text, gssize length);
/* For a terminal or window: tabs become blanks. */
void hg_text_terminal(GString *out, const char *text, gssize length);
/* The same for a message of several lines, which stay lines. */
void hg_text_lines(GString *out, const char *text, gssize length);

void hg_text_integer(GString *out, gint64 value);
/* Nanoseconds as epoch seconds with 9 decimals, negative ones too, independent of the locale. */
void hg_text_seconds(GString *out, gint64 ns);
/* "2023-11-14T22:13:20.123456789Z" */
void hg_text_iso8601(GString *out, gint64 ns);
/* The shortest form that reads back the same, independent of the locale; 0 for NaN and infinities.
 */
void hg_text_double(GString *out, double value);

G_END_DECLS
#endif
