/* file_lock.h - one writer at a time for a file that is read, changed and replaced
 *
 * The lock is on a file beside it, NAME.lock, which exists only meanwhile; the file itself cannot
 * be locked, because it is replaced. A lock ends with its process, in whatever way it ends. A
 * NAME.lock that a killed process leaves behind has no effect.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_FILE_LOCK_H
#define HG_EXPORT_FILE_LOCK_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct HgFileLock HgFileLock;

/* Waits until no other process or thread holds the lock. `path` need not exist; two links to one
 * file share one lock. NULL and `error` (G_FILE_ERROR): the lock cannot be created. */
HgFileLock *hg_file_lock_new(const char *path, GError **error);
void hg_file_lock_free(HgFileLock *lock);

G_END_DECLS
#endif
