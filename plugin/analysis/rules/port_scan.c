/* port_scan.c - a host tries many ports of one host, and most attempts fail
 *
 * Or they are answered: who lets services of many kinds greet, and leaves, wants to know what they are.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/quoted_probes.h"

/* From here on, ports are assigned dynamically by other services of the host or by its system (RPC,
 * passive FTP; Linux begins here, IANA at 49152): a client that is sent there did not choose the
 * port. */
#define FIRST_DYNAMIC_PORT 32768

/* A client that needs a service tries it again when it is gone; a scanner retransmits a probe only
 * in case it was lost, and goes on. */
#define GIVEN_UP_NS (G_GINT64_CONSTANT(60) * 1000000000)

/* A service that is looked at: a few connections (who does not know a greeting asks again in other words),
 * soon over, with less data than is worth the name. nmap waits 6 s for a greeting (nmap-service-probes). */
#define LOOKED_AT_CONNECTIONS 3
#define LOOKED_AT_SENT 1024      /* payload, bytes */
#define LOOKED_AT_RECEIVED 16384 /* payload, bytes: a page */

/* A program with many servers on one host (a page of tiles, a domain's client) speaks one protocol or a few. */
#define LOOKED_AT_PROTOCOLS 5

/* How it shows what was tried. */
typedef enum { BY_PACKETS, BY_ERRORS, BY_GREETINGS } Way;

/* The ports of one server that one client tried. */
typedef struct {
  guint32 client, server;
  Way way;
  GArray *failed; /* HgFirstContact, by time; reused for the next target */
  guint tried;    /* ports, including those that answered */
  guint refused;
  guint stealth; /* failed ones tried by segments that begin no connection */
} Target;

/* A criterion: so many failed ports within such a time. */
typedef struct {
  double ports;
  gint64 window_ns;
} Limit;

typedef struct {
  Limit fast, slow;
  double answered; /* the largest share of ports that may answer, for the slow criterion */
} Limits;

static Limit read_limit(const HgRuleRun *run, const char *ports, const char *window) {
  return (Limit){
      hg_rule_run_parameter(run, ports),
      (gint64)(hg_rule_run_parameter(run, window) * (double)G_GINT64_CONSTANT(1000000000))};
}

/* Whether the failure also counts in the slow criterion. */
static gboolean is_given_up(const HgFirstContact *contact) {
  return contact->port < FIRST_DYNAMIC_PORT && contact->tried_ns <= GIVEN_UP_NS;
}

