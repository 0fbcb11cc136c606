/* view.h - one way to look at a tally, with what is derived from it
 *
 * An analysis has up to three: hosts as they were tallied, with all IP addresses of a device as one
 * host (what rules judge), and with each device as one host (what a user may ask to see). Where two
 * would be the same they are one.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_VIEW_H
#define HG_ANALYSIS_VIEW_H

#include "analysis/baseline/baseline.h"
#include "analysis/basics/devices.h"
#include "analysis/measures/answers.h"

G_BEGIN_DECLS

typedef struct {
  const HgTally *tally;
  HgTally *folded; /* `tally` where the view owns it; else NULL */
  HgServiceTable *services;
  guint8 *scopes; /* HgScope by host */
  HgRoles *roles;
  HgArpOwners *owners;  /* NULL until somebody asks for it */
  HgAnswers *answers;   /* NULL until somebody asks for it: hg_view_answers */
  HgBaseline *baseline; /* NULL: none was given, or nobody needs it */
  guint32 *devices;     /* by host: the one that stands for its device */
} HgView;

/* The tally as it is. It must outlive the view. (transfer full) */
HgView *hg_view_new(const HgTally *tally, const HgDevices *devices);
/* Takes `folded`, which hg_devices_fold made of `tally` (transfer full, both). */
HgView *hg_view_new_folded(HgTally *folded, const HgTally *tally, const HgDevices *devices);
void hg_view_free(HgView *view);

/* Who was answered when, worked out once. */
const HgAnswers *hg_view_answers(HgView *view);

/* Compares the view with known-normal traffic, once. */
void hg_view_compare(HgView *view, const HgTally *normal);

/* By host of `from`: the host of `to` that has its address. Both are views of one tally. (transfer
 * full) */
guint32 *hg_view_translate(const HgView *from, const HgView *to);

G_END_DECLS
#endif
