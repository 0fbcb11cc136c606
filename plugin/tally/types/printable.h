/* printable.h - what others sent as text, so that it can stand in a subject or a report
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PRINTABLE_H
#define HG_TALLY_PRINTABLE_H

#include <glib.h>

G_BEGIN_DECLS

/* Appends at most `max` bytes of the text as valid UTF-8, whole characters, with "?" for control characters. */
void hg_printable_append(GString *to, const char *text, gsize max);

G_END_DECLS
#endif
