/* file_lock.h - one writer at a time for a file that is read, changed and replaced
 *
 * The lock is on a file beside it, NAME.lock, which is there only meanwhile: the file itself is
 * another one after each replacement. A lock ends with its process, however that ends; the file
 * NAME.lock that a killed process leaves means nothing.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_FILE_LOCK_H
#define HG_EXPORT_FILE_LOCK_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct HgFileLock HgFileLock;

/* Waits until nobody else has it. `path` need not exist; two links to one file have one lock.
 * NULL and `error` (G_FILE_ERROR) when it cannot be had at all. Threads of one process exclude one
 * another, too. */
HgFileLock *hg_file_lock_new(const char *path, GError **error);
void hg_file_lock_free(HgFileLock *lock);

G_END_DECLS
#endif
