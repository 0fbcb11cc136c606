/* target.h - where writing to a path really goes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_TARGET_H
#define HG_EXPORT_TARGET_H

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

typedef enum {
  HG_TARGET_FILE,      /* a regular file, which exists or will be created */
  HG_TARGET_DEVICE,    /* a pipe, a device, a socket: written to directly */
  HG_TARGET_DESCRIPTOR /* /dev/stdout and the like: an open descriptor of this process */
} HgTargetKind;

typedef struct {
  HgTargetKind kind;
  char *path;     /* path with symbolic links resolved, so that a link stays a link */
  int descriptor; /* HG_TARGET_DESCRIPTOR */
  gboolean exists;
  struct stat status; /* valid if `exists` */
} HgTarget;

/* Resolves the path without changing anything. 0, or the errno that prevents writing: no such
 * folder, no permission, a folder. Always clear the target afterwards. */
int hg_target_resolve(HgTarget *target, const char *path);
void hg_target_clear(HgTarget *target);

G_END_DECLS
#endif
