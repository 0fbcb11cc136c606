/* rogue_dhcp.c - a second DHCP server on one network, or one that the baseline does not have
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/baseline/known_dhcp.h"
#include "analysis/basics/arp_owners.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter.h"
#include "analysis/contract/rule_run.h"

#include <string.h>

/* Answers to one client within this time belong to one request: clients wait some seconds for
 * offers (RFC 2131, 4.4.1: a minute at most until they try again). */
#define SAME_REQUEST_NS (G_GINT64_CONSTANT(10) * 1000000000)

/* Strengths by the settings that the servers give; with the rule's weight, the first makes a
 * suspect. */
#define DIFFERENT 0.7 /* another router or DNS server: traffic is diverted */
#define ALIKE 0.3     /* the same settings: usually two servers of one owner */

/* All settings that a server gave. */
typedef struct {
  const HgAddress *address; /* borrowed */
  GArray *answers;          /* guint32: observations */
  HgTraffic traffic;
  gboolean known;  /* the baseline has it */
  gboolean routes; /* a router that it names forwards packets */
} Server;

typedef struct {
  HgRuleRun *run;
  const HgObservationTable *observations;
  const HgArpOwners *owners;
  GArray *servers; /* Server */
} Network;

static const HgObservation *answer_of(const Network *network, const Server *server, guint i) {
  return hg_observation_table_get(network->observations,
                                  g_array_index(server->answers, guint32, i));
}

static gboolean are_close(const HgTraffic *a, const HgTraffic *b) {
  return hg_time_is_known(a->first_ns) && hg_time_is_known(b->first_ns) &&
         hg_time_span(b->last_ns, a->first_ns) <= SAME_REQUEST_NS &&
         hg_time_span(a->last_ns, b->first_ns) <= SAME_REQUEST_NS;
}

