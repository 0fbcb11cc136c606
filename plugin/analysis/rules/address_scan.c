/* address_scan.c - many hosts tried in vain
 *
 * Threshold random walk: J. Jung, V. Paxson, A. Berger, H. Balakrishnan, "Fast Portscan Detection
 * Using Sequential Hypothesis Testing", 2004, over a client's first contacts with hosts. What a
 * host was good for before must not hide what it does now, so the walk counts from its lowest
 * point on: S. Schechter, J. Jung, A. Berger, "Fast Detection of Scanning Worm Infections", 2004.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/client_contacts.h"
#include "analysis/filter_private.h"
#include "analysis/rule.h"
#include "analysis/statistics.h"
#include "analysis/wording.h"

#include <math.h>

/* What a criterion found. */
typedef struct {
  GArray *failed;     /* guint32: indices into the list that it looked at */
  const GArray *list; /* HgClientContacts.services or .hosts */
  guint measured;
  double threshold;
  double ratio; /* of the sequential test; 0: the other criterion */
  gint32 port;  /* of the criterion for one port; -1: any */
} Verdict;

static const HgFirstContact *contact_at(const GArray *list, guint i) {
  return &g_array_index(list, HgFirstContact, i);
}

/* --- the sequential test --- */

typedef struct {
  double failure, success; /* steps, logarithms */
  double upper, lower;     /* where it decides */
} Test;

static Test test_of(HgRuleRun *run) {
  const double theta0 = hg_rule_run_parameter(run, "theta0");
  const double theta1 = hg_rule_run_parameter(run, "theta1");
  const double alpha = hg_rule_run_parameter(run, "alpha");
  const double beta = hg_rule_run_parameter(run, "beta");
  const Test test = {log((1 - theta1) / (1 - theta0)), log(theta1 / theta0), log(beta / alpha),
                     log((1 - beta) / (1 - alpha))};
  return test;
}

/* Begins anew when it has decided for "no scanner". */
static gboolean sequential_test(HgRuleRun *run, const HgClientContacts *contacts,
                                Verdict *verdict) {
  const Test test = test_of(run);
  const double targets = hg_rule_run_parameter(
      run, hg_client_contacts_are_echo(contacts) ? "echo-targets" : "targets");
  double walk = 0, lowest = 0, highest_rise = 0;
  gboolean decided = FALSE;
  for (guint32 i = 0; i < contacts->hosts->len; i++) {
    const gboolean failed = contact_at(contacts->hosts, i)->failed;
    walk += failed ? test.failure : test.success;
    if (failed)
      g_array_append_val(verdict->failed, i);
    lowest = MIN(lowest, walk);
    highest_rise = MAX(highest_rise, walk - lowest);
    decided |= highest_rise >= test.upper && verdict->failed->len >= targets;
    if (!decided && walk <= test.lower) {
      walk = lowest = highest_rise = 0;
      g_array_set_size(verdict->failed, 0);
    }
  }
  verdict->list = contacts->hosts;
  verdict->measured = verdict->failed->len;
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

/* Of the contacts from..to, all of one port: the most failures within a window in which failures
 * outnumber successes. A busy proxy, resolver or mail server has failures, too, but more answers. */
static guint busiest_window(const GArray *list, guint from, guint to, gint64 window_ns) {
  guint most = 0, failed = 0;
  for (guint first = from, last = from; last < to; last++) {
    failed += contact_at(list, last)->failed;
    while (contact_at(list, last)->time_ns - contact_at(list, first)->time_ns > window_ns)
      failed -= contact_at(list, first++)->failed;
    if (failed * 2 > last - first + 1)
      most = MAX(most, failed);
  }
  return most;
}

static gboolean one_port_test(HgRuleRun *run, const HgClientContacts *contacts, Verdict *verdict) {
  const gint64 window =
      (gint64)(hg_rule_run_parameter(run, "window") * G_GINT64_CONSTANT(1000000000));
  const GArray *list = contacts->services;
  verdict->threshold = hg_rule_run_parameter(run, "port-targets");
  verdict->list = list;
  guint best = 0, best_to = 0;
  for (guint from = 0, to; from < list->len; from = to) {
    for (to = from; to < list->len; to++)
      if (contact_at(list, to)->port != contact_at(list, from)->port)
        break;
    const guint most = busiest_window(list, from, to, window);
    if (most > verdict->measured) {
      verdict->measured = most;
      best = from;
      best_to = to;
    }
  }
  if (verdict->measured < verdict->threshold)
    return FALSE;
  for (guint32 i = best; i < best_to; i++)
    if (contact_at(list, i)->failed)
      g_array_append_val(verdict->failed, i);
  verdict->port = contact_at(list, best)->port;
  return TRUE;
}

/* --- the report --- */

static gboolean is_subject(const Verdict *verdict, const HgFirstContact *contact) {
  return verdict->port < 0 || contact->port == verdict->port;
}

static GArray *subject_ports(const Verdict *verdict) {
  GArray *ports = g_array_new(FALSE, FALSE, sizeof(guint32));
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < verdict->failed->len; i++) {
    const guint32 port =
        contact_at(verdict->list, g_array_index(verdict->failed, guint32, i))->port;
    if (g_hash_table_add(seen, GUINT_TO_POINTER(port)))
      g_array_append_val(ports, port);
  }
  g_hash_table_destroy(seen);
  return ports;
}

