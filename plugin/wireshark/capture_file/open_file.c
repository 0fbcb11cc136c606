/* open_file.c - the capture file that Wireshark has open, and how to go over its packets once more
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "open_file.h"

#include <epan/plugin_if.h>

#include "wireshark/gui.h"

static void *copy_file(capture_file *cf, void *data) {
  HgOpenFile *file = data;

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

void hg_open_file_init(HgOpenFile *file) {
  *file = (HgOpenFile){.open = FALSE};
  plugin_if_get_capture_file(copy_file, file);
}

void hg_open_file_clear(HgOpenFile *file) {
  g_clear_pointer(&file->path, g_free);
  g_clear_pointer(&file->filter, g_free);
}

char *hg_open_file_name(void) {
  HgOpenFile file;
  char *name;

  hg_open_file_init(&file);
  name = file.path != NULL ? g_path_get_basename(file.path) : NULL;
  hg_open_file_clear(&file);
  return name;
}

gboolean hg_open_file_ready(GError **error) {
  HgOpenFile file;
  gboolean ready = FALSE;

  hg_open_file_init(&file);
  if (!file.open || hg_gui_ops() == NULL)
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOENT,
                        "No capture file is open.\n\nOpen one, or start a capture, and try again.");
  else if (file.busy)
    /* A nested pass would fail, but reset all statistics before it does. */
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                        "Wireshark is still going over the packets.\n\nTry again when it is done.");
  else
    ready = TRUE;
  hg_open_file_clear(&file);
  return ready;
}

gboolean hg_open_file_retap(GError **error) {
  const funnel_ops_t *ops;

  if (!hg_open_file_ready(error))
    return FALSE;
  ops = hg_gui_ops();
  ops->retap_packets(ops->ops_id);
  return TRUE;
}

gboolean hg_open_file_partial(const HgLive *live, gboolean filtered) {
  HgOpenFile file;
  gboolean partial;

  hg_open_file_init(&file);
  partial = file.open && (file.stopped || (!filtered && hg_live_frames(live) < file.frames));
  hg_open_file_clear(&file);
  return partial;
}
