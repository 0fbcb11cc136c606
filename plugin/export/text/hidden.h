/* hidden.h - characters that nobody can see, or that put others out of their order
 *
 * A name with such a character looks like another name, or reads backwards. So no text that leaves
 * the program has one: each is shown as Wireshark shows it in its columns, \u202E, or \U000E0041
 * beyond U+FFFF, which display filters read back. A text that contains such an escape already looks
 * the same; where two texts must differ, as ids of hosts do, the writer tells them apart.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_HIDDEN_H
#define HG_EXPORT_HIDDEN_H

#include <glib.h>

G_BEGIN_DECLS

/* Room for an escape and its NUL. */
#define HG_HIDDEN_ESCAPE 11

/* Whether the character is hidden: Unicode's Default_Ignorable_Code_Point (marks and overrides of the
 * direction, joiners, zero-width blanks, soft hyphen, variation selectors, tags, ...), separators of
 * lines and paragraphs, and interlinear annotation. */
gboolean hg_is_hidden(gunichar c);

/* Writes the escape of a hidden character; returns its length, 6 or 10. */
gsize hg_hidden_escape(gunichar c, char escape[HG_HIDDEN_ESCAPE]);

G_END_DECLS
#endif
