/* private_folder.c - a folder for pages that the browser shows; it is removed when Wireshark ends
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "private_folder.h"

#include <glib/gstdio.h>

static char *folder; /* NULL: not made yet */
static guint given;

char *hg_private_folder_path(const char *name, GError **error) {
  char *leaf, *path;

  if (folder != NULL && !g_file_test(folder, G_FILE_TEST_IS_DIR))
    g_clear_pointer(&folder, g_free); /* something has removed it */
  if (folder == NULL)
    folder = g_dir_make_tmp("hostgraph-XXXXXX", error); /* mode 0700 */
  if (folder == NULL)
    return NULL;
  leaf = g_strdup_printf("%u-%s", ++given, name);
  path = g_build_filename(folder, leaf, NULL);
  g_free(leaf);
  return path;
}

void hg_private_folder_remove(void) {
  GDir *dir = folder != NULL ? g_dir_open(folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
    char *path = g_build_filename(folder, name, NULL);

    g_unlink(path);
    g_free(path);
  }
  if (dir != NULL) {
    g_dir_close(dir);
    g_rmdir(folder);
  }
  g_clear_pointer(&folder, g_free);
}
