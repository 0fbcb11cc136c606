/* ascii_text.h - bytes that should be ASCII as text, the way Wireshark shows them
 *
 * Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_ASCII_TEXT_H
#define HG_WIRESHARK_ASCII_TEXT_H

#include <glib.h>

G_BEGIN_DECLS

/* The bytes up to a NUL or to `length`, with U+FFFD for each that is no ASCII. (transfer full) */
char *hg_ascii_text(const guint8 *bytes, gsize length);

G_END_DECLS
#endif