/* The most failures within any window; `slow`: only those that count in the slow criterion. */
static guint busiest_window(const GArray *failed, gint64 window_ns, gboolean slow) {
  GArray *times = g_array_sized_new(FALSE, FALSE, sizeof(gint64), failed->len);
  for (guint i = 0; i < failed->len; i++) {
    const HgFirstContact *contact = &g_array_index(failed, HgFirstContact, i);
    if (!slow || is_given_up(contact))
      g_array_append_val(times, contact->time_ns);
  }
  const guint most = hg_statistics_busiest(times, window_ns);
  g_array_unref(times);
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

/* SYNs are selected by that flag; datagrams, and segments that begin no connection, by their port. */
static char *filter_of_transport(const Target *target, HgTransport transport) {
  GArray *ports = failed_ports(target, transport);
  char *filter = NULL;
  if (ports->len > 0 && transport == HG_TRANSPORT_TCP && target->stealth == 0) {
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
  if (target->way == BY_ERRORS)
    return hg_filter_and(hg_filter_directed(tally, target->server, target->client),
                         g_strdup("(icmp.type == 3 || icmpv6.type in {1, 4})"));
  for (HgTransport transport = HG_TRANSPORT_TCP; transport < HG_TRANSPORT_ICMP; transport++)
    probes = hg_filter_or(probes, filter_of_transport(target, transport));
  return hg_filter_and(hg_filter_directed(tally, target->client, target->server), probes);
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

static void report(HgRuleRun *run, const Target *target, const Limit *limit, guint most) {
  const HgTally *tally = hg_rule_run_tally(run);
  const GArray *failed = target->failed;
  HgFinding *finding = hg_rule_run_report(run, target->client);
  finding->observed = most;
  finding->threshold = limit->ports;
  finding->strength = hg_statistics_strength(finding->observed, finding->threshold);
  hg_finding_add_peer(finding, target->server);
  hg_rule_run_explain_server(run, finding, target->server);
  for (guint i = 0; i < failed->len; i++)
    hg_finding_add_frame(finding, g_array_index(failed, HgFirstContact, i).frame);
  hg_finding_take_filter(finding, filter_of(tally, target));

  char *span = hg_wording_period(g_array_index(failed, HgFirstContact, 0).time_ns,
                                 g_array_index(failed, HgFirstContact, failed->len - 1).time_ns);
  char *window = hg_wording_span(limit->window_ns);
  char *ports = some_ports(failed);
  char *stealth =
      target->stealth ? g_strdup_printf(", %u without SYN", target->stealth) : g_strdup("");
  const gboolean protocols =
      g_array_index(failed, HgFirstContact, 0).transport == HG_TRANSPORT_NONE;
  const char *client = hg_tally_host(tally, target->client)->text;
  const char *server = hg_tally_host(tally, target->server)->text;
  if (target->way == BY_GREETINGS)
    hg_finding_set_evidence(
        finding,
        "%s looked at %u ports of %s, which answered for the most part, and left within %s, at up to "
        "%u in any %s: ports %s",
        client, failed->len, server, span, most, window, ports);
  else if (target->way == BY_ERRORS)
    hg_finding_set_evidence(
        finding, "%s tried %u %s of %s, as its ICMP errors tell, within %s, up to %u in any %s: %s",
        client, failed->len, protocols ? "IP protocols" : "ports", server, span, most, window,
        ports);
  else
    hg_finding_set_evidence(
        finding,
        "%s tried %u ports of %s and failed on %u (%u refused, %u unanswered%s) within %s, on up to "
        "%u in any %s: ports %s",
        client, target->tried, server, failed->len, target->refused, failed->len - target->refused,
        stealth, span, most, window, ports);
  g_free(span);
  g_free(window);
  g_free(ports);
  g_free(stealth);
}

/* For the slow criterion: nearly all attempts must fail, as those of scanners do in the sequential
 * test (see rule address-scan). */
static gboolean is_in_vain(const Target *target, const Limits *limits) {
  return target->tried - target->failed->len <= limits->answered * target->tried;
}

static gboolean assess_target(HgRuleRun *run, Target *target, const Limits *limits) {
  if (target->failed->len < limits->fast.ports)
    return FALSE;
  g_array_sort(target->failed, hg_first_contact_compare);
  const guint fast = busiest_window(target->failed, limits->fast.window_ns, FALSE);
  if (fast >= limits->fast.ports) {
    report(run, target, &limits->fast, fast);
    return TRUE;
  }
  const guint slow = busiest_window(target->failed, limits->slow.window_ns, TRUE);
  if (slow < limits->slow.ports || !is_in_vain(target, limits))
    return FALSE;
  report(run, target, &limits->slow, slow);
  return TRUE;
}

/* The index at which the services end that begin at `from` and belong to the same two hosts. */
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
  target->stealth += contact->stealth;
  g_array_append_vals(target->failed, contact, 1);
}

/* --- services that are looked at --- */

static gboolean is_looked_at(const HgRuleRun *run, const HgService *service) {
  return service->transport == HG_TRANSPORT_TCP && service->port < FIRST_DYNAMIC_PORT &&
         service->established == service->attempts && service->midstream == 0 &&
         service->connections <= LOOKED_AT_CONNECTIONS && service->payload[0] <= LOOKED_AT_SENT &&
         service->payload[1] <= LOOKED_AT_RECEIVED &&
         hg_time_span(service->first_ns, service->last_ns) <= GIVEN_UP_NS &&
         !hg_rule_run_has_role(run, service->client, HG_ROLE_MONITOR);
}

/* Only those whose server sent something in a protocol that is known count as protocols. */
static guint protocols_of(const HgRuleRun *run, guint32 from, guint32 to) {
  const HgServiceTable *services = hg_rule_run_services(run);
  GHashTable *seen = g_hash_table_new(NULL, NULL);
  for (guint32 i = from; i < to; i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (service->payload[1] > 0 && is_looked_at(run, service) &&
        !hg_tally_protocol(hg_rule_run_tally(run), service->protocol)->transport)
      g_hash_table_add(seen, GUINT_TO_POINTER(service->protocol));
  }
  const guint count = g_hash_table_size(seen);
  g_hash_table_destroy(seen);
  return count;
}

/* The services from..to, which belong to the target, beside those that failed. */
static void assess_looked_at(HgRuleRun *run, Target *target, const Limits *limits, guint32 from,
                             guint32 to) {
  const HgServiceTable *services = hg_rule_run_services(run);
  if (protocols_of(run, from, to) < LOOKED_AT_PROTOCOLS)
    return;
  for (guint32 i = from; i < to; i++) {
    HgFirstContact contact;
    if (is_looked_at(run, hg_service_table_get(services, i)) && hg_first_contact(run, i, &contact))
      g_array_append_val(target->failed, contact);
  }
  g_array_sort(target->failed, hg_first_contact_compare);
  const guint most = busiest_window(target->failed, limits->fast.window_ns, FALSE);
  target->way = BY_GREETINGS;
  if (most >= limits->fast.ports)
    report(run, target, &limits->fast, most);
}

/* --- what only ICMP errors tell --- */

static gboolean is_same_target(const HgQuotedProbe *a, const HgQuotedProbe *b) {
  return a->client == b->client && a->contact.server == b->contact.server &&
         (a->contact.transport == HG_TRANSPORT_NONE) == (b->contact.transport == HG_TRANSPORT_NONE);
}

static void assess_quoted(HgRuleRun *run, const Limits *limits) {
  GArray *probes = hg_quoted_probes(run);
  GArray *failed = g_array_new(FALSE, FALSE, sizeof(HgFirstContact));
  for (guint from = 0, to; from < probes->len; from = to) {
    const HgQuotedProbe *first = &g_array_index(probes, HgQuotedProbe, from);
    Target target = {.client = first->client,
                     .server = first->contact.server,
                     .way = BY_ERRORS,
                     .failed = failed};
    g_array_set_size(failed, 0);
    for (to = from; to < probes->len; to++) {
      const HgQuotedProbe *probe = &g_array_index(probes, HgQuotedProbe, to);
      if (!is_same_target(first, probe))
        break;
      add_contact(&target, &probe->contact);
    }
    assess_target(run, &target, limits);
  }
  g_array_unref(failed);
  g_array_unref(probes);
}

static void assess(HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  hg_first_contact_note_gaps(run, TRUE);
  const Limits limits = {read_limit(run, "ports", "window"),
                         read_limit(run, "ports", "slow-window"),
                         hg_rule_run_parameter(run, "slow-answered")};
  GArray *failed = g_array_new(FALSE, FALSE, sizeof(HgFirstContact));

  for (guint32 from = 0, end; from < hg_service_table_count(services); from = end) {
    const HgService *first = hg_service_table_get(services, from);
    Target target = {.client = first->client, .server = first->server, .failed = failed};
    end = end_of_pair(services, from);
    if (end - from < limits.fast.ports) /* a service has one port */
      continue;
    g_array_set_size(failed, 0);
    for (guint32 i = from; i < end; i++) {
      const HgService *service = hg_service_table_get(services, i);
      HgFirstContact contact;
      if (service->port != 0 && hg_first_contact(run, i, &contact) && !contact.no_route)
        add_contact(&target, &contact);
    }
    if (!assess_target(run, &target, &limits))
      assess_looked_at(run, &target, &limits, from, end);
  }
  assess_quoted(run, &limits);
  g_array_free(failed, TRUE);
}

static const char *const attack[] = {"T1046", NULL};
static const HgParameter parameters[] = {
    {"ports", 15, 1, 65535, "ports", "distinct ports of one host tried and failed"},
    {"window", 300, 1, 86400, "s", "within this time"},
    {"slow-window", 86400, 1, 31536000, "s",
     "or within this time, of ports below 32768 that were tried for a minute at most"},
    {"slow-answered", 0.2, 0, 1, "",
     "and then only when no more than this share of all ports tried answered"},
    {0}};

const HgRule hg_rule_port_scan = {
    .id = "port-scan",
    .title = "Port scan",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what =
        "first contacts with many ports of one host that were refused or not answered; of TCP also "
        "probes that begin no connection (FIN, NULL, Xmas, ACK, Maimon, SYN-ACK, window); IP protocols; "
        "services of many kinds that are only looked at",
    .source = "Zeek's scan policy: 15 ports within 5 minutes. Over a day: the same where at most a "
              "fifth answered, as for scanners in Jung et al. 2004; that slow scans take long "
              "windows and few successes: Staniford, Hoagland, McAlerney 2002",
    .false_positive_if =
        "the host is a known scanner or monitor of this network, or its software looks "
        "for a service that moved",
    .needs_times = TRUE,
    .parameters = parameters,
    .assess = assess};
