/* beacon_targets.c - what a client calls again and again, whatever it is known by
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "beacon_targets.h"

#include <string.h>

#include "analysis/basics/distinct_hosts.h"
#include "analysis/basics/observed_pair.h"
#include "analysis/measures/regular_services.h"
#include "analysis/measures/shared_services.h"

#define COMPARE(x, y) ((x) < (y) ? -1 : (x) > (y))

static HgBeaconTarget *target_new(HgBeaconKind kind, guint32 client) {
  HgBeaconTarget *target = g_new0(HgBeaconTarget, 1);
  target->kind = kind;
  target->client = client;
  target->servers = g_array_new(FALSE, FALSE, sizeof(guint32));
  target->calls = g_array_new(FALSE, FALSE, sizeof(HgBeaconCall));
  return target;
}

void hg_beacon_target_free(HgBeaconTarget *target) {
  if (!target)
    return;
  g_array_unref(target->servers);
  g_array_unref(target->calls);
  g_free(target);
}

/* --- services --- */

HgBeaconTarget *hg_beacon_target_of_service(const HgRuleRun *run, guint32 number) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const HgService *service = hg_service_table_get(services, number);
  HgBeaconTarget *target = target_new(HG_BEACON_SERVICE, service->client);
  target->service = number;
  target->last_frame = service->last_frame;
  g_array_append_val(target->servers, service->server);
  for (guint32 i = 0; i < service->connections; i++) {
    const guint32 at = service->first_connection + i;
    const HgConnection *c = hg_service_table_connection(services, at);
    const HgBeaconCall call = {c->first_ns, (double)c->bytes[c->client], c->first_frame, at,
                               number};
    if (hg_connection_state(c) != HG_CONNECTION_MIDSTREAM)
      g_array_append_val(target->calls, call);
  }
  return target;
}

/* --- names --- */

/* A name that a client called. */
typedef struct {
  HgBeaconKind kind;
  guint32 client, server;
  guint32 name;         /* index into Names.texts */
  const char *contents; /* what is said of the data; NULL: nothing */
  gint64 time_ns;
  guint32 frame;
  double size; /* of the message */
} Named;

typedef struct {
  const HgRuleRun *run;
  GHashTable *numbers; /* const char * -> index into `texts` + 1 */
  GPtrArray *texts;    /* const char *, borrowed from the tally */
  GHashTable *proxies; /* hosts that are asked for others */
  GArray *all;         /* Named */
} Names;

static guint32 number_of(Names *names, const char *text) {
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(names->numbers, text));
  if (number == 0) {
    g_ptr_array_add(names->texts, (gpointer)text);
    number = names->texts->len;
    g_hash_table_insert(names->numbers, (gpointer)text, GUINT_TO_POINTER(number));
  }
  return number - 1;
}

/* An address that is named where a name could stand, as in "CONNECT 10.0.0.1:443". */
static gboolean is_internal_address(const char *name) {
  HgAddressBuffer buffer;
  HgAddress address;
  return hg_address_parse(name, &address, &buffer) && address.kind != HG_ADDRESS_OTHER &&
         hg_address_scope(&address) != HG_SCOPE_EXTERNAL;
}

/* Who asks a proxy is judged wherever the proxy is; a proxy that asks for others is not. Names of internal
 * servers stand for services that have one address. */
static gboolean is_of_interest(const Names *names, const Named *named) {
  if (named->kind == HG_BEACON_DNS &&
      hg_rule_run_has_role(names->run, named->client, HG_ROLE_RESOLVER))
    return FALSE; /* on behalf of others */
  const HgScope client = hg_rule_run_scope(names->run, named->client);
  const HgScope server = hg_rule_run_scope(names->run, named->server);
  if (client == HG_SCOPE_LOOPBACK || !hg_scope_is_unicast(client) || !hg_scope_is_unicast(server) ||
      g_hash_table_contains(names->proxies, GUINT_TO_POINTER(named->client)))
    return FALSE;
  if (named->kind == HG_BEACON_DNS)
    return client != HG_SCOPE_EXTERNAL;
  if (named->kind == HG_BEACON_PROXIED_NAME)
    return client != HG_SCOPE_EXTERNAL && !is_internal_address(names->texts->pdata[named->name]);
  return server == HG_SCOPE_EXTERNAL;
}

static void find_proxies(Names *names) {
  const HgTally *tally = hg_rule_run_tally(names->run);
  const HgObservationTable *table = hg_tally_observations(tally);
  const GArray *seen = hg_observation_table_seen(table, HG_OBSERVED_PROXY_REQUEST);
  for (guint i = 0; i < seen->len; i++) {
    const HgObservation *o = hg_observation_table_get(table, g_array_index(seen, guint32, i));
    const HgHost *proxy = hg_tally_find_host(tally, &o->peer);
    if (proxy)
      g_hash_table_add(names->proxies, GUINT_TO_POINTER(proxy->number));
  }
  for (guint32 host = 0; host < hg_tally_host_count(tally); host++)
    if (hg_rule_run_has_role(names->run, host, HG_ROLE_PROXY))
      g_hash_table_add(names->proxies, GUINT_TO_POINTER(host));
}

