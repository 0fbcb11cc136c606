/* port_scan.c - many ports of one host tried in vain
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/filter_private.h"
#include "analysis/first_contact.h"
#include "analysis/rule.h"
#include "analysis/statistics.h"
#include "analysis/wording.h"

/* What one client tried on one server. */
typedef struct {
  guint32 client, server;
  GArray *failed; /* HgFirstContact, by time; the next target's list, too */
  guint tried;    /* ports, with those that answered */
  guint refused;
} Target;

/* The most failures within any `window_ns`. */
static guint busiest_window(const GArray *failed, gint64 window_ns) {
  guint most = 0;
  for (guint first = 0, last = 0; last < failed->len; last++) {
    const gint64 until = g_array_index(failed, HgFirstContact, last).time_ns;
    while (until - g_array_index(failed, HgFirstContact, first).time_ns > window_ns)
      first++;
    most = MAX(most, last - first + 1);
  }
  return most;
}

static GArray *failed_ports(const Target *target, HgTransport transport) {
  GArray *ports = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = 0; i < target->failed->len; i++) {
    const HgFirstContact *contact = &g_array_index(target->failed, HgFirstContact, i);
    const guint32 port = contact->port;
    if (contact->transport == transport)
      g_array_append_val(ports, port);
  }
  return ports;
}

/* SYNs tell probes from the rest of TCP; datagrams are told by their port. */
static char *filter_of_transport(const Target *target, HgTransport transport) {
  GArray *ports = failed_ports(target, transport);
  char *filter = NULL;
  if (ports->len > 0 && transport == HG_TRANSPORT_TCP) {
    filter = hg_filter_probes(transport);
  } else if (ports->len > 0) {
    char *field = g_strconcat(hg_transport_name(transport), ".dstport", NULL);
    filter = hg_filter_and(hg_filter_numbers(field, ports), g_strdup("!icmp && !icmpv6"));
    g_free(field);
  }
  g_array_free(ports, TRUE);
  return filter;
}

static char *filter_of(const HgTally *tally, const Target *target) {
  char *probes = NULL;
  for (HgTransport transport = HG_TRANSPORT_TCP; transport < HG_TRANSPORT_ICMP; transport++)
    probes = hg_filter_or(probes, filter_of_transport(target, transport));
  return hg_filter_and(hg_filter_directed(&hg_tally_host(tally, target->client)->address,
                                          &hg_tally_host(tally, target->server)->address),
                       probes);
}

static char *some_ports(const GArray *failed) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < failed->len && i < 8; i++)
    g_string_append_printf(text, "%s%u", i ? ", " : "",
                           g_array_index(failed, HgFirstContact, i).port);
  if (failed->len > 8)
    g_string_append(text, ", ...");
  return g_string_free(text, FALSE);
}

static void report(HgRuleRun *run, const Target *target, guint most) {
  const HgTally *tally = hg_rule_run_tally(run);
  const GArray *failed = target->failed;
  HgFinding *finding = hg_rule_run_report(run, target->client);
  finding->measured = most;
  finding->threshold = hg_rule_run_parameter(run, "ports");
  finding->strength = hg_statistics_strength(finding->measured, finding->threshold);
  hg_finding_add_peer(finding, target->server);
  for (guint i = 0; i < failed->len; i++)
    hg_finding_add_frame(finding, g_array_index(failed, HgFirstContact, i).frame);
  hg_finding_take_filter(finding, filter_of(tally, target));

  char *span = hg_wording_span(g_array_index(failed, HgFirstContact, failed->len - 1).time_ns -
                               g_array_index(failed, HgFirstContact, 0).time_ns);
  char *window = hg_wording_span(
      (gint64)(hg_rule_run_parameter(run, "window") * G_GINT64_CONSTANT(1000000000)));
  char *ports = some_ports(failed);
  hg_finding_set_evidence(
      finding,
      "%s tried %u ports of %s and failed on %u (%u refused, %u unanswered) within %s, on up to %u "
      "in any %s: ports %s",
      hg_tally_host(tally, target->client)->text, target->tried,
      hg_tally_host(tally, target->server)->text, failed->len, target->refused,
      failed->len - target->refused, span, most, window, ports);
  g_free(span);
  g_free(window);
  g_free(ports);
}

static void assess_target(HgRuleRun *run, Target *target, double ports, gint64 window_ns) {
  if (target->failed->len < ports)
    return;
  g_array_sort(target->failed, hg_first_contact_compare);
  const guint most = busiest_window(target->failed, window_ns);
  if (most >= ports)
    report(run, target, most);
}

/* Where the services end that begin at `from` and are of the same two hosts. */
static guint32 end_of_pair(const HgServiceTable *services, guint32 from) {
  const guint32 count = hg_service_table_count(services);
  const HgService *first = hg_service_table_get(services, from);
  guint32 end = from + 1;
  for (; end < count; end++) {
    const HgService *next = hg_service_table_get(services, end);
    if (next->client != first->client || next->server != first->server)
      break;
  }
  return end;
}

static void add_contact(Target *target, const HgFirstContact *contact) {
  target->tried++;
  if (!contact->failed)
    return;
  target->refused += contact->refused;
  g_array_append_vals(target->failed, contact, 1);
}

static void assess(HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const char *why = hg_first_contact_unassessable(hg_rule_run_tally(run), services);
  if (why)
    hg_rule_run_not_assessed(run, why);
  const gboolean datagrams = hg_first_contact_both_directions(hg_rule_run_tally(run));
  const double ports = hg_rule_run_parameter(run, "ports");
  const gint64 window =
      (gint64)(hg_rule_run_parameter(run, "window") * G_GINT64_CONSTANT(1000000000));
  GArray *failed = g_array_new(FALSE, FALSE, sizeof(HgFirstContact));

  for (guint32 from = 0, end; from < hg_service_table_count(services); from = end) {
    const HgService *first = hg_service_table_get(services, from);
    Target target = {first->client, first->server, failed, 0, 0};
    end = end_of_pair(services, from);
    if (end - from < ports) /* a service has one port */
      continue;
    g_array_set_size(failed, 0);
    for (guint32 i = from; i < end; i++) {
      const HgService *service = hg_service_table_get(services, i);
      HgFirstContact contact;
      if (service->port != 0 && (datagrams || service->transport == HG_TRANSPORT_TCP) &&
          hg_first_contact(run, i, &contact))
        add_contact(&target, &contact);
    }
    assess_target(run, &target, ports, window);
  }
  g_array_free(failed, TRUE);
}

static const char *const attack[] = {"T1046", NULL};
static const HgParameter parameters[] = {
    {"ports", 15, 1, 65535, "ports", "distinct ports of one host tried and failed"},
    {"window", 300, 1, 86400, "s", "within this time"},
    {0}};

const HgRule hg_rule_port_scan = {
    .id = "port-scan",
    .title = "Port scan",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what = "first contacts with many ports of one host that were refused or not answered",
    .source = "Zeek's scan policy: 15 ports within 5 minutes",
    .clears_if = "the host is a known scanner or monitor of this network, or its software looks "
                 "for a service that moved",
    .parameters = parameters,
    .assess = assess};
