/* strings.h - a sorted list of texts without repetitions
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_STRINGS_H
#define HG_TALLY_STRINGS_H

#include <glib.h>

G_BEGIN_DECLS

/* Takes `texts` (owned strings). Returns them sorted and without repetitions as an strv. (transfer
 * full) */
char **hg_strings_to_strv(GPtrArray *texts);

G_END_DECLS
#endif
