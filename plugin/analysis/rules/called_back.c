/* called_back.c - a host connects to an address that somebody just sent it in a request
 *
 * Cause and effect: an injected command or look-up (CVE-2021-44228 and its kin) has to name whom to call, and the
 * call follows at once. The one who asked and the one who obeyed are both worth a look: the second did what
 * strangers want.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/observed_pair.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

#include <stdlib.h>
#include <string.h>

/* RFC 1413: servers ask who their client is, at its address. */
#define IDENT 113

/* The request, and the call that followed. */
typedef struct {
  guint32 asker, server, called;
  guint16 port;          /* of the server that was asked */
  const HgService *call; /* of the server at the called host */
  gint64 asked_ns;
  guint32 frame; /* of the request */
} Callback;

/* Protocols whose requests name addresses to connect to, by the Protocol column. */
static gboolean tells_by_design(const HgTally *tally, const HgService *service) {
  static const char *const protocols[] = {"FTP",  "SIP",   "SIP/SDP",    "RTSP",     "H.225.0",
                                          "MGCP", "H.248", "BitTorrent", "GNUTELLA", "Gnutella",
                                          "MSRP", "Socks", "XMPP/XML",   "X11"};
  const char *name = hg_tally_protocol(tally, service->protocol)->name;
  for (guint i = 0; i < G_N_ELEMENTS(protocols); i++)
    if (strcmp(protocols[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* The asker began a connection to this port of the server: the words are the initiator's own. */
static gboolean is_request(const HgRuleRun *run, guint32 asker, guint32 server, guint16 port) {
  const HgServiceTable *services = hg_rule_run_services(run);
  guint32 first = 0;
  const guint32 count = hg_service_table_of_pair(services, asker, server, &first);
  for (guint32 i = 0; i < count; i++) {
    const HgService *service = hg_service_table_get(services, first + i);
    if (service->transport == HG_TRANSPORT_TCP && service->port == port && service->attempts > 0)
      return !tells_by_design(hg_rule_run_tally(run), service);
  }
  return FALSE;
}

/* The first that `server` did at `called`, and of this port (0: any), was to connect after it was asked. NULL: it
 * was not. */
static const HgService *call_after(const HgRuleRun *run, const Callback *callback, guint16 port,
                                   gint64 within_ns) {
  const HgServiceTable *services = hg_rule_run_services(run);
  guint32 first = 0;
  const guint32 count =
      hg_service_table_of_pair(services, callback->server, callback->called, &first);
  const HgService *call = NULL;
  for (guint32 i = 0; i < count; i++) {
    const HgService *service = hg_service_table_get(services, first + i);
    if (service->transport != HG_TRANSPORT_TCP || service->port == IDENT)
      continue;
    if (service->first_ns < callback->asked_ns)
      return NULL;
    if (service->attempts > 0 && (port == 0 || port == service->port) &&
        hg_time_distance(callback->asked_ns, service->first_ns) <= within_ns && !call)
      call = service;
  }
  return call;
}

static gboolean read_callback(const HgRuleRun *run, guint32 number, gint64 within_ns,
                              Callback *callback) {
  const HgTally *tally = hg_rule_run_tally(run);
  HgObservedPair pair;
  if (!hg_observed_pair_read(tally, number, &pair))
    return FALSE;
  const HgObservation *o = pair.observation;
  const char *tab = strchr(o->subject, '\t');
  char *after_port = NULL;
  HgAddressBuffer buffer;
  HgAddress address;
  if (!tab || !hg_time_is_known(o->traffic.first_ns) ||
      !hg_address_parse(tab + 1, &address, &buffer))
    return FALSE;
  address.segment = o->peer.segment;
  const HgHost *called = hg_tally_find_host(tally, &address);
  const guint16 port = (guint16)strtoul(o->subject, &after_port, 10);
  const guint16 told = (guint16)strtoul(after_port, NULL, 10);
  if (!called)
    return FALSE;
  *callback = (Callback){.asker = hg_rule_run_device(run, pair.client),
                         .server = hg_rule_run_device(run, pair.server),
                         .called = hg_rule_run_device(run, called->number),
                         .port = port,
                         .asked_ns = o->traffic.first_ns,
                         .frame = o->traffic.first_frame};
  if (callback->server == callback->called || callback->server == callback->asker ||
      hg_rule_run_has_role(run, callback->server, HG_ROLE_PROXY) ||
      !hg_rule_run_is_unicast(run, callback->asker) ||
      !hg_rule_run_is_unicast(run, callback->server) ||
      !is_request(run, callback->asker, callback->server, port))
    return FALSE;
  callback->call = call_after(run, callback, told, within_ns);
  return callback->call != NULL;
}

/* --- the report --- */

/* The packets of the request's connection and of the call. */
static char *filter_of(const HgTally *tally, const Callback *callback) {
  char *asked = hg_filter_and(hg_filter_pair(tally, callback->asker, callback->server),
                              g_strdup_printf("tcp.port == %u", callback->port));
  return hg_filter_or(asked, hg_filter_service(tally, callback->call));
}

static void report(HgRuleRun *run, const Callback *callback, guint32 host, double within) {
  const HgTally *tally = hg_rule_run_tally(run);
  const gboolean obeyed = host == callback->server;
  const double seconds =
      (double)hg_time_distance(callback->asked_ns, callback->call->first_ns) / 1e9;
  HgFinding *finding = hg_rule_run_report(run, host);
  finding->strength = 1;
  finding->observed = seconds;
  finding->threshold = within;
  hg_finding_add_peer(finding, obeyed ? callback->called : callback->server);
  hg_finding_add_peer(finding, obeyed ? callback->asker : callback->called);
  hg_finding_add_frame(finding, callback->frame);
  hg_finding_add_frame(finding, callback->call->first_frame);
  hg_finding_take_filter(finding, filter_of(tally, callback));
  hg_finding_set_evidence(
      finding,
      "%s sent a request to %s port %u that names %s; %.1f s later %s connected to %s port %u for the first time",
      hg_tally_host(tally, callback->asker)->text, hg_tally_host(tally, callback->server)->text,
      callback->port, hg_tally_host(tally, callback->called)->text, seconds,
      hg_tally_host(tally, callback->server)->text, hg_tally_host(tally, callback->called)->text,
      callback->call->port);
}

/* The first callback of a pair of hosts is told, once for each of them. */
static gboolean is_new(GHashTable *reported, guint32 host, guint32 by) {
  const guint64 key = (guint64)host << 32 | by;
  return g_hash_table_add(reported, g_memdup2(&key, sizeof key));
}

static void assess(HgRuleRun *run) {
  const HgObservationTable *table = hg_tally_observations(hg_rule_run_tally(run));
  const double within = hg_rule_run_parameter(run, "within");
  GArray *numbers = hg_observation_table_of_kind(table, HG_OBSERVED_ADDRESS_IN_REQUEST);
  GHashTable *reported = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < numbers->len; i++) {
    Callback callback;
    if (!read_callback(run, g_array_index(numbers, guint32, i), (gint64)(within * 1e9), &callback))
      continue;
    if (is_new(reported, callback.server, callback.called))
      report(run, &callback, callback.server, within);
    if (is_new(reported, callback.asker, callback.server))
      report(run, &callback, callback.asker, within);
  }
  g_hash_table_destroy(reported);
  g_array_unref(numbers);
}

static const char *const attack[] = {"T1190", "T1105", NULL};
static const HgParameter parameters[] = {
    {"within", 30, 1, 3600, "s", "from the request to the connection"}, {0}};

const HgRule hg_rule_called_back = {
    .id = "called-back",
    .title = "Called back",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.7,
    .attack = attack,
    .peers = HG_PEERS_TARGETS,
    .what =
        "a host connects for the first time to an address, and port where one is told, that somebody just sent it in "
        "the first words of a TCP connection; both are suspects, one for asking, one for obeying",
    .source =
        "counted over captures: 1 of 111 of attacks, none of 838 harmless ones; FTP, SIP, RTSP and others do so by "
        "design and are left out",
    .false_positive_if =
        "the protocol is made so that requests tell whom to connect to, or the asker administers the "
        "server",
    .needs_evidence = TRUE,
    .needs_times = TRUE,
    .parameters = parameters,
    .assess = assess};
