/* capture.h - which capture a frame is of, when a tally holds several
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CAPTURE_H
#define HG_TALLY_CAPTURE_H

#include "traffic.h"

G_BEGIN_DECLS

typedef struct {
  char *name;   /* of its file; NULL: not known (yet) */
  char *filter; /* display filter that selected its packets; NULL: none, or not known yet */
  guint32 frames_before; /* its frame n is frame frames_before + n of the tally */
  guint32 frames;        /* its highest frame number */
  gint64 start_ns;       /* zero of its relative times; HG_TIME_NONE: its packets have none */
  HgTraffic traffic;     /* of its packets; frames are numbered as in the tally */
  guint64 without_time;  /* packets that have no time of their own */
} HgCapture;

/* A new array of HgCapture that owns its texts; tallies keep it in the order of frames.
 * (transfer full) */
GArray *hg_capture_array_new(void);
/* Appends a copy. */
void hg_capture_array_add(GArray *captures, const HgCapture *capture);

/* The order in which captures follow one another: by start. End, size and name come after it, so
 * that the order of two captures that differ is always the same. < 0, 0, > 0. */
gint hg_capture_compare(const HgCapture *a, const HgCapture *b);

G_END_DECLS
#endif
