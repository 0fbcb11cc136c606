/* dialog_memory.c - what the export dialog offers: remembered, else derived from the capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialog_memory.h"

#include "preferences.h"

#include <string.h>

static char *last_folder, *last_suffix, *last_suspects;

static void replace(char **slot, char *value) {
  g_free(*slot);
  *slot = value;
}

void hg_dialog_memory_store(const char *path, const char *suspects) {
  const char *name = strrchr(path, G_DIR_SEPARATOR), *dot = strrchr(path, '.');

  if (name != NULL)
    replace(&last_folder, g_path_get_dirname(path));
  if (dot != NULL && (name == NULL || dot > name) && hg_format_for_path(path) != NULL)
    replace(&last_suffix, g_strdup(dot));
  replace(&last_suspects, g_strdup(suspects));
}

void hg_dialog_memory_forget(void) {
  replace(&last_folder, NULL);
  replace(&last_suffix, NULL);
  replace(&last_suspects, NULL);
}

char *hg_dialog_memory_folder(const HgGuiFile *file) {
  char *path, *folder;

  if (last_folder != NULL)
    return g_strdup(last_folder);
  if (file->path == NULL || file->temporary)
    return g_strdup(g_get_home_dir());
  path = g_canonicalize_filename(file->path, NULL);
  folder = g_path_get_dirname(path);
  g_free(path);
  return folder;
}

/* The capture's name without ".gz" and ".pcapng". */
static char *stem(const HgGuiFile *file) {
  char *name = file->path != NULL && !file->temporary ? g_path_get_basename(file->path)
                                                      : g_strdup("capture");

  for (int suffixes = 0; suffixes < 2; suffixes++) {
    char *dot = strrchr(name, '.');

    if (dot == NULL || dot == name || strlen(dot) > strlen(".pcapng"))
      break;
    *dot = '\0';
  }
  return name;
}

char *hg_dialog_memory_path(const HgGuiFile *file, const HgRequest *request) {
  char *folder, *name, *leaf, *path;

  if (request->exports != NULL && request->exports->len > 0)
    return g_strdup(((const HgExport *)request->exports->pdata[0])->path);
  folder = hg_dialog_memory_folder(file);
  name = stem(file);
  leaf = last_suffix != NULL ? g_strconcat(name, last_suffix, NULL)
                             : g_strconcat(name, ".", hg_preferences_format()->suffixes[0], NULL);
  path = g_build_filename(folder, leaf, NULL);
  g_free(folder);
  g_free(name);
  g_free(leaf);
  return path;
}

char *hg_dialog_memory_suspects(const HgRequest *request) {
  if (request->report.suspects != NULL && *request->report.suspects != NULL)
    return g_strjoinv(" ", request->report.suspects);
  return g_strdup(last_suspects != NULL ? last_suspects : "");
}

char *hg_dialog_memory_file_label(void) {
  GString *label = g_string_new("File (");

  for (guint i = 0; hg_formats[i] != NULL; i++)
    if (hg_formats[i]->suffixes[0] != NULL)
      g_string_append_printf(label, "%s.%s", i > 0 ? ", " : "", hg_formats[i]->suffixes[0]);
  g_string_append_c(label, ')');
  return g_string_free(label, FALSE);
}