static GArray *subject_hosts(const Verdict *verdict) {
  GArray *hosts = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < verdict->list->len; i++)
    if (is_subject(verdict, contact_at(verdict->list, i)))
      g_array_append_val(hosts, contact_at(verdict->list, i)->server);
  return hosts;
}

/* All that it tried on the ports in question, also with success. */
static char *filter_of(const HgTally *tally, const HgClientContacts *contacts,
                       const Verdict *verdict) {
  GArray *hosts = subject_hosts(verdict);
  char *filter = hg_filter_and(
      hg_filter_address(&hg_tally_host(tally, contacts->client)->address, HG_FILTER_SOURCE),
      hg_filter_hosts(tally, hosts, HG_FILTER_DESTINATION));
  filter = hg_filter_and(filter, hg_filter_probes(contacts->transport));
  g_array_free(hosts, TRUE);
  if (hg_client_contacts_are_echo(contacts))
    return filter;
  GArray *ports = subject_ports(verdict);
  char *field = g_strconcat(hg_transport_name(contacts->transport), ".dstport", NULL);
  filter = hg_filter_and(filter, hg_filter_numbers(field, ports));
  g_free(field);
  g_array_free(ports, TRUE);
  return filter;
}

static char *wording_of_service(const HgClientContacts *contacts, const Verdict *verdict) {
  if (hg_client_contacts_are_echo(contacts))
    return g_strdup("by ping");
  GArray *ports = subject_ports(verdict);
  char *text =
      ports->len == 1
          ? g_strdup_printf("on %s port %u", hg_transport_name(contacts->transport),
                            g_array_index(ports, guint32, 0))
          : g_strdup_printf("on %u %s ports", ports->len, hg_transport_name(contacts->transport));
  g_array_free(ports, TRUE);
  return text;
}

static void word_evidence(HgRuleRun *run, HgFinding *finding, const HgClientContacts *contacts,
                          const Verdict *verdict) {
  const HgTally *tally = hg_rule_run_tally(run);
  const GArray *failed = verdict->failed;
  GArray *hosts = g_array_new(FALSE, FALSE, sizeof(guint32));
  guint tried = 0, refused = 0;
  for (guint i = 0; i < verdict->list->len; i++)
    tried += is_subject(verdict, contact_at(verdict->list, i));
  for (guint i = 0; i < failed->len; i++) {
    const HgFirstContact *c = contact_at(verdict->list, g_array_index(failed, guint32, i));
    refused += c->refused;
    g_array_append_val(hosts, c->server);
  }
  const HgFirstContact *first = contact_at(verdict->list, g_array_index(failed, guint32, 0));
  const HgFirstContact *last =
      contact_at(verdict->list, g_array_index(failed, guint32, failed->len - 1));
  char *service = wording_of_service(contacts, verdict);
  char *span = hg_wording_span(last->time_ns - first->time_ns);
  char *names = hg_wording_hosts(tally, hosts, hosts->len);
  char *window = hg_wording_span(
      (gint64)(hg_rule_run_parameter(run, "window") * G_GINT64_CONSTANT(1000000000)));
  char *ratio = hg_wording_number(MIN(verdict->ratio, 1e6), 0);
  char *measure =
      verdict->port < 0
          ? g_strdup_printf("likelihood ratio %s%s", ratio, verdict->ratio > 1e6 ? " and more" : "")
          : g_strdup_printf("up to %u in any %s", verdict->measured, window);
  hg_finding_set_evidence(finding,
                          "%s tried %u hosts %s and failed with %u (%u refused, %u unanswered) "
                          "within %s, %s: %s",
                          hg_tally_host(tally, contacts->client)->text, tried, service, failed->len,
                          refused, failed->len - refused, span, measure, names);
  g_free(service);
  g_free(span);
  g_free(names);
  g_free(window);
  g_free(ratio);
  g_free(measure);
  g_array_free(hosts, TRUE);
}

