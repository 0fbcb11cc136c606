/* scan_tests.h - when failed first contacts amount to a scan of hosts
 *
 * Threshold random walk: J. Jung, V. Paxson, A. Berger, H. Balakrishnan, "Fast Portscan Detection
 * Using Sequential Hypothesis Testing", 2004, over a client's first contacts with hosts. Earlier
 * successes must not hide a later scan, so the walk counts from its lowest point: S. Schechter, J.
 * Jung, A. Berger, "Fast Detection of Scanning Worm Infections", 2004. The second criterion is
 * many failures on one port within some time.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_SCAN_TESTS_H
#define HG_ANALYSIS_SCAN_TESTS_H

#include "client_contacts.h"

G_BEGIN_DECLS

/* The parameters of rule address-scan, read once a run. */
typedef struct {
  double failure, success; /* steps of the sequential test, logarithms */
  double upper, lower;     /* thresholds of the decision */
  double targets, echo_targets, port_targets;
  gint64 window_ns;
} HgScanLimits;

HgScanLimits hg_scan_limits(const HgRuleRun *run);

/* The result of a criterion. */
typedef struct {
  GArray *failed;     /* guint32: indices into `list` */
  const GArray *list; /* HgClientContacts.services or .hosts */
  guint observed;
  double threshold;
  double ratio; /* likelihood ratio of the sequential test; 0: the other criterion */
  gint32 port;  /* port of the criterion for one port; -1: any */
} HgScanVerdict;

/* The smallest number of failures that can make a scan over any transport. */
double hg_scan_least(const HgScanLimits *limits);

/* FALSE: there are too few failures for either criterion. The contacts need not be settled. */
gboolean hg_scan_is_possible(const HgScanLimits *limits, const HgClientContacts *contacts);

/* The two criteria over settled contacts. `verdict->failed` must be empty and the rest zero. The
 * second one sorts `contacts->services` by port and time. */
gboolean hg_scan_test_hosts(const HgScanLimits *limits, const HgClientContacts *contacts,
                            HgScanVerdict *verdict);
gboolean hg_scan_test_port(const HgScanLimits *limits, HgClientContacts *contacts,
                           HgScanVerdict *verdict);

G_END_DECLS
#endif
