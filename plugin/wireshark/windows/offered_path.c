/* offered_path.c - the path that a dialog offers, and what a path that the user types means
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "offered_path.h"

#include <string.h>

#include "export/text/text.h"
#include "remembered.h"

char *hg_offered_folder(const HgOpenFile *file) {
  const char *last = hg_remembered(HG_REMEMBERED_FOLDER);
  char *path, *folder;

  if (last != NULL)
    return g_strdup(last);
  if (file->path == NULL || file->temporary)
    return g_strdup(g_get_home_dir());
  path = g_canonicalize_filename(file->path, NULL);
  folder = g_path_get_dirname(path);
  g_free(path);
  return folder;
}

/* The capture's name without ".gz" and ".pcapng", cleaned as in reports: a name that reads backwards is
 * not handed on. */
static char *stem(const HgOpenFile *file) {
  char *name = file->path != NULL && !file->temporary ? g_path_get_basename(file->path)
                                                      : g_strdup("capture");
  GString *clean;

  for (int suffixes = 0; suffixes < 2; suffixes++) {
    char *dot = strrchr(name, '.');

    if (dot == NULL || dot == name || strlen(dot) > strlen(".pcapng"))
      break;
    *dot = '\0';
  }
  clean = g_string_new(NULL);
  hg_text_plain(clean, name, -1);
  g_free(name);
  return g_string_free(clean, FALSE);
}

char *hg_offered_path(const HgOpenFile *file, const char *suffix) {
  char *folder = hg_offered_folder(file), *name = stem(file);
  char *leaf = g_strconcat(name, suffix, NULL);
  char *path = g_build_filename(folder, leaf, NULL);

  g_free(folder);
  g_free(name);
  g_free(leaf);
  return path;
}

char *hg_offered_absolute(const char *entered) {
  HgOpenFile file;
  char *folder, *path;

  if (g_str_has_prefix(entered, "~/"))
    return g_build_filename(g_get_home_dir(), entered + 2, NULL);
  if (*entered == '\0' || g_path_is_absolute(entered))
    return g_strdup(entered);
  hg_open_file_init(&file);
  folder = hg_offered_folder(&file);
  path = g_build_filename(folder, entered, NULL);
  g_free(folder);
  hg_open_file_clear(&file);
  return path;
}