/* The name that an observation is about; of echoes the server. `*contents`: what is said of the data. */
static const char *name_of(const HgTally *tally, const HgObservedPair *pair,
                           const char **contents) {
  const HgObservation *o = pair->observation;
  const char *tab = strchr(o->subject, '\t');
  *contents = NULL;
  if (o->kind != HG_OBSERVED_DNS_DATA && o->kind != HG_OBSERVED_ECHO_DATA)
    return o->subject;
  *contents = o->subject;
  return o->kind == HG_OBSERVED_ECHO_DATA ? hg_tally_host(tally, pair->server)->text
         : tab                            ? tab + 1
                                          : "";
}

static HgBeaconKind kind_of(const Names *names, const HgObservedPair *pair) {
  const HgObservation *o = pair->observation;
  if (o->kind == HG_OBSERVED_DNS_DATA)
    return HG_BEACON_DNS;
  if (o->kind == HG_OBSERVED_ECHO_DATA)
    return HG_BEACON_ECHO;
  return g_hash_table_contains(names->proxies, GUINT_TO_POINTER(pair->server))
             ? HG_BEACON_PROXIED_NAME
             : HG_BEACON_NAME;
}

static void gather(Names *names, HgObservationKind kind) {
  const HgTally *tally = hg_rule_run_tally(names->run);
  const GArray *seen = hg_observation_table_seen(hg_tally_observations(tally), kind);
  for (guint i = 0; i < seen->len; i++) {
    HgObservedPair pair;
    if (!hg_observed_pair_read(tally, g_array_index(seen, guint32, i), &pair) ||
        pair.client == pair.server)
      continue;
    const HgTraffic *traffic = &pair.observation->traffic;
    const char *contents, *name = name_of(tally, &pair, &contents);
    Named named = {.kind = kind_of(names, &pair),
                   .client = pair.client,
                   .server = pair.server,
                   .name = number_of(names, name),
                   .contents = contents,
                   .time_ns = traffic->first_ns,
                   .frame = traffic->first_frame,
                   .size = (double)traffic->bytes};
    if (named.kind == HG_BEACON_DNS) /* a query is as long as its name */
      named.size = (double)strlen(name);
    if (is_of_interest(names, &named))
      g_array_append_val(names->all, named);
  }
}

static gint compare_named(gconstpointer a, gconstpointer b) {
  const Named *x = a, *y = b;
  gint order = COMPARE(x->client, y->client);
  if (order == 0)
    order = COMPARE(x->name, y->name);
  if (order == 0)
    order = COMPARE(x->kind, y->kind);
  if (order == 0)
    order = COMPARE(x->time_ns, y->time_ns);
  return order ? order : COMPARE(x->frame, y->frame);
}

static const Named *at(const Names *names, guint i) {
  return &g_array_index(names->all, Named, i);
}

static gboolean is_same_target(const Named *a, const Named *b) {
  return a->client == b->client && a->name == b->name && a->kind == b->kind;
}

/* By name: how many clients call it. `*clients`: how many call any. (transfer full, guint) */
static GArray *count_clients(const Names *names, guint *clients) {
  GArray *counts = g_array_new(FALSE, TRUE, sizeof(guint));
  g_array_set_size(counts, names->texts->len);
  *clients = 0;
  for (guint i = 0; i < names->all->len; i++) {
    const gboolean another = i == 0 || at(names, i)->client != at(names, i - 1)->client;
    *clients += another;
    if (another || at(names, i)->name != at(names, i - 1)->name)
      g_array_index(counts, guint, at(names, i)->name)++;
  }
  return counts;
}

/* --- the connection that a name was called in --- */

/* The last connection of the service that had begun by then, and was not over. */
static guint32 connection_at(const HgServiceTable *services, const HgService *service,
                             gint64 time_ns) {
  guint32 low = 0, high = service->connections;
  while (low < high) {
    const guint32 middle = low + (high - low) / 2;
    if (hg_service_table_connection(services, service->first_connection + middle)->first_ns >
        time_ns)
      high = middle;
    else
      low = middle + 1;
  }
  if (low == 0 ||
      hg_service_table_connection(services, service->first_connection + low - 1)->last_ns < time_ns)
    return HG_BEACON_NO_CONNECTION;
  return service->first_connection + low - 1;
}

/* A name is told right after the start, so of several connections of a pair the one that began last. `*of`:
 * the number of its service. */
static guint32 find_connection(const HgServiceTable *services, const Named *named, guint32 *of) {
  guint32 first = 0, found = HG_BEACON_NO_CONNECTION;
  const guint32 count = hg_service_table_of_pair(services, named->client, named->server, &first);
  for (guint32 i = 0; i < count; i++) {
    const HgService *service = hg_service_table_get(services, first + i);
    const guint32 one = connection_at(services, service, named->time_ns);
    if (one != HG_BEACON_NO_CONNECTION &&
        (found == HG_BEACON_NO_CONNECTION ||
         hg_service_table_connection(services, one)->first_ns >
             hg_service_table_connection(services, found)->first_ns)) {
      found = one;
      *of = first + i;
    }
  }
  return found;
}

