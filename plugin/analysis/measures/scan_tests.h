/* scan_tests.h - when first contacts that fail make a scan of hosts
 *
 * Threshold random walk: J. Jung, V. Paxson, A. Berger, H. Balakrishnan, "Fast Portscan Detection
 * Using Sequential Hypothesis Testing", 2004, over a client's first contacts with hosts. What a
 * host was good for before must not hide what it does now, so the walk counts from its lowest
 * point on: S. Schechter, J. Jung, A. Berger, "Fast Detection of Scanning Worm Infections", 2004.
 * Beside it, many failures on one port within some time.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_SCAN_TESTS_H
#define HG_ANALYSIS_SCAN_TESTS_H

#include "client_contacts.h"

G_BEGIN_DECLS

/* The parameters of rule address-scan, read once a run. */
typedef struct {
  double failure, success; /* steps of the sequential test, logarithms */
  double upper, lower;     /* where it decides */
  double targets, echo_targets, port_targets;
  gint64 window_ns;
} HgScanLimits;

HgScanLimits hg_scan_limits(const HgRuleRun *run);

/* What a criterion found. */
typedef struct {
  GArray *failed;     /* guint32: indices into the list that it looked at */
  const GArray *list; /* HgClientContacts.services or .hosts */
  guint observed;
  double threshold;
  double ratio; /* of the sequential test; 0: the other criterion */
  gint32 port;  /* of the criterion for one port; -1: any */
} HgScanVerdict;

/* Fewer failures make no scan, whatever the transport. */
double hg_scan_least(const HgScanLimits *limits);

/* FALSE when there are too few failures for either criterion. Needs no settled contacts. */
gboolean hg_scan_is_possible(const HgScanLimits *limits, const HgClientContacts *contacts);

/* The criteria, over settled contacts; `verdict->failed` is empty, the rest zero. The second one
 * sorts `contacts->services` by port and time. */
gboolean hg_scan_test_hosts(const HgScanLimits *limits, const HgClientContacts *contacts,
                            HgScanVerdict *verdict);
gboolean hg_scan_test_port(const HgScanLimits *limits, HgClientContacts *contacts,
                           HgScanVerdict *verdict);

G_END_DECLS
#endif
