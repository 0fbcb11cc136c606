/* gui_file.h - the capture file that Wireshark has open, and how to go over it once more
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_GUI_FILE_H
#define HG_WIRESHARK_GUI_FILE_H

#include "wireshark/compat.h"
#include <epan/funnel.h>

#include "wireshark/tap/live.h"

G_BEGIN_DECLS

/* Wireshark's windows; NULL without a GUI, and when Wireshark is about to end. */
const funnel_ops_t *hg_gui_ops(void);

/* A copy of what is of interest here. */
typedef struct {
  gboolean open;
  gboolean reading;   /* packets are still coming: the file is loaded, or a capture is running */
  gboolean busy;      /* Wireshark is going over the packets right now */
  gboolean temporary; /* of a capture that was not saved yet */
  gboolean stopped;   /* the last pass over the packets was stopped by the user */
  guint32 frames;     /* read so far, without those that the user ignores */
  char *path;
  char *filter; /* the display filter in force; NULL: none */
} HgGuiFile;

void hg_gui_file_init(HgGuiFile *file);
void hg_gui_file_clear(HgGuiFile *file);

/* Whether all packets could be gone over now. FALSE and `error`: no file is open, or Wireshark is
 * busy with it. */
gboolean hg_gui_file_ready(GError **error);

/* Goes over all packets, synchronously; windows are served meanwhile, so anything may have been
 * closed when it returns. FALSE and `error` as above: nothing was done, no tally was reset. */
gboolean hg_gui_file_retap(GError **error);

/* After a retap: the user stopped it, or reading failed, so `live` has not seen all. `filtered`:
 * it has a display filter of its own, so that frames cannot be compared. */
gboolean hg_gui_file_partial(const HgLive *live, gboolean filtered);

/* Message boxes. Take the error (transfer full). */
void hg_gui_show_error(GError *error);

G_END_DECLS
#endif
