/* new_devices.h - devices that the baseline does not have, and what only they do
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_NEW_DEVICES_H
#define HG_ANALYSIS_NEW_DEVICES_H

#include "analysis/contract/rule_run.h"
#include "baseline.h"

G_BEGIN_DECLS

typedef enum {
  HG_INDICATOR_OUTSIDE, /* uses an external service that no known host uses */
  HG_INDICATOR_INSIDE,  /* uses a service of the network that no host offered before */
  HG_INDICATOR_OFFERED, /* offers known hosts a service that no host offered before */
  HG_INDICATOR_TAKEN,   /* a MAC that is not in the baseline has an address that another MAC had */
  HG_INDICATOR_COUNT
} HgIndicatorKind;

typedef struct {
  HgIndicatorKind kind;
  double strength;                 /* 0 to 1 */
  const HgService *service;        /* NULL for HG_INDICATOR_TAKEN */
  const HgChangedBinding *binding; /* NULL for all others */
} HgIndicator;

typedef struct {
  guint32 host;
  GArray *indicators; /* HgIndicator, by kind, then as services are sorted */
} HgNewDevice;

typedef struct {
  GPtrArray *all; /* HgNewDevice with at least one indicator, by host number */
  guint outgoing; /* hosts of the baseline that used external services */
} HgNewDevices;

/* Whether the baseline is of this network: it has at least one in ten of the internal hosts.
 * `known` and `all` (may be NULL): how many it has of how many. */
gboolean hg_new_devices_are_at_home(HgRuleRun *run, guint *known, guint *all);

/* `packets`: packets to a service from which on it counts; `known`: with fewer known hosts,
 * indicators are weak. (transfer full) */
HgNewDevices *hg_new_devices_new(HgRuleRun *run, guint64 packets, guint known);
void hg_new_devices_free(HgNewDevices *new_devices);

G_END_DECLS
#endif