/* The first answer of the server to this client or a later one: answers are sorted by client. */
static guint find_client(const Network *network, const Server *server, const HgAddress *client) {
  guint low = 0, high = server->answers->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (hg_address_compare(&answer_of(network, server, middle)->peer, client) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Whether both serve one network: they answered one client at the same time. A laptop that moves
 * gets answers from one network after the other. `*alike`: with the same settings each time. */
static gboolean compete(const Network *network, const Server *a, const Server *b, gboolean *alike) {
  gboolean together = FALSE;
  *alike = TRUE;
  for (guint i = 0; i < b->answers->len; i++) {
    const HgObservation *x = answer_of(network, b, i);
    for (guint k = find_client(network, a, &x->peer); k < a->answers->len; k++) {
      const HgObservation *y = answer_of(network, a, k);
      if (!hg_address_equal(&x->peer, &y->peer))
        break;
      if (!are_close(&x->traffic, &y->traffic))
        continue;
      together = TRUE;
      *alike &= g_str_equal(x->subject, y->subject);
    }
  }
  return together;
}

/* A finding with frames, clients and filter of all that the server answered. NULL: the server is no
 * host of the tally. */
static HgFinding *begin_report(Network *network, const Server *server, gboolean alike) {
  HgRuleRun *run = network->run;
  const HgTally *tally = hg_rule_run_tally(run);
  const HgHost *host = hg_tally_find_host(tally, server->address);
  if (!host || !hg_host_is_unicast(host)) {
    hg_rule_run_not_assessed(run, "a second DHCP server is no host of this layer");
    return NULL;
  }
  HgFinding *finding = hg_rule_run_report(run, host->number);
  finding->strength = alike ? ALIKE : DIFFERENT;
  for (guint i = 0; i < server->answers->len; i++) {
    const HgObservation *answer = answer_of(network, server, i);
    const HgHost *client = hg_tally_find_host(tally, &answer->peer);
    if (client)
      hg_finding_add_peer(finding, client->number);
    hg_finding_add_frame(finding, answer->traffic.first_frame);
    hg_finding_add_frame(finding, answer->traffic.last_frame);
  }
  hg_finding_take_filter(finding, g_strdup_printf("dhcp.option.dhcp_server_id == %s && "
                                                  "dhcp.type == 2 && dhcp.option.dhcp in {2, 5} && "
                                                  "dhcp.ip.your != 0.0.0.0",
                                                  host->text));
  return finding;
}

/* "10.0.0.66 answered DHCP clients 3 times, first in frame 12 (...)" (transfer full) */
static char *word_answers(const Network *network, const Server *server) {
  char *address = hg_address_to_text(server->address);
  char *text = g_strdup_printf(
      "%s answered DHCP clients %" G_GUINT64_FORMAT " times, first in frame %u (%s)", address,
      server->traffic.packets, server->traffic.first_frame, answer_of(network, server, 0)->subject);
  g_free(address);
  return text;
}

static void report_second(Network *network, const Server *server, const Server *against,
                          gboolean alike) {
  HgFinding *finding = begin_report(network, server, alike);
  if (!finding)
    return;
  const HgHost *other = hg_tally_find_host(hg_rule_run_tally(network->run), against->address);
  char *answers = word_answers(network, server), *usual = hg_address_to_text(against->address);
  finding->observed = network->servers->len;
  finding->threshold = 2;
  if (other)
    hg_finding_add_peer(finding, other->number);
  hg_finding_set_evidence(finding, "%s, on a network that %s serves %s (frame %u: %s)", answers,
                          usual, alike ? "with the same settings" : "with other settings",
                          against->traffic.first_frame, answer_of(network, against, 0)->subject);
  g_free(answers);
  g_free(usual);
}

/* Only if the baseline shows DHCP. */
static void report_unknown(Network *network, const Server *server, const HgKnownDhcp *known) {
  gboolean alike = TRUE;
  for (guint i = 0; i < server->answers->len; i++)
    alike &= g_hash_table_contains(known->settings, answer_of(network, server, i)->subject);
  HgFinding *finding = begin_report(network, server, alike);
  if (!finding)
    return;
  char *answers = word_answers(network, server);
  finding->observed = 1;
  finding->threshold = 1;
  hg_finding_set_evidence(finding, "%s; it is none of the %u server%s of the baseline, %s", answers,
                          g_hash_table_size(known->servers),
                          g_hash_table_size(known->servers) == 1 ? "" : "s",
                          alike ? "but gives what they gave" : "which gave other settings");
  g_free(answers);
}

/* Sorts known servers first, then, among those whose router works, the one that answered first. */
static gint compare_usual(gconstpointer first, gconstpointer second) {
  const Server *const *a = first, *const *b = second;
  if ((*a)->known != (*b)->known)
    return (*a)->known ? -1 : 1;
  if ((*a)->routes != (*b)->routes)
    return (*a)->routes ? -1 : 1;
  if ((*a)->traffic.first_ns != (*b)->traffic.first_ns)
    return (*a)->traffic.first_ns < (*b)->traffic.first_ns ? -1 : 1;
  if ((*a)->traffic.first_frame != (*b)->traffic.first_frame)
    return (*a)->traffic.first_frame < (*b)->traffic.first_frame ? -1 : 1;
  return hg_address_compare((*a)->address, (*b)->address);
}

/* The most plausible servers. A flood of spoofed servers must not be compared with itself.
 * (transfer full) */
#define MOST_USUAL 64
static GPtrArray *list_usual(const Network *network) {
  GPtrArray *usual = g_ptr_array_new();
  for (guint i = 0; i < network->servers->len; i++)
    g_ptr_array_add(usual, &g_array_index(network->servers, Server, i));
  g_ptr_array_sort(usual, compare_usual);
  g_ptr_array_set_size(usual, (gint)MIN(usual->len, MOST_USUAL));
  return usual;
}

static void assess_servers(Network *network, const HgKnownDhcp *known) {
  GPtrArray *usual = list_usual(network);
  for (guint i = 0; i < network->servers->len; i++) {
    const Server *server = &g_array_index(network->servers, Server, i), *against = NULL;
    gboolean alike = TRUE;
    if (server->known)
      continue;
    for (guint k = 0; k < usual->len; k++) {
      const Server *other = g_ptr_array_index(usual, k);
      gboolean same;
      if (compare_usual(&other, &server) >= 0)
        break;
      if (!compete(network, other, server, &same))
        continue;
      if (!against || (alike && !same))
        against = other;
      alike &= same;
    }
    if (against)
      report_second(network, server, against, alike);
    else if (g_hash_table_size(known->servers) > 0)
      report_unknown(network, server, known);
  }
  g_ptr_array_unref(usual);
}

/* Whether a router that the settings name is the gateway of the capture. */
static gboolean names_gateway(const Network *network, const char *subject) {
  const char *router = strstr(subject, " router ");
  HgAddress address;
  HgAddressBuffer buffer;
  if (!router)
    return FALSE;
  char *text = g_strndup(router + 8, strcspn(router + 8, ", "));
  const gboolean found =
      hg_address_parse(text, &address, &buffer) && hg_arp_owners_passes(network->owners, &address);
  g_free(text);
  return found;
}

static void add_answer(Network *network, guint32 number) {
  const HgObservation *answer = hg_observation_table_get(network->observations, number);
  Server *server = network->servers->len > 0
                       ? &g_array_index(network->servers, Server, network->servers->len - 1)
                       : NULL;
  if (!server || !hg_address_equal(server->address, &answer->actor)) {
    const Server fresh = {.address = &answer->actor,
                          .answers = g_array_new(FALSE, FALSE, sizeof(guint32))};
    g_array_append_val(network->servers, fresh);
    server = &g_array_index(network->servers, Server, network->servers->len - 1);
  }
  g_array_append_val(server->answers, number);
  hg_traffic_merge(&server->traffic, &answer->traffic);
  server->routes = server->routes || names_gateway(network, answer->subject);
}

static void clear_server(gpointer data) {
  g_array_unref(((Server *)data)->answers);
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  Network network = {run, hg_tally_observations(tally), NULL,
                     g_array_new(FALSE, FALSE, sizeof(Server))};
  GArray *all = hg_observation_table_of_kind(network.observations, HG_OBSERVED_DHCP_SERVER);
  const HgArpOwners *owners = hg_rule_run_owners(run);
  network.owners = owners;
  g_array_set_clear_func(network.servers, clear_server);
  for (guint i = 0; i < all->len; i++)
    add_answer(&network, g_array_index(all, guint32, i));
  HgKnownDhcp known;
  hg_known_dhcp_init(&known, run);
  for (guint i = 0; i < network.servers->len; i++) {
    Server *server = &g_array_index(network.servers, Server, i);
    server->known = g_hash_table_contains(known.servers, server->address);
  }
  assess_servers(&network, &known);
  hg_known_dhcp_clear(&known);
  g_array_unref(network.servers);
  g_array_unref(all);
}

static const char *const attack[] = {"T1557.003", NULL};

const HgRule hg_rule_rogue_dhcp = {
    .id = "rogue-dhcp",
    .title = "Rogue DHCP server",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what = "a second DHCP server answers clients of a network, with another router or DNS server; "
            "with a baseline also one that never was there",
    .source = "RFC 2131: a client takes the first offer that it likes, so whoever is faster says "
              "where its traffic goes; ntopng alerts on DHCP servers that are not known",
    .false_positive_if = "both servers are yours (failover, split scope, a new router)",
    .needs_evidence = TRUE,
    .needs_times = TRUE,
    .assess = assess};
