/* mail_spray.c - a host that is no mail server delivers mail to many servers
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

#include <string.h>

/* Mail programs submit everything to the servers of their accounts, over the submission ports (RFC
 * 6409, RFC 8314); only a host that delivers mail itself contacts the receivers' servers on port
 * 25. */
#define DELIVERY_PORT 25
static const guint16 submission_ports[] = {465, 587};

/* The servers that one client tried. */
typedef struct {
  guint32 client;
  GArray *servers;    /* guint32 */
  GArray *ports;      /* guint32 */
  GHashTable *places; /* set of char *: networks of the servers */
  guint answered;
  guint64 connections;
} Sender;

static gboolean is_delivery(const HgTally *tally, const HgService *service) {
  for (guint i = 0; i < G_N_ELEMENTS(submission_ports); i++)
    if (service->port == submission_ports[i])
      return FALSE;
  return service->transport == HG_TRANSPORT_TCP && service->attempts > 0 &&
         (service->port == DELIVERY_PORT ||
          g_str_has_prefix(hg_tally_protocol(tally, service->protocol)->name, "SMTP"));
}

/* One provider has many addresses in one network: its servers count once. */
static char *place_of(const HgAddress *address) {
  const guint kept = address->kind == HG_ADDRESS_IPV4   ? 3
                     : address->kind == HG_ADDRESS_IPV6 ? 6
                                                        : 0;
  GString *place = g_string_new(NULL);
  for (guint i = 0; i < kept; i++)
    g_string_append_printf(place, "%02x", address->data[i]);
  return g_string_free(place, FALSE);
}

static void add_service(const HgRuleRun *run, Sender *sender, const HgService *service) {
  const HgTally *tally = hg_rule_run_tally(run);
  const guint32 port = service->port;
  if (!is_delivery(tally, service) || hg_rule_run_scope(run, service->server) != HG_SCOPE_EXTERNAL)
    return;
  if (sender->servers->len == 0 ||
      g_array_index(sender->servers, guint32, sender->servers->len - 1) != service->server)
    g_array_append_val(sender->servers, service->server);
  g_array_append_val(sender->ports, port);
  g_hash_table_add(sender->places, place_of(&hg_tally_host(tally, service->server)->address));
  sender->answered += service->established > 0;
  sender->connections += service->attempts;
}

static char *filter_of(const HgTally *tally, const Sender *sender) {
  char *ports = hg_filter_numbers("tcp.dstport", sender->ports);
  char *client = hg_filter_host(tally, sender->client, HG_FILTER_SOURCE);
  return hg_filter_and(hg_filter_and(client, ports),
                       hg_filter_hosts(tally, sender->servers, HG_FILTER_DESTINATION));
}

static void report(HgRuleRun *run, const Sender *sender, guint32 first_service, guint32 count) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgServiceTable *services = hg_rule_run_services(run);
  HgFinding *finding = hg_rule_run_report(run, sender->client);
  finding->observed = g_hash_table_size(sender->places);
  finding->threshold = hg_rule_run_parameter(run, "servers");
  finding->strength = hg_statistics_strength(finding->observed, finding->threshold);
  for (guint i = 0; i < sender->servers->len; i++)
    hg_finding_add_peer(finding, g_array_index(sender->servers, guint32, i));
  for (guint32 i = 0; i < count; i++) {
    const HgService *service = hg_service_table_get(services, first_service + i);
    if (is_delivery(tally, service) &&
        hg_rule_run_scope(run, service->server) == HG_SCOPE_EXTERNAL) {
      hg_finding_add_frame(finding, service->first_frame);
      hg_finding_add_service(finding, first_service + i);
      finding->last_frame = MAX(finding->last_frame, service->last_frame);
    }
  }
  hg_finding_take_filter(finding, filter_of(tally, sender));
  char *servers = hg_wording_hosts(tally, sender->servers, sender->servers->len);
  hg_finding_set_evidence(
      finding,
      "%s tried to deliver mail to %u external servers in %u networks, %" G_GUINT64_FORMAT
      " connections, answered by %u of them, and takes no "
      "mail from anybody: %s",
      hg_tally_host(tally, sender->client)->text, sender->servers->len,
      g_hash_table_size(sender->places), sender->connections, sender->answered, servers);
  g_free(servers);
}

static void assess_client(HgRuleRun *run, Sender *sender) {
  const HgServiceTable *services = hg_rule_run_services(run);
  guint32 first = 0;
  const guint32 count = hg_service_table_of_client(services, sender->client, &first);
  for (guint32 i = 0; i < count; i++)
    add_service(run, sender, hg_service_table_get(services, first + i));
  if (g_hash_table_size(sender->places) >= hg_rule_run_parameter(run, "servers"))
    report(run, sender, first, count);
}

static void assess(HgRuleRun *run) {
  const guint32 hosts = hg_tally_host_count(hg_rule_run_tally(run));
  Sender sender = {0,
                   g_array_new(FALSE, FALSE, sizeof(guint32)),
                   g_array_new(FALSE, FALSE, sizeof(guint32)),
                   g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                   0,
                   0};
  for (guint32 host = 0; host < hosts; host++) {
    if (hg_rule_run_scope(run, host) != HG_SCOPE_INTERNAL ||
        hg_rule_run_has_role(run, host, HG_ROLE_MAIL_SERVER))
      continue;
    sender.client = host;
    sender.answered = 0;
    sender.connections = 0;
    g_array_set_size(sender.servers, 0);
    g_array_set_size(sender.ports, 0);
    g_hash_table_remove_all(sender.places);
    assess_client(run, &sender);
  }
  g_hash_table_unref(sender.places);
  g_array_unref(sender.servers);
  g_array_unref(sender.ports);
}

static const char *const attack[] = {"T1071.003", NULL};
static const HgParameter parameters[] = {
    {"servers", 5, 2, 65535, "networks",
     "external mail servers, those of one /24 (IPv6: /48) counted once"},
    {0}};

const HgRule hg_rule_mail_spray = {
    .id = "mail-spray",
    .title = "Mail spraying",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what = "SMTP to many external servers, other than to submit mail, from a host that is no mail "
            "server",
    .source = "RFC 6409: mail programs submit to one server, on a port of its own; M3AAWG "
              "recommends to block port 25 for everybody else, since what it carries from them "
              "is spam",
    .false_positive_if =
        "the host is a mail server whose incoming mail the capture does not show, or "
        "sends newsletters",
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};
