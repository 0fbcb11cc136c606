/* gui_file.c - the capture file that Wireshark has open, and how to go over it once more
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "gui_file.h"

#include <epan/plugin_if.h>
#include <wsutil/report_message.h>

const funnel_ops_t *hg_gui_ops(void) {
  const funnel_ops_t *ops = funnel_get_funnel_ops();

  return ops != NULL && ops->ops_id != NULL ? ops : NULL;
}

static void *copy_file(capture_file *cf, void *data) {
  HgGuiFile *file = data;

  /* A closed file may keep the state of the open one, but not its name. */
  file->open = cf->state != FILE_CLOSED && cf->filename != NULL;
  if (!file->open)
    return NULL;
  file->reading = cf->state == FILE_READ_IN_PROGRESS;
  file->busy = cf->read_lock || cf->redissecting;
  file->temporary = cf->is_tempfile;
  file->stopped = cf->stop_flag;
  file->frames = cf->count - MIN(cf->count, cf->ignored_count);
  file->path = g_strdup(cf->filename);
  file->filter = cf->dfilter != NULL && *cf->dfilter != '\0' ? g_strdup(cf->dfilter) : NULL;
  return NULL;
}

void hg_gui_file_init(HgGuiFile *file) {
  *file = (HgGuiFile){.open = FALSE};
  plugin_if_get_capture_file(copy_file, file);
}

void hg_gui_file_clear(HgGuiFile *file) {
  g_clear_pointer(&file->path, g_free);
  g_clear_pointer(&file->filter, g_free);
}

gboolean hg_gui_file_ready(GError **error) {
  HgGuiFile file;
  gboolean ready = FALSE;

  hg_gui_file_init(&file);
  if (!file.open || hg_gui_ops() == NULL)
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                        "No capture file is open.\n\nOpen one, or start a capture, and try again.");
  else if (file.busy)
    /* A nested pass would fail, but reset all statistics before it does. */
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                        "Wireshark is still going over the packets.\n\nTry again when it is done.");
  else
    ready = TRUE;
  hg_gui_file_clear(&file);
  return ready;
}

gboolean hg_gui_file_retap(GError **error) {
  const funnel_ops_t *ops;

  if (!hg_gui_file_ready(error))
    return FALSE;
  ops = hg_gui_ops();
  ops->retap_packets(ops->ops_id);
  return TRUE;
}

gboolean hg_gui_file_partial(const HgLive *live, gboolean filtered) {
  HgGuiFile file;
  gboolean partial;

  hg_gui_file_init(&file);
  partial = file.open && (file.stopped || (!filtered && hg_live_frames(live) < file.frames));
  hg_gui_file_clear(&file);
  return partial;
}

void hg_gui_show_error(GError *error) {
  report_failure("%s", error->message);
  g_error_free(error);
}
