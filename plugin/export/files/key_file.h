/* key_file.h - the user's secret key for pseudonyms
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_KEY_FILE_H
#define HG_EXPORT_KEY_FILE_H

#include "tally/pseudonym.h"

G_BEGIN_DECLS

/* Length of a key in bytes: a shorter one could be guessed, a longer one is some other file. */
#define HG_KEY_MIN 16
#define HG_KEY_MAX (1024 * 1024)

/* All bytes of the file are the key. NULL and `error` (G_FILE_ERROR): it cannot be read, or has the
 * wrong length. (transfer full) */
HgPseudonyms *hg_key_file_read(const char *path, GError **error);

G_END_DECLS
#endif
