/* target.h - where writing to a path really goes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_TARGET_H
#define HG_EXPORT_TARGET_H

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

typedef enum {
  HG_TARGET_FILE,      /* a regular file, there or to be made */
  HG_TARGET_DEVICE,    /* a pipe, a device, a socket: written to directly */
  HG_TARGET_DESCRIPTOR /* /dev/stdout and its kin: an open descriptor of this process */
} HgTargetKind;

typedef struct {
  HgTargetKind kind;
  char *path;     /* with symbolic links followed, so that a link stays a link */
  int descriptor; /* HG_TARGET_DESCRIPTOR */
  gboolean exists;
  struct stat status; /* meaningful with `exists` */
} HgTarget;

/* Finds out, changing nothing. 0, or the errno for which it cannot be written: no such folder, no
 * permission, a folder. Always to be cleared. */
int hg_target_resolve(HgTarget *target, const char *path);
void hg_target_clear(HgTarget *target);

G_END_DECLS
#endif
