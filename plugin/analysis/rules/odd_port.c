/* odd_port.c - protocols on ports that are not theirs, and data that no dissector recognises
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

#include <string.h>

#define MAX_PORTS 24

/* The usual ports of protocols: IANA's registry of service names, plus customary ones. By the start
 * of the protocol's name. Only protocols that are recognised by content. */
static const struct {
  const char *name;
  guint16 ports[MAX_PORTS];
} homes[] = {
    {"SSH", {22, 222, 830, 2022, 2200, 2222, 22222, 29418}},
    {"FTP", {20, 21, 990}},
    {"TELNET", {23, 992, 2323}},
    {"SMTP", {25, 26, 465, 587, 2525}},
    {"DNS", {53, 853, 5353, 5355}},
    {"POP", {110, 995}},
    {"IMAP", {143, 993}},
    {"SMB", {139, 445}},
    {"Socks", {1080, 9050, 9150}},
    {"RDP", {3389}},
    {"IRC", {194, 6665, 6666, 6667, 6668, 6669, 6697, 7000}},
    {"VNC", {5800, 5900, 5901, 5902, 5903}},
    {"TLS", {25,  110, 143, 443,  465,  563,  587,  636,  853,  989,  990,  992,
             993, 994, 995, 2083, 2087, 2096, 3269, 4433, 4443, 5061, 5223, 5228}},
    {"TLS",
     {1883, 3389, 5222, 5349, 5432, 5671, 6514, 6679, 6697, 8080, 8443, 8883, 9001, 9443, 10443}},
    {"HTTP", {80,   81,   443,  591,  631,  1900, 2080, 2869, 3000, 3128, 5000, 5357,
              5985, 8000, 8008, 8080, 8081, 8088, 8090, 8443, 8530, 8880, 8888, 9080}},
};

/* TRUE: the protocol is listed; `*at_home`: one of its lines has the port. */
static gboolean find_home(const char *name, guint16 port, gboolean *at_home) {
  gboolean listed = FALSE;
  *at_home = FALSE;
  if (g_str_has_prefix(name, "SSL"))
    name = "TLS";
  for (guint i = 0; i < G_N_ELEMENTS(homes); i++) {
    if (!g_str_has_prefix(name, homes[i].name))
      continue;
    listed = TRUE;
    for (guint k = 0; k < MAX_PORTS && homes[i].ports[k] != 0; k++)
      *at_home |= homes[i].ports[k] == port;
  }
  return listed;
}

typedef enum { ODD_NOT, ODD_PROTOCOL, ODD_DATA } Odd;

/* The services of one client on unusual ports. Those of peer-to-peer software are no servers: see
 * is_peer_to_peer. */
typedef struct {
  GArray *services; /* const HgService *, those on unusual ports */
  guint unrecognised;
} Odds;

static gboolean has_data(const HgService *service, double payload) {
  return (double)service->payload[0] >= payload && (double)service->payload[1] >= payload;
}

static gboolean is_candidate(const HgRuleRun *run, const HgService *service) {
  return service->transport == HG_TRANSPORT_TCP && service->established > 0 &&
         hg_rule_run_scope(run, service->client) == HG_SCOPE_INTERNAL &&
         hg_rule_run_scope(run, service->server) == HG_SCOPE_EXTERNAL;
}

static gboolean is_unrecognised(const HgTally *tally, const HgService *service) {
  return strcmp(hg_tally_protocol(tally, service->protocol)->name, "TCP") == 0;
}

static Odd oddness(const HgRuleRun *run, const HgService *service, double payload) {
  const HgTally *tally = hg_rule_run_tally(run);
  gboolean at_home;
  if (!is_candidate(run, service) || !has_data(service, payload))
    return ODD_NOT;
  if (is_unrecognised(tally, service))
    return service->port >= 1024 ? ODD_DATA : ODD_NOT;
  return find_home(hg_tally_protocol(tally, service->protocol)->name, service->port, &at_home) &&
                 !at_home
             ? ODD_PROTOCOL
             : ODD_NOT;
}

/* Whether dissectors see enough of the data: of the connections to well-known ports, at least one
 * was recognised, or there are none. */
static gboolean are_recognised(const HgRuleRun *run, double payload) {
  const HgServiceTable *services = hg_rule_run_services(run);
  gboolean any = FALSE;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *s = hg_service_table_get(services, i);
    if (s->transport != HG_TRANSPORT_TCP || s->established == 0 || !has_data(s, payload) ||
        (s->port != 80 && s->port != 443))
      continue;
    any = TRUE;
    if (!is_unrecognised(hg_rule_run_tally(run), s))
      return TRUE;
  }
  return !any;
}

/* Each peer of peer-to-peer software listens on a port of its own (Karagiannis et al. 2004; see
 * peer_to_peer.h), so there are about as many ports as hosts, and that indicates nothing else. */
