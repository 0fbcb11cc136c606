/* option_text.h - options of the command line, made of what the user entered
 *
 * So the parser of the command line checks it as well.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_OPTION_TEXT_H
#define HG_WIRESHARK_OPTION_TEXT_H

#include <glib.h>

/* Appends ",NAME=VALUE", without the comma to an empty text. Commas and backslashes in the value are
 * escaped. */
void hg_option_text_add(GString *options, const char *name, const char *value);

/* Appends one option `name` for each of the words, which blanks, commas or semicolons separate. */
void hg_option_text_add_words(GString *options, const char *name, const char *words);

#endif