static void report(HgRuleRun *run, const HgClientContacts *contacts, const Verdict *verdict) {
  HgFinding *finding = hg_rule_run_report(run, contacts->client);
  finding->measured = verdict->measured;
  finding->threshold = verdict->threshold;
  finding->strength = hg_statistics_strength(finding->measured, finding->threshold);
  for (guint i = 0; i < verdict->failed->len; i++) {
    const HgFirstContact *c = contact_at(verdict->list, g_array_index(verdict->failed, guint32, i));
    hg_finding_add_peer(finding, c->server);
    hg_finding_add_frame(finding, c->frame);
  }
  for (guint i = 0; i < verdict->list->len; i++) {
    const HgFirstContact *c = contact_at(verdict->list, i);
    if (!is_subject(verdict, c))
      continue;
    finding->first_frame = MIN(finding->first_frame, c->frame);
    finding->last_frame = MAX(finding->last_frame, c->frame);
  }
  hg_finding_take_filter(finding, filter_of(hg_rule_run_tally(run), contacts, verdict));
  word_evidence(run, finding, contacts, verdict);
}

/* Where both criteria fire, the one that accounts for more is reported; the one that names a port
 * where they are alike. */
static void assess_contacts(HgRuleRun *run, const HgClientContacts *contacts) {
  Verdict walk = {.failed = g_array_new(FALSE, FALSE, sizeof(guint32))};
  Verdict port = {.failed = g_array_new(FALSE, FALSE, sizeof(guint32))};
  const gboolean by_walk = sequential_test(run, contacts, &walk);
  g_array_sort(contacts->services, compare_port_then_time);
  const gboolean by_port = one_port_test(run, contacts, &port);
  if (by_port && (!by_walk || port.failed->len >= walk.failed->len))
    report(run, contacts, &port);
  else if (by_walk)
    report(run, contacts, &walk);
  g_array_free(walk.failed, TRUE);
  g_array_free(port.failed, TRUE);
}

static void assess_client(HgRuleRun *run, guint32 client, HgTransport transport,
                          gboolean silence_counts) {
  HgClientContacts contacts;
  hg_client_contacts_init(&contacts, hg_rule_run_tally(run), hg_rule_run_services(run), client,
                          transport, silence_counts);
  assess_contacts(run, &contacts);
  hg_client_contacts_clear(&contacts);
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const char *why = hg_first_contact_unassessable(tally, hg_rule_run_services(run));
  if (why)
    hg_rule_run_not_assessed(run, why);
  if (!hg_tally_options(tally)->evidence)
    hg_rule_run_not_assessed(run, "pings need evidence from the dissectors (evidence=no); TCP and "
                                  "UDP were assessed");
  const gboolean datagrams = hg_first_contact_both_directions(tally);
  for (guint32 client = 0; client < hg_tally_host_count(tally); client++)
    for (HgTransport t = HG_TRANSPORT_TCP; t < HG_TRANSPORT_COUNT; t++)
      assess_client(run, client, t, datagrams || t == HG_TRANSPORT_TCP);
}

static const char *const attack[] = {"T1046", "T1018", NULL};
static const HgParameter parameters[] = {
    {"theta0", 0.8, 0.5, 0.99, "", "share of first contacts that succeed for a benign client"},
    {"theta1", 0.2, 0.01, 0.49, "", "share of first contacts that succeed for a scanner"},
    {"alpha", 0.01, 0.00001, 0.2, "", "accepted rate of false alarms"},
    {"beta", 0.99, 0.5, 0.99999, "", "wanted rate of detection"},
    {"targets", 10, 1, 1000000, "hosts", "failed targets that confirm the sequential test"},
    {"echo-targets", 5, 1, 1000000, "hosts", "the same for pings, which no application needs"},
    {"port-targets", 25, 1, 1000000, "hosts", "failed targets on one port that suffice alone"},
    {"window", 300, 1, 86400, "s", "time for port-targets"},
    {0}};

const HgRule hg_rule_address_scan = {
    .id = "address-scan",
    .title = "Address scan",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what = "first contacts with many hosts that were refused or not answered, over TCP, UDP or "
            "ping",
    .source = "Jung et al. 2004 (sequential test); SiLK rwscan; Zeek (25 targets on a port in 5 "
              "min); Snort sfPortscan (5 targets of a ping sweep)",
    .clears_if = "the host is a known scanner, monitor or inventory system of this network, or "
                 "it was cut off from what it tried to reach",
    .parameters = parameters,
    .assess = assess};
