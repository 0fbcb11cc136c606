/* live.h - a tally that follows Wireshark's dissection
 *
 * Registers the taps that one tally needs ("frame", and what tells TCP, UDP and logins), fills in
 * an HgPacket for each frame and hands it over. Reset (reload, retap, redissection) starts a new
 * tally; draw tells the owner that there is something new to look at.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_LIVE_H
#define HG_WIRESHARK_LIVE_H

#include "tally/tally.h"

G_BEGIN_DECLS

typedef struct HgLive HgLive;

typedef void (*HgLiveDraw)(HgLive *live, gpointer data);

/* Whether a frame is to be tallied. */
typedef gboolean (*HgFrameFilter)(guint32 frame, gpointer data);

/* Attaches to the taps. `filter`: a display filter, or NULL. With options->evidence off neither
 * protocol trees nor columns are asked for. NULL and `error`: the filter does not compile, with
 * Wireshark's own reason. (transfer full) */
HgLive *hg_live_new(const HgTallyOptions *options, const char *filter, HgLiveDraw draw,
                    gpointer data, GError **error);

/* From now on only frames that `wanted` accepts are tallied; it gets the data of draw. For choices that no
 * display filter can express. */
void hg_live_set_frame_filter(HgLive *live, HgFrameFilter wanted);

/* Detaches. Not from inside a draw. */
void hg_live_free(HgLive *live);

/* The tally so far; replaced at each reset. Borrowed. */
const HgTally *hg_live_tally(HgLive *live);

/* Frames that the frame tap delivered since the last reset: fewer than the file has when a retap
 * was aborted (and no filter is set). */
guint32 hg_live_frames(const HgLive *live);

G_END_DECLS
#endif
