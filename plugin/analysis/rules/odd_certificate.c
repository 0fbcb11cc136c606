/* odd_certificate.c - TLS with an external server for which nobody else vouches
 *
 * Malware brings its own certificates: made once, signed by themselves or by a made-up issuer, alone in their
 * chain. So do VPN gateways, devices, mail servers and peer-to-peer software, mostly within a network, on
 * ports of their own, or under the name that they are called by.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/observed_pair.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "tally/types/certificate.h"

#define HTTPS 443

/* Strengths of a finding: alone a suspect; of long validity, not; and where the server has an explanation, not
 * together with another weak sign either. */
#define STRONG 1.0
#define MEDIUM 0.4
#define WEAK 0.2

/* A certificate that a client was shown. */
typedef struct {
  guint32 client, server;
  HgCertificate certificate; /* texts are borrowed from the tally */
  guint32 first_frame, last_frame;
  double strength; /* 0: nothing is odd about it */
} Shown;

/* --- what explains a certificate --- */

/* Deliver and fetch mail (RFC 8314, RFC 5804): their operators sign for themselves. */
static gboolean is_mail_port(guint16 port) {
  static const guint16 ports[] = {24, 25, 110, 143, 465, 587, 993, 995, 2525, 4190};
  for (guint i = 0; i < G_N_ELEMENTS(ports); i++)
    if (ports[i] == port)
      return TRUE;
  return FALSE;
}

/* What the client called the server is what the certificate says: its operator made it for this name, or for
 * the address. `names`: see gather_names. */
static gboolean is_for_called_name(const HgRuleRun *run, const Shown *shown, GHashTable *names) {
  const HgTally *tally = hg_rule_run_tally(run);
  const guint64 pair = (guint64)shown->client << 32 | shown->server;
  GHashTable *called = g_hash_table_lookup(names, &pair);
  GHashTableIter iter;
  gpointer name;
  if (called) {
    g_hash_table_iter_init(&iter, called);
    while (g_hash_table_iter_next(&iter, &name, NULL))
      if (hg_certificate_is_for(&shown->certificate, name))
        return TRUE;
  }
  return hg_certificate_is_for(&shown->certificate, hg_tally_host(tally, shown->server)->text);
}

/* Packets of a tunnel go both ways all the time: as datagrams beside the connection (DTLS, ESP in UDP, ESP),
 * or in a connection that lasts. A remote control's keep-alives are fewer. */
#define TUNNEL_DATAGRAMS 100
#define TUNNEL_SECONDS 300
#define TUNNEL_PACKETS_A_SECOND 0.5

static gboolean is_stream(const HgConnection *c) {
  const double seconds = (double)hg_time_span(c->first_ns, c->last_ns) / 1e9;
  return seconds >= TUNNEL_SECONDS && c->packets[0] >= seconds * TUNNEL_PACKETS_A_SECOND &&
         c->packets[1] >= seconds * TUNNEL_PACKETS_A_SECOND;
}

static gboolean is_tunnel(const HgRuleRun *run, const Shown *shown) {
  const HgServiceTable *services = hg_rule_run_services(run);
  guint32 first = 0;
  const guint32 count = hg_service_table_of_pair(services, shown->client, shown->server, &first);
  for (guint32 i = 0; i < count; i++) {
    const HgService *service = hg_service_table_get(services, first + i);
    if (service->transport == HG_TRANSPORT_UDP &&
        MIN(service->packets[0], service->packets[1]) >= TUNNEL_DATAGRAMS)
      return TRUE;
    for (guint32 j = 0; service->transport == HG_TRANSPORT_TCP && j < service->connections; j++)
      if (is_stream(hg_service_table_connection(services, service->first_connection + j)))
        return TRUE;
  }
  return FALSE;
}

/* --- gathering --- */

/* The names that TLS and HTTP clients called servers by: hg_observed_pair_key -> set of names, borrowed from the
 * tally. (transfer full) */
