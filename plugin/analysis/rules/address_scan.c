/* address_scan.c - a host tries many hosts, and most attempts fail
 *
 * The criteria are in scan_tests.h; this file chooses the clients to test and reports.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/missing_times.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/scan_tests.h"

#include <math.h>

static const HgFirstContact *contact_at(const GArray *list, guint i) {
  return &g_array_index(list, HgFirstContact, i);
}

static gboolean is_subject(const HgScanVerdict *verdict, const HgFirstContact *contact) {
  return verdict->port < 0 || contact->port == verdict->port;
}

static GArray *subject_ports(const HgScanVerdict *verdict) {
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

static GArray *subject_hosts(const HgScanVerdict *verdict) {
  GArray *hosts = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < verdict->list->len; i++)
    if (is_subject(verdict, contact_at(verdict->list, i)))
      g_array_append_val(hosts, contact_at(verdict->list, i)->server);
  return hosts;
}

/* Some of what failed was tried by TCP segments that begin no connection. */
static gboolean has_stealth(const HgScanVerdict *verdict) {
  for (guint i = 0; i < verdict->failed->len; i++)
    if (contact_at(verdict->list, g_array_index(verdict->failed, guint32, i))->stealth)
      return TRUE;
  return FALSE;
}

/* Everything that the client tried on the ports in question, including what succeeded. */
static char *filter_of(const HgTally *tally, const HgClientContacts *contacts,
                       const HgScanVerdict *verdict) {
  GArray *hosts = subject_hosts(verdict);
  char *filter = hg_filter_and(hg_filter_host(tally, contacts->client, HG_FILTER_SOURCE),
                               hg_filter_hosts(tally, hosts, HG_FILTER_DESTINATION));
  filter = hg_filter_and(filter, has_stealth(verdict) ? g_strdup("!icmp && !icmpv6")
                                                      : hg_filter_probes(contacts->transport));
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

static char *wording_of_service(const HgClientContacts *contacts, const HgScanVerdict *verdict) {
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
                          const HgScanVerdict *verdict) {
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
  char *span = hg_wording_period(first->time_ns, last->time_ns);
  char *names = hg_wording_hosts(tally, hosts, hosts->len);
  char *window = hg_wording_span(
      (gint64)(hg_rule_run_parameter(run, "window") * G_GINT64_CONSTANT(1000000000)));
  char *ratio = hg_wording_number(MIN(verdict->ratio, 1e6), 0);
  char *measure =
      verdict->port < 0
          ? g_strdup_printf("likelihood ratio %s%s", ratio, verdict->ratio > 1e6 ? " and more" : "")
          : g_strdup_printf("up to %u in any %s", verdict->observed, window);
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

static void report(HgRuleRun *run, const HgClientContacts *contacts, const HgScanVerdict *verdict) {
  HgFinding *finding = hg_rule_run_report(run, contacts->client);
  finding->observed = verdict->observed;
  finding->threshold = verdict->threshold;
  finding->strength = hg_statistics_strength(finding->observed, finding->threshold);
  for (guint i = 0; i < verdict->failed->len; i++) {
    const HgFirstContact *c = contact_at(verdict->list, g_array_index(verdict->failed, guint32, i));
    hg_finding_add_peer(finding, c->server);
    hg_rule_run_explain_server(run, finding, c->server);
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

/* If both criteria fire, the one with more failures is reported; if they are equal, the one that
 * names a port. */
static void assess_contacts(HgRuleRun *run, const HgScanLimits *limits,
                            HgClientContacts *contacts) {
  if (!hg_scan_is_possible(limits, contacts))
    return;
  hg_client_contacts_settle(contacts);
  HgScanVerdict walk = {.failed = g_array_new(FALSE, FALSE, sizeof(guint32))};
  HgScanVerdict port = {.failed = g_array_new(FALSE, FALSE, sizeof(guint32))};
  const gboolean by_walk = hg_scan_test_hosts(limits, contacts, &walk);
  const gboolean by_port = hg_scan_test_port(limits, contacts, &port);
  if (by_port && (!by_walk || port.failed->len >= walk.failed->len))
    report(run, contacts, &port);
  else if (by_walk)
    report(run, contacts, &walk);
  g_array_free(walk.failed, TRUE);
  g_array_free(port.failed, TRUE);
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgServiceTable *services = hg_rule_run_services(run);
  hg_first_contact_note_gaps(run, TRUE);
  if (!hg_tally_options(tally)->evidence)
    hg_rule_run_not_assessed(run, "pings need evidence from the dissectors (evidence=no); TCP and "
                                  "UDP were assessed");
  HgScanLimits limits = hg_scan_limits(run);
  if (hg_missing_times(tally)) {
    hg_rule_run_not_assessed(run, "many hosts on one port within a time need packets with times; "
                                  "the order of first contacts was assessed");
    limits.port_targets = HUGE_VAL;
  }
  HgClientContacts lists[HG_TRANSPORT_COUNT];
  hg_client_contacts_init(lists);
  for (guint32 i = 0; i < hg_service_table_count(services);) {
    i = hg_client_contacts_gather(lists, run, i, hg_scan_least(&limits));
    for (HgTransport t = HG_TRANSPORT_TCP; t < HG_TRANSPORT_COUNT; t++)
      assess_contacts(run, &limits, &lists[t]);
  }
  hg_client_contacts_clear(lists);
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
    .what =
        "first contacts with many hosts that were refused or not answered, over TCP, UDP or "
        "ping; over TCP also by probes that begin no connection. Failures count where others were "
        "answered at that time and where an answer would have been captured",
    .source = "Jung et al. 2004 (sequential test); SiLK rwscan; Zeek (25 targets on a port in 5 "
              "min); Snort sfPortscan (5 targets of a ping sweep)",
    .false_positive_if =
        "the host is a known scanner, monitor or inventory system of this network, or "
        "it was cut off from what it tried to reach",
    .parameters = parameters,
    .assess = assess};
