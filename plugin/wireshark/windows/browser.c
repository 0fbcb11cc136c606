/* browser.c - shows a page in the user's browser
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "browser.h"

#include "wireshark/gui.h"

gboolean hg_browser_show(const char *path, GError **error) {
  const funnel_ops_t *ops = hg_gui_ops();
  char *address = g_filename_to_uri(path, NULL, error);
  gboolean shown;

  if (address == NULL)
    return FALSE;
  shown = ops != NULL && ops->browser_open_url(address);
  g_free(address);
  if (!shown)
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
                "No browser could be started.\n\nThe page is there as long as Wireshark runs:\n%s",
                path);
  return shown;
}
