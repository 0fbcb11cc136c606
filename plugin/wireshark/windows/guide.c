/* guide.c - Help: the user's guide in the browser
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* dladdr */
#endif
#include "guide.h"

#include <dlfcn.h>

#include "browser.h"

/* Beside the plugin, which may be installed for all users, for one user, or lie in a build folder.
 * (transfer full) */
static char *guide_path(void) {
  static const char here;
  Dl_info info;
  char *absolute, *folder, *path;

  if (dladdr(&here, &info) == 0 || info.dli_fname == NULL)
    return NULL;
  absolute = g_canonicalize_filename(info.dli_fname, NULL);
  folder = g_path_get_dirname(absolute);
  path = g_build_filename(folder, "hostgraph", "guide.html", NULL);
  g_free(absolute);
  g_free(folder);
  return path;
}

gboolean hg_guide_show(GError **error) {
  char *path = guide_path();
  gboolean shown = FALSE;

  if (path == NULL || !g_file_test(path, G_FILE_TEST_IS_REGULAR))
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                "The guide was not installed.\n\nIt belongs to %s.",
                path != NULL ? path : "the folder of the plugin");
  else
    shown = hg_browser_show(path, error);
  g_free(path);
  return shown;
}
