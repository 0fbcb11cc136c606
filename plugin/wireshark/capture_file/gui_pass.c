/* gui_pass.c - one pass over the packets of the open file, for something that needs all of them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "gui_pass.h"

#include "gui_file.h"

HgLive *hg_gui_pass(const HgRequest *request, const char *done, GError **error) {
  HgLive *live = hg_live_new(&request->tally, request->filter, NULL, NULL, error);

  if (live == NULL)
    return NULL;
  if (hg_gui_file_retap(error)) {
    if (!hg_gui_file_partial(live, request->filter != NULL))
      return live;
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INTR,
                "Nothing was %s.\n\nNot all packets were gone over.", done);
  }
  hg_live_free(live);
  return NULL;
}

char *hg_gui_pass_capture(void) {
  HgGuiFile file;
  char *name;

  hg_gui_file_init(&file);
  name = file.path != NULL ? g_path_get_basename(file.path) : NULL;
  hg_gui_file_clear(&file);
  return name;
}