static gboolean is_peer_to_peer(const Odds *odds, double peers) {
  GHashTable *ports = g_hash_table_new(NULL, NULL), *servers = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < odds->services->len; i++) {
    const HgService *s = g_array_index(odds->services, const HgService *, i);
    g_hash_table_add(ports, GUINT_TO_POINTER(s->port));
    g_hash_table_add(servers, GUINT_TO_POINTER(s->server));
  }
  const guint port_count = g_hash_table_size(ports), server_count = g_hash_table_size(servers);
  g_hash_table_destroy(ports);
  g_hash_table_destroy(servers);
  return server_count >= peers && 2 * port_count >= server_count;
}

static char *filter_of(const HgTally *tally, const Odds *odds) {
  char *filter = NULL;
  for (guint i = 0; i < odds->services->len; i++)
    filter = hg_filter_or(
        filter, hg_filter_service(tally, g_array_index(odds->services, const HgService *, i)));
  return filter;
}

static char *describe(const HgTally *tally, const Odds *odds) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < odds->services->len && i < 3; i++) {
    const HgService *s = g_array_index(odds->services, const HgService *, i);
    g_string_append_printf(
        text, "%s%s with %s port %u (%" G_GUINT64_FORMAT " bytes out, %" G_GUINT64_FORMAT " in)",
        i > 0 ? ", " : "",
        is_unrecognised(tally, s) ? "data that no dissector recognised"
                                  : hg_tally_protocol(tally, s->protocol)->name,
        hg_tally_host(tally, s->server)->text, s->port, s->payload[0], s->payload[1]);
  }
  if (odds->services->len > 3)
    g_string_append_printf(text, " and %u others", odds->services->len - 3);
  return g_string_free(text, FALSE);
}

static void report(HgRuleRun *run, guint32 client, const Odds *odds) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgFinding *finding = hg_rule_run_report(run, client);
  finding->observed = odds->services->len;
  finding->threshold = hg_rule_run_parameter(run, "services");
  finding->strength = odds->unrecognised < odds->services->len ? 1 : 0.6;
  for (guint i = 0; i < odds->services->len; i++) {
    const HgService *s = g_array_index(odds->services, const HgService *, i);
    hg_finding_add_peer(finding, s->server);
    hg_finding_add_frame(finding, s->first_frame);
    hg_finding_add_frame(finding, s->last_frame);
  }
  hg_finding_take_filter(finding, filter_of(tally, odds));
  char *what = describe(tally, odds);
  hg_finding_set_evidence(finding, "%s exchanged %s", hg_tally_host(tally, client)->text, what);
  g_free(what);
}

/* Services are sorted by client. Each client gets one finding, because many weak ones would add up.
 */
static guint32 assess_client(HgRuleRun *run, guint32 first, double payload) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const guint32 client = hg_service_table_get(services, first)->client;
  Odds odds = {.services = g_array_new(FALSE, FALSE, sizeof(const HgService *))};
  for (; first < hg_service_table_count(services); first++) {
    const HgService *service = hg_service_table_get(services, first);
    if (service->client != client)
      break;
    const Odd odd = oddness(run, service, payload);
    if (odd != ODD_NOT)
      g_array_append_val(odds.services, service);
    odds.unrecognised += odd == ODD_DATA;
  }
  if (odds.services->len >= hg_rule_run_parameter(run, "services") &&
      !is_peer_to_peer(&odds, hg_rule_run_parameter(run, "peers")))
    report(run, client, &odds);
  g_array_unref(odds.services);
  return first;
}

static void assess(HgRuleRun *run) {
  const double payload = hg_rule_run_parameter(run, "payload");
  if (!are_recognised(run, payload)) {
    hg_rule_run_not_assessed(run, "packets were cut so short that dissectors recognised nothing");
    return;
  }
  for (guint32 i = 0; i < hg_service_table_count(hg_rule_run_services(run));)
    i = assess_client(run, i, payload);
}

static const char *const attack[] = {"T1571", NULL};
static const HgParameter parameters[] = {
    {"services", 1, 1, 65535, "services", "external servers and ports with something odd"},
    {"payload", 16, 1, 1e9, "bytes", "less data each way says nothing"},
    {"peers", 5, 2, 1e6, "hosts",
     "so many servers, about each on a port of its own, are peer-to-peer software"},
    {0}};

const HgRule hg_rule_odd_port = {
    .id = "odd-port",
    .title = "Odd port",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.25, /* weak indicator: never enough alone */
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what = "a protocol on an external port that is not its own, or unrecognised data both ways on "
            "an external port from 1024 on",
    .source =
        "nDPI's risks \"known protocol on a non-standard port\" and \"unsafe protocol\"; ports: "
        "IANA's registry of service names and what is customary",
    .false_positive_if =
        "it is a program that the user knows of: games, remote support, a server that "
        "somebody moved",
    .needs_evidence = TRUE,
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};
