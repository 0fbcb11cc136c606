/* baseline_private.h - the steps of comparing a capture with known-normal traffic
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_BASELINE_PRIVATE_H
#define HG_ANALYSIS_BASELINE_PRIVATE_H

#include "baseline.h"

G_BEGIN_DECLS

struct HgBaseline {
  HgWorkedOut now;
  HgWorkedOut normal;    /* its tables are owned by the baseline */
  gboolean protocols;    /* protocols can be compared */
  guint32 *twins;        /* by host: its number in the known-normal traffic, or HG_NO_HOST */
  guint32 *place;        /* by host: its place in `hosts`, or HG_NO_HOST */
  guint8 *new_pairs;     /* by conversation */
  GArray *hosts;         /* HgNewHost */
  GArray *macs;          /* HgNewMac */
  GArray *conversations; /* guint32 */
  GArray *services;      /* HgNewService */
  GArray *bindings;      /* HgChangedBinding */
  GArray *shifts;        /* HgProtocolShift */
  guint moved;
};

/* The steps of hg_baseline_new. Each fills in its own lists. */
void hg_baseline_compare_hosts(HgBaseline *baseline); /* hosts, conversations */
void hg_baseline_compare_macs(HgBaseline *baseline);  /* macs, bindings; adds to hosts */
void hg_baseline_compare_services(HgBaseline *baseline);
void hg_baseline_compare_protocols(HgBaseline *baseline);

/* Sorts by scope (external last), then address: < 0, 0, > 0. HG_NO_HOST comes last. */
gint hg_baseline_order_hosts(const HgBaseline *baseline, guint32 a, guint32 b);

G_END_DECLS
#endif