static GHashTable *gather_names(const HgTally *tally) {
  const GArray *seen =
      hg_observation_table_seen(hg_tally_observations(tally), HG_OBSERVED_SERVER_NAME);
  GHashTable *names = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
                                            (GDestroyNotify)g_hash_table_unref);
  for (guint i = 0; i < seen->len; i++) {
    HgObservedPair pair;
    if (!hg_observed_pair_read(tally, g_array_index(seen, guint32, i), &pair))
      continue;
    const guint64 key = hg_observed_pair_key(&pair);
    GHashTable *called = g_hash_table_lookup(names, &key);
    if (!called) {
      called = g_hash_table_new(g_str_hash, g_str_equal);
      g_hash_table_insert(names, g_memdup2(&key, sizeof key), called);
    }
    g_hash_table_add(called, pair.observation->subject);
  }
  return names;
}

static gboolean is_of_interest(const HgRuleRun *run, const Shown *shown) {
  const HgScope client = hg_rule_run_scope(run, shown->client);
  return shown->certificate.alone && !shown->certificate.tor &&
         !is_mail_port(shown->certificate.port) && client != HG_SCOPE_EXTERNAL &&
         client != HG_SCOPE_LOOPBACK && hg_rule_run_is_unicast(run, shown->client) &&
         hg_rule_run_scope(run, shown->server) == HG_SCOPE_EXTERNAL &&
         !hg_rule_run_has_role(run, shown->server, HG_ROLE_MAIL_SERVER);
}

static double strength_of(const HgRuleRun *run, const Shown *shown, GHashTable *names,
                          double days) {
  const HgCertificate *certificate = &shown->certificate;
  const gboolean self_signed = certificate->self_issued && certificate->port == HTTPS;
  if (!self_signed && certificate->days <= days)
    return 0;
  if (is_for_called_name(run, shown, names) || is_tunnel(run, shown))
    return WEAK;
  return self_signed ? STRONG : MEDIUM;
}

static gint compare_shown(gconstpointer a, gconstpointer b) {
  const Shown *x = a, *y = b;
  if (x->client != y->client)
    return x->client < y->client ? -1 : 1;
  if (x->strength != y->strength)
    return x->strength > y->strength ? -1 : 1;
  if (x->first_frame != y->first_frame)
    return x->first_frame < y->first_frame ? -1 : 1;
  return x->server < y->server ? -1 : x->server > y->server;
}

/* By client, the strongest first. (transfer full, Shown) */
static GArray *gather(const HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const GArray *seen =
      hg_observation_table_seen(hg_tally_observations(tally), HG_OBSERVED_CERTIFICATE);
  const double days = hg_rule_run_parameter(run, "days");
  GHashTable *names = gather_names(tally);
  GArray *all = g_array_new(FALSE, FALSE, sizeof(Shown));
  for (guint i = 0; i < seen->len; i++) {
    HgObservedPair pair;
    if (!hg_observed_pair_read(tally, g_array_index(seen, guint32, i), &pair) ||
        pair.client == pair.server)
      continue;
    Shown shown = {
        .client = pair.client,
        .server = pair.server,
        .certificate = hg_certificate_parse(pair.observation->subject),
        .first_frame = pair.observation->traffic.first_frame,
        .last_frame = pair.observation->traffic.last_frame,
    };
    if (!is_of_interest(run, &shown))
      continue;
    shown.strength = strength_of(run, &shown, names, days);
    g_array_append_val(all, shown);
  }
  g_array_sort(all, compare_shown);
  g_hash_table_destroy(names);
  return all;
}

/* --- peer-to-peer software --- */

/* Each peer signs for itself, and listens on a port of its own: about as many ports as peers (as in
 * peer_to_peer.h). */
#define PEERS 5
#define FIRST_PEER_PORT 1024

static gboolean is_peer_to_peer(const GArray *all, guint first, guint end) {
  GHashTable *servers = g_hash_table_new(NULL, NULL), *ports = g_hash_table_new(NULL, NULL);
  for (guint i = first; i < end; i++) {
    const Shown *shown = &g_array_index(all, Shown, i);
    if (shown->certificate.port < FIRST_PEER_PORT)
      continue;
    g_hash_table_add(servers, GUINT_TO_POINTER(shown->server));
    g_hash_table_add(ports, GUINT_TO_POINTER(shown->certificate.port));
  }
  const gboolean is = g_hash_table_size(servers) >= PEERS &&
                      g_hash_table_size(ports) * 2 >= g_hash_table_size(servers);
  g_hash_table_destroy(servers);
  g_hash_table_destroy(ports);
  return is;
}

/* --- the report --- */