/* What was sent in a connection is the size of a call, unless connections hold several calls: then it is
 * that of the messages. */
static void take_connection_sizes(HgBeaconTarget *target, const HgServiceTable *services) {
  GHashTable *own = g_hash_table_new(NULL, NULL);
  gboolean alone = TRUE;
  for (guint i = 0; i < target->calls->len && alone; i++) {
    const guint32 connection = g_array_index(target->calls, HgBeaconCall, i).connection;
    alone = connection != HG_BEACON_NO_CONNECTION &&
            g_hash_table_add(own, GUINT_TO_POINTER(connection));
  }
  for (guint i = 0; i < target->calls->len && alone; i++) {
    HgBeaconCall *call = &g_array_index(target->calls, HgBeaconCall, i);
    const HgConnection *c = hg_service_table_connection(services, call->connection);
    call->size = (double)c->bytes[c->client];
  }
  g_hash_table_unref(own);
}

/* The calls from `first` up to `end`, which are of one target. (transfer full) */
static HgBeaconTarget *target_of_name(const Names *names, guint first, guint end) {
  const HgServiceTable *services = hg_rule_run_services(names->run);
  const Named *begin = at(names, first);
  HgBeaconTarget *target = target_new(begin->kind, begin->client);
  const gboolean connects = begin->kind == HG_BEACON_NAME || begin->kind == HG_BEACON_PROXIED_NAME;
  gint64 before = HG_TIME_NONE;
  HgDistinctHosts servers;
  hg_distinct_hosts_init(&servers);
  target->name = begin->kind != HG_BEACON_ECHO ? names->texts->pdata[begin->name] : NULL;
  for (guint i = first; i < end; i++) {
    const Named *named = at(names, i);
    guint32 service = 0;
    const guint32 connection =
        connects ? find_connection(services, named, &service) : HG_BEACON_NO_CONNECTION;
    if (connection != HG_BEACON_NO_CONNECTION && named->kind == HG_BEACON_NAME &&
        hg_regular_services_have(names->run, hg_service_table_get(services, service)))
      continue;
    const HgBeaconCall call = {named->time_ns, named->size, named->frame, connection, service};
    if (before != HG_TIME_NONE && hg_time_distance(before, named->time_ns) <= HG_BEACON_TOGETHER_NS)
      g_array_index(target->calls, HgBeaconCall, target->calls->len - 1).size += named->size;
    else
      g_array_append_val(target->calls, call);
    before = named->time_ns;
    target->last_frame = MAX(target->last_frame, named->frame);
    hg_distinct_hosts_add(&servers, named->server);
  }
  g_array_unref(target->servers);
  target->servers = hg_distinct_hosts_end(&servers);
  take_connection_sizes(target, services);
  return target;
}

/* Whether so many different data came or went; TRUE: nothing is said of the data. */
static gboolean has_contents(const Names *names, guint first, guint end, guint contents) {
  GHashTable *different = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = first; i < end && at(names, i)->contents; i++)
    g_hash_table_add(different, (gpointer)at(names, i)->contents);
  const gboolean has = !at(names, first)->contents || g_hash_table_size(different) >= contents;
  g_hash_table_unref(different);
  return has;
}

GPtrArray *hg_beacon_targets_of_names(const HgRuleRun *run, guint least, guint contents,
                                      double prevalence) {
  Names names = {run, g_hash_table_new(g_str_hash, g_str_equal), g_ptr_array_new(),
                 g_hash_table_new(NULL, NULL), g_array_new(FALSE, FALSE, sizeof(Named))};
  GPtrArray *targets = g_ptr_array_new_with_free_func((GDestroyNotify)hg_beacon_target_free);
  guint clients;
  find_proxies(&names);
  gather(&names, HG_OBSERVED_SERVER_NAME);
  gather(&names, HG_OBSERVED_PROXY_REQUEST);
  gather(&names, HG_OBSERVED_DNS_DATA);
  gather(&names, HG_OBSERVED_ECHO_DATA);
  g_array_sort(names.all, compare_named);
  GArray *counts = count_clients(&names, &clients);
  const double prevalent = hg_shared_services_limit(prevalence, clients);
  for (guint first = 0, end; first < names.all->len; first = end) {
    for (end = first + 1; end < names.all->len; end++)
      if (!is_same_target(at(&names, first), at(&names, end)))
        break;
    if (end - first < least || g_array_index(counts, guint, at(&names, first)->name) >= prevalent ||
        !has_contents(&names, first, end, contents))
      continue;
    HgBeaconTarget *target = target_of_name(&names, first, end);
    if (target->calls->len >= least)
      g_ptr_array_add(targets, target);
    else
      hg_beacon_target_free(target);
  }
  g_array_unref(counts);
  g_array_unref(names.all);
  g_ptr_array_unref(names.texts);
  g_hash_table_unref(names.numbers);
  g_hash_table_unref(names.proxies);
  return targets;
}
