/* option_text.h - what was entered, in the words of the command line
 *
 * So that it passes the same checks.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_OPTION_TEXT_H
#define HG_WIRESHARK_OPTION_TEXT_H

#include <glib.h>

/* Appends ",NAME=VALUE" with what is special in the value escaped; without the comma at first. */
void hg_option_text_add(GString *options, const char *name, const char *value);

/* One `name` for each of the words, which blanks, commas or semicolons separate. */
void hg_option_text_add_words(GString *options, const char *name, const char *words);

#endif
