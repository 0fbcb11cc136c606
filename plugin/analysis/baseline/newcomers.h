/* newcomers.h - devices that the known-normal traffic never had, and what only they do
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_NEWCOMERS_H
#define HG_ANALYSIS_NEWCOMERS_H

#include "analysis/rule.h"

G_BEGIN_DECLS

typedef enum {
  HG_SIGN_OUTSIDE, /* asks for something outside that no known host asked for */
  HG_SIGN_INSIDE,  /* asks a host of the network for something that nobody offered */
  HG_SIGN_OFFERED, /* offers known hosts something that nobody offered */
  HG_SIGN_TAKEN,   /* a MAC that never was there speaks for an address that another one had */
  HG_SIGN_COUNT
} HgSignKind;

typedef struct {
  HgSignKind kind;
  double strength;                 /* 0 to 1 */
  const HgService *service;        /* NULL: HG_SIGN_TAKEN */
  const HgChangedBinding *binding; /* NULL: all others */
} HgSign;

typedef struct {
  guint32 host;
  GArray *signs; /* HgSign, in order of kind, then as services are sorted */
} HgNewcomer;

typedef struct {
  GPtrArray *all; /* HgNewcomer with signs, by host number */
  guint outgoing; /* hosts of the normal traffic that asked for something outside */
} HgNewcomers;

/* Whether the known traffic is of this network: it has one in ten of the internal hosts at least.
 * `known` and `all` (may be NULL): how many it has of how many. */
gboolean hg_newcomers_are_at_home(HgRuleRun *run, guint *known, guint *all);

/* `packets`: what a host sends to one service before that counts; `known`: fewer known hosts prove
 * little. (transfer full) */
HgNewcomers *hg_newcomers_new(HgRuleRun *run, guint64 packets, guint known);
void hg_newcomers_free(HgNewcomers *newcomers);

G_END_DECLS
#endif
