/* text.h - the one place where text from packets is made harmless for a format
 *
 * All take any bytes up to `length` (-1: to the NUL). Invalid UTF-8 becomes U+FFFD; U+0000-1F but
 * tab, U+007F, U+0080-9F, U+FFFE and U+FFFF are dropped; beyond HG_TEXT_MAX bytes the text is cut
 * at a character and ends in an ellipsis. Each appends to `out`.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_TEXT_H
#define HG_EXPORT_TEXT_H

#include <glib.h>

G_BEGIN_DECLS

/* Longest text written anywhere, bytes of UTF-8. */
#define HG_TEXT_MAX 4096

void hg_text_plain(GString *out, const char *text, gssize length); /* cleaned, nothing escaped */
void hg_text_xml(GString *out, const char *text, gssize length);   /* element text and attribute */
void hg_text_json(GString *out, const char *text, gssize length);  /* with its quotes; < > & and
                                                                      U+2028/2029 as \u.... */
void hg_text_dot(GString *out, const char *text, gssize length);   /* with its quotes, as a label */
void hg_text_csv(GString *out, const char *text, gssize length);   /* RFC 4180; a leading = + - @
                                                                      tab or CR gets an apostrophe */
/* For a terminal or window: besides the above, bidirectional controls, zero-width and line
 * separators are dropped, tabs are blanks. */
void hg_text_terminal(GString *out, const char *text, gssize length);

void hg_text_integer(GString *out, gint64 value);
/* Epoch seconds with 9 decimals from nanoseconds, negative too; no locale. */
void hg_text_seconds(GString *out, gint64 ns);
/* "2023-11-14T22:13:20.123456789Z" */
void hg_text_iso8601(GString *out, gint64 ns);
/* Shortest form that reads back the same; no locale; 0 for NaN and infinities. */
void hg_text_double(GString *out, double value);

G_END_DECLS
#endif
