/* target.c - where writing to a path really goes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "target.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More links than this in a row are a loop (as in Linux). */
#define MAX_LINKS 40

/* The descriptor that a path such as /dev/stdout names; -1: none. Opening the path again would lose
 * the position in a file to which the descriptor is redirected. */
static int descriptor_of(const char *path) {
  static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
  if (strcmp(path, "/dev/stdout") == 0)
    return STDOUT_FILENO;
  if (strcmp(path, "/dev/stderr") == 0)
    return STDERR_FILENO;
  for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
    guint64 number;
    if (g_str_has_prefix(path, folders[i]) &&
        g_ascii_string_to_unsigned(path + strlen(folders[i]), 10, 0, G_MAXINT, &number, NULL))
      return (int)number;
  }
  return -1;
}

/* The target of a link, as a path that can be opened from here; NULL: no link. */
static char *follow(const char *path) {
  char *link = g_file_read_link(path, NULL);
  if (!link || g_path_is_absolute(link))
    return link;
  char *folder = g_path_get_dirname(path);
  char *absolute = g_build_filename(folder, link, NULL);
  g_free(folder);
  g_free(link);
  return absolute;
}

/* The file at the end of a chain of links, which need not exist. NULL: a loop. (transfer full) */
static char *follow_all(const char *path) {
  char *current = g_strdup(path);
  for (int i = 0; i < MAX_LINKS; i++) {
    char *next = follow(current);
    if (!next)
      return current;
    g_free(current);
    current = next;
  }
  g_free(current);
  return NULL;
}

static int check_existing(HgTarget *target) {
  if (S_ISDIR(target->status.st_mode))
    return EISDIR;
  target->kind = S_ISREG(target->status.st_mode) ? HG_TARGET_FILE : HG_TARGET_DEVICE;
  return access(target->path, W_OK) == 0 ? 0 : errno;
}

/* Checks the folder: old files are replaced by new ones, so it must be writable in any case. */
static int check_folder(const char *path) {
  if (*path == '\0')
    return ENOENT;
  if (g_str_has_suffix(path, "/"))
    return EISDIR;
  char *folder = g_path_get_dirname(path);
  const int result = access(folder, W_OK | X_OK) == 0 ? 0 : errno;
  g_free(folder);
  return result;
}

int hg_target_resolve(HgTarget *target, const char *path) {
  memset(target, 0, sizeof *target);
  target->descriptor = descriptor_of(path);
  if (target->descriptor >= 0) {
    target->kind = HG_TARGET_DESCRIPTOR;
    target->path = g_strdup(path);
    target->exists = TRUE;
    return fstat(target->descriptor, &target->status) == 0 ? 0 : errno;
  }
  target->path = follow_all(path);
  if (!target->path)
    return ELOOP;
  target->exists = stat(target->path, &target->status) == 0;
  if (!target->exists && errno != ENOENT)
    return errno;
  const int reason = target->exists ? check_existing(target) : 0;
  if (reason || target->kind != HG_TARGET_FILE)
    return reason;
  return check_folder(target->path);
}

void hg_target_clear(HgTarget *target) {
  g_free(target->path);
  memset(target, 0, sizeof *target);
}
