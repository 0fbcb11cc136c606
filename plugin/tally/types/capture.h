/* capture.h - which capture a frame is of, when a tally holds several
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CAPTURE_H
#define HG_TALLY_CAPTURE_H

#include "traffic.h"

G_BEGIN_DECLS

typedef struct {
  char *name;            /* of its file; NULL: not known (yet) */
  char *filter;          /* display filter that chose its packets; NULL: none, or not known yet */
  guint32 frames_before; /* its own frame n is frame frames_before + n of the tally */
  guint32 frames;        /* its own highest frame number */
  gint64 start_ns;       /* zero of its relative times */
  HgTraffic traffic;     /* what was tallied of it; frames as in the tally */
} HgCapture;

/* Those of a tally, in the order of frames: an array of HgCapture that owns the names. */
GArray *hg_capture_array_new(void);
/* Appends a copy. */
void hg_capture_array_add(GArray *captures, const HgCapture *capture);

/* The order in which captures are taken for one another's continuation: start, then, so that any
 * two differ where they can, end and size. < 0, 0, > 0. */
gint hg_capture_compare(const HgCapture *a, const HgCapture *b);

G_END_DECLS
#endif
