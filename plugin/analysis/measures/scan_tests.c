/* scan_tests.c - when failed first contacts amount to a scan of hosts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "scan_tests.h"

#include <math.h>

static const HgFirstContact *contact_at(const GArray *list, guint i) {
  return &g_array_index(list, HgFirstContact, i);
}

HgScanLimits hg_scan_limits(const HgRuleRun *run) {
  const double theta0 = hg_rule_run_parameter(run, "theta0");
  const double theta1 = hg_rule_run_parameter(run, "theta1");
  const double alpha = hg_rule_run_parameter(run, "alpha");
  const double beta = hg_rule_run_parameter(run, "beta");
  const double window = hg_rule_run_parameter(run, "window");
  return (HgScanLimits){.failure = log((1 - theta1) / (1 - theta0)),
                        .success = log(theta1 / theta0),
                        .upper = log(beta / alpha),
                        .lower = log((1 - beta) / (1 - alpha)),
                        .targets = hg_rule_run_parameter(run, "targets"),
                        .echo_targets = hg_rule_run_parameter(run, "echo-targets"),
                        .port_targets = hg_rule_run_parameter(run, "port-targets"),
                        .window_ns = (gint64)(window * G_GINT64_CONSTANT(1000000000))};
}

static double targets_of(const HgScanLimits *limits, const HgClientContacts *contacts) {
  return hg_client_contacts_are_echo(contacts) ? limits->echo_targets : limits->targets;
}

double hg_scan_least(const HgScanLimits *limits) {
  return MIN(MIN(limits->targets, limits->echo_targets), limits->port_targets);
}

gboolean hg_scan_is_possible(const HgScanLimits *limits, const HgClientContacts *contacts) {
  return contacts->failed >= MIN(targets_of(limits, contacts), limits->port_targets);
}

/* --- the sequential test --- */

/* The test starts again after it decided for "no scanner". */
gboolean hg_scan_test_hosts(const HgScanLimits *limits, const HgClientContacts *contacts,
                            HgScanVerdict *verdict) {
  const double targets = targets_of(limits, contacts);
  double walk = 0, lowest = 0, highest_rise = 0;
  gboolean decided = FALSE;
  for (guint32 i = 0; i < contacts->hosts->len; i++) {
    const gboolean failed = contact_at(contacts->hosts, i)->failed;
    walk += failed ? limits->failure : limits->success;
    if (failed)
      g_array_append_val(verdict->failed, i);
    lowest = MIN(lowest, walk);
    highest_rise = MAX(highest_rise, walk - lowest);
    decided |= highest_rise >= limits->upper && verdict->failed->len >= targets;
    if (!decided && walk <= limits->lower) {
      walk = lowest = highest_rise = 0;
      g_array_set_size(verdict->failed, 0);
    }
  }
  verdict->list = contacts->hosts;
  verdict->observed = verdict->failed->len;
  verdict->threshold = targets;
  verdict->ratio = exp(MIN(highest_rise, 600));
  verdict->port = -1;
  return decided;
}

/* --- many failures on one port --- */

static gint compare_port_then_time(gconstpointer a, gconstpointer b) {
  const HgFirstContact *x = a, *y = b;
  return x->port != y->port ? (x->port < y->port ? -1 : 1) : hg_first_contact_compare(a, b);
}

/* The most failures of the contacts from..to, all of one port, within a window in which failures
 * outnumber successes. A busy proxy, resolver or mail server has failures, too, but more answers.
 */
static guint busiest_window(const GArray *list, guint from, guint to, gint64 window_ns) {
  guint most = 0, failed = 0;
  for (guint first = from, last = from; last < to; last++) {
    failed += contact_at(list, last)->failed;
    while (first < last && hg_time_distance(contact_at(list, first)->time_ns,
                                            contact_at(list, last)->time_ns) > window_ns)
      failed -= contact_at(list, first++)->failed;
    if (failed * 2 > last - first + 1)
      most = MAX(most, failed);
  }
  return most;
}

gboolean hg_scan_test_port(const HgScanLimits *limits, HgClientContacts *contacts,
                           HgScanVerdict *verdict) {
  GArray *list = contacts->services;
  g_array_sort(list, compare_port_then_time);
  verdict->threshold = limits->port_targets;
  verdict->list = list;
  guint best = 0, best_to = 0;
  for (guint from = 0, to; from < list->len; from = to) {
    for (to = from; to < list->len; to++)
      if (contact_at(list, to)->port != contact_at(list, from)->port)
        break;
    const guint most = busiest_window(list, from, to, limits->window_ns);
    if (most > verdict->observed) {
      verdict->observed = most;
      best = from;
      best_to = to;
    }
  }
  if (verdict->observed < verdict->threshold)
    return FALSE;
  for (guint32 i = best; i < best_to; i++)
    if (contact_at(list, i)->failed)
      g_array_append_val(verdict->failed, i);
  verdict->port = contact_at(list, best)->port;
  return TRUE;
}
