/* strings.h - a helper for tables that list texts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_STRINGS_H
#define HG_TALLY_STRINGS_H

#include <glib.h>

G_BEGIN_DECLS

/* Sorts owned strings, drops repetitions, and gives them as an strv (transfer full). Ends `texts`.
 */
char **hg_strings_to_strv(GPtrArray *texts);

G_END_DECLS
#endif
