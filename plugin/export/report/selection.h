/* selection.h - the hosts that a report is about: red-flagged, suspect, traced
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SELECTION_H
#define HG_EXPORT_SELECTION_H

#include "report.h"

G_BEGIN_DECLS

typedef struct {
  GArray *flagged;              /* guint32 host numbers, as the user gave them, once each */
  GPtrArray *unseen;            /* what no packet has; borrowed from the options */
  GHashTable *first_indicators; /* result of hg_first_indicators_new */
  GPtrArray *traces;            /* HgTrace, forward before backward */
  guint8 *reach;                /* HgReach by host number */
  guint untraced;               /* suspects without a trace */
  GHashTable *rules;            /* of a device -> GPtrArray of rule ids, sorted, NULL-terminated */
} HgSelection;

/* `ids`: of all hosts; see hg_naming_ids. */
HgSelection *hg_selection_new(const HgAnalysis *analysis, const HgReportOptions *options,
                              const GPtrArray *ids);
/* The selection for groups of hosts: each has the highest reach of its hosts, the earliest first
 * indicator, and all rules; those of a device count in each group that has one of its addresses.
 * `analysis`: of the hosts; `becomes`: by host. */
HgSelection *hg_selection_fold(const HgSelection *hosts, const HgAnalysis *analysis,
                               const HgAnalysis *folded, const guint32 *becomes);
void hg_selection_free(HgSelection *selection);

G_END_DECLS
#endif
