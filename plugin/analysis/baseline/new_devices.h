/* new_devices.h - devices that the known-normal traffic never had, and what only they do
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_NEW_DEVICES_H
#define HG_ANALYSIS_NEW_DEVICES_H

#include "analysis/contract/rule_run.h"
#include "baseline.h"

G_BEGIN_DECLS

typedef enum {
  HG_INDICATOR_OUTSIDE, /* asks for something outside that no known host asked for */
  HG_INDICATOR_INSIDE,  /* asks a host of the network for something that nobody offered */
  HG_INDICATOR_OFFERED, /* offers known hosts something that nobody offered */
  HG_INDICATOR_TAKEN,   /* a MAC that never was there speaks for an address that another one had */
  HG_INDICATOR_COUNT
} HgIndicatorKind;

typedef struct {
  HgIndicatorKind kind;
  double strength;                 /* 0 to 1 */
  const HgService *service;        /* NULL: HG_INDICATOR_TAKEN */
  const HgChangedBinding *binding; /* NULL: all others */
} HgIndicator;

typedef struct {
  guint32 host;
  GArray *signs; /* HgIndicator, in order of kind, then as services are sorted */
} HgNewDevice;

typedef struct {
  GPtrArray *all; /* HgNewDevice with signs, by host number */
  guint outgoing; /* hosts of the normal traffic that asked for something outside */
} HgNewDevices;

/* Whether the known traffic is of this network: it has one in ten of the internal hosts at least.
 * `known` and `all` (may be NULL): how many it has of how many. */
gboolean hg_new_devices_are_at_home(HgRuleRun *run, guint *known, guint *all);

/* `packets`: what a host sends to one service before that counts; `known`: fewer known hosts prove
 * little. (transfer full) */
HgNewDevices *hg_new_devices_new(HgRuleRun *run, guint64 packets, guint known);
void hg_new_devices_free(HgNewDevices *new_devices);

G_END_DECLS
#endif
