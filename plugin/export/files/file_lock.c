/* file_lock.c - one writer at a time for a file that is read, changed and replaced
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "file_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#include "output_private.h"
#include "target.h"

struct HgFileLock {
  char *path; /* path of the lock file */
  int descriptor;
};

static int wait_for(int descriptor) {
  while (flock(descriptor, LOCK_EX) != 0)
    if (errno != EINTR)
      return errno;
  return 0;
}

/* Whether the locked file is still the lock file: the previous holder removes it, and then the lock
 * we waited for is worthless. */
static gboolean is_current(const HgFileLock *lock) {
  GStatBuf ours, current;
  return fstat(lock->descriptor, &ours) == 0 && g_stat(lock->path, &current) == 0 &&
         ours.st_ino == current.st_ino && ours.st_dev == current.st_dev;
}

/* 0 or errno. */
static int acquire(HgFileLock *lock) {
  while (TRUE) {
    lock->descriptor = g_open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (lock->descriptor < 0)
      return errno;
    const int reason = wait_for(lock->descriptor);
    if (reason == 0 && is_current(lock))
      return 0;
    close(lock->descriptor);
    lock->descriptor = -1;
    if (reason)
      return reason;
  }
}

HgFileLock *hg_file_lock_new(const char *path, GError **error) {
  HgTarget target;
  HgFileLock *lock = g_new0(HgFileLock, 1);
  lock->descriptor = -1;
  int reason = hg_target_resolve(&target, path);
  if (reason == 0) {
    lock->path = g_strconcat(target.path, ".lock", NULL);
    reason = acquire(lock);
  }
  hg_target_clear(&target);
  if (reason == 0)
    return lock;
  hg_output_set_error(error, path, reason);
  hg_file_lock_free(lock);
  return NULL;
}

void hg_file_lock_free(HgFileLock *lock) {
  if (!lock)
    return;
  if (lock->descriptor >= 0) {
    g_unlink(lock->path); /* removed before the lock is released */
    close(lock->descriptor);
  }
  g_free(lock->path);
  g_free(lock);
}
