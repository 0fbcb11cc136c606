/* pass.c - one pass over the packets of the open file, for something that needs all of them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pass.h"

#include "open_file.h"

HgLive *hg_pass_run(const HgRequest *request, const char *done, GError **error) {
  HgLive *live = hg_live_new(&request->tally, request->filter, NULL, NULL, error);

  if (live == NULL)
    return NULL;
  if (hg_open_file_retap(error)) {
    if (!hg_open_file_partial(live, request->filter != NULL))
      return live;
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INTR,
                "Nothing was %s.\n\nNot all packets were gone over.", done);
  }
  hg_live_free(live);
  return NULL;
}
