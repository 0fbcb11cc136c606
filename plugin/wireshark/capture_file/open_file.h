/* open_file.h - the capture file that Wireshark has open, and how to go over its packets once more
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_OPEN_FILE_H
#define HG_WIRESHARK_OPEN_FILE_H

#include "wireshark/compat.h"

#include "wireshark/tap/live.h"

G_BEGIN_DECLS

/* What the plugin needs to know of the file, copied. */
typedef struct {
  gboolean open;
  gboolean reading;   /* packets are still coming: the file is loaded, or a capture is running */
  gboolean busy;      /* Wireshark is going over the packets right now */
  gboolean temporary; /* the file belongs to a capture that was not saved yet */
  gboolean stopped;   /* the user stopped the last pass over the packets */
  guint32 frames;     /* read so far, without those that the user ignores */
  char *path;
  char *filter; /* the display filter in force; NULL: none */
} HgOpenFile;

void hg_open_file_init(HgOpenFile *file);
void hg_open_file_clear(HgOpenFile *file);

/* The file's name without its folder, for a heading; NULL: no file is open. (transfer full) */
char *hg_open_file_name(void);

/* Whether a pass over the packets could begin now. FALSE and `error`: no file is open, or Wireshark
 * is busy with it. */
gboolean hg_open_file_ready(GError **error);

/* Goes over all packets before it returns. Windows stay alive meanwhile, so the user may have closed
 * any of them. FALSE and `error` as above: no pass began, and no tally was reset. */
gboolean hg_open_file_retap(GError **error);

/* After a retap: whether `live` has not seen all packets, because the user stopped the pass or the
 * file could not be read. `filtered`: `live` has a display filter, so its number of frames says
 * nothing. */
gboolean hg_open_file_partial(const HgLive *live, gboolean filtered);

G_END_DECLS
#endif
