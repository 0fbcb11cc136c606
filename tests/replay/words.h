/* words.h - a line of a script as words
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TESTS_WORDS_H
#define HG_TESTS_WORDS_H

#include <glib.h>

G_BEGIN_DECLS

/* Splits at blanks; # at the begin of a word ends the line; quotes may begin inside a word
 * (info="a b"), with \" \\ \n \t \xHH inside. NULL: bad quoting. (transfer full) */
GPtrArray *hg_words_split(const char *line);

G_END_DECLS
#endif