static char *filter_of(const HgTally *tally, guint32 client, const GArray *servers,
                       const GArray *ports) {
  char *hosts = hg_filter_and(hg_filter_host(tally, client, HG_FILTER_DESTINATION),
                              hg_filter_hosts(tally, servers, HG_FILTER_SOURCE));
  return hg_filter_and(hosts, hg_filter_numbers("tcp.srcport", ports));
}

/* "its own issuer, valid for 365 days, for "localhost"". (transfer full) */
static char *odd_about(const HgCertificate *certificate) {
  return g_strdup_printf("%s, valid for %u days, %s%s%s",
                         certificate->self_issued ? "its own issuer"
                                                  : "of an issuer that the server does not show",
                         certificate->days, certificate->name ? "for \"" : "for nobody",
                         certificate->name ? certificate->name : "", certificate->name ? "\"" : "");
}

/* Those from `first` up to `end` that are odd are one client's. */
static void report(HgRuleRun *run, const GArray *all, guint first, guint end) {
  const HgTally *tally = hg_rule_run_tally(run);
  const Shown *strongest = &g_array_index(all, Shown, first);
  HgFinding *finding = hg_rule_run_report(run, strongest->client);
  GArray *ports = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = first; i < end; i++) {
    const Shown *shown = &g_array_index(all, Shown, i);
    const guint32 port = shown->certificate.port;
    if (shown->strength == 0)
      continue;
    g_array_append_val(ports, port);
    hg_finding_add_peer(finding, shown->server);
    hg_finding_add_frame(finding, shown->first_frame);
    finding->last_frame = MAX(finding->last_frame, shown->last_frame);
  }
  finding->strength = strongest->strength;
  finding->observed = finding->peers->len;
  finding->threshold = 1;
  hg_finding_take_filter(finding, filter_of(tally, strongest->client, finding->peers, ports));
  char *peers = hg_wording_hosts(tally, finding->peers, finding->peers->len);
  char *odd = odd_about(&strongest->certificate);
  hg_finding_set_evidence(
      finding, "%s talks TLS to %s, port %u, with a certificate that is alone in its chain: %s",
      hg_tally_host(tally, strongest->client)->text, peers, strongest->certificate.port, odd);
  g_free(odd);
  g_free(peers);
  g_array_unref(ports);
}

static gboolean has_hidden_certificates(const HgTally *tally) {
  for (guint i = 0; i < hg_tally_protocol_count(tally); i++)
    if (g_str_equal(hg_tally_protocol(tally, (guint16)i)->name, "TLSv1.3"))
      return TRUE;
  return FALSE;
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  GArray *all = gather(run);
  for (guint first = 0, end; first < all->len; first = end) {
    const Shown *begin = &g_array_index(all, Shown, first);
    for (end = first + 1; end < all->len; end++)
      if (g_array_index(all, Shown, end).client != begin->client)
        break;
    if (begin->strength > 0 && !is_peer_to_peer(all, first, end))
      report(run, all, first, end);
  }
  g_array_unref(all);
  if (hg_observation_table_seen(hg_tally_observations(tally), HG_OBSERVED_CERTIFICATE)->len == 0 &&
      has_hidden_certificates(tally))
    hg_rule_run_not_assessed(run, "no certificate was sent in clear: TLS 1.3 encrypts them");
}

static const char *const attack[] = {"T1573.002", NULL};
static const HgParameter parameters[] = {
    {"days", 825, 1, 100000, "days",
     "a certificate that is alone and valid for longer is odd on any port, whoever issued it"},
    {0}};

const HgRule hg_rule_odd_certificate = {
    .id = "odd-certificate",
    .title = "Odd certificate",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.6,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what =
        "an external server on port 443 whose certificate is its own issuer, alone in its chain, and not made "
        "for the name or address that it is called by; weak: such a certificate of a VPN, or one that is alone "
        "and valid for years on any port but those of mail",
    .source =
        "counted over 477 captures of malware (chain of one that signs itself on 443: 30 % of those with "
        "certificates) and 838 harmless ones (1 %, a VPN); 825 days: CA/Browser Forum Ballot 193",
    .false_positive_if =
        "the server is a VPN gateway, a device or a remote desktop tool that made its "
        "certificate itself",
    .needs_evidence = TRUE,
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};
