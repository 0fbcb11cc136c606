/* answers.c - who was answered, when, and where answers could have been seen
 *
 * Places are internal networks, and everything external together: routes out are shared. For a client,
 * and for the clients of a place together, services show whether answers from another place are captured:
 * traffic both ways shows that they are; TCP that goes on without a packet of the other side shows that
 * they are not.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "answers.h"

#include "tally/types/network.h"

#include <string.h>

/* Services whose answers are, or are not, in the capture. */
typedef struct {
  guint32 seen, missed;
} Shown;

/* What clients of one place got from another. */
typedef struct {
  Shown shown;
  guint32 clients; /* that sent something there */
  guint32 last;    /* one of them */
} Way;

struct HgAnswers {
  HgOutageSearch search;
  guint32 *networks; /* by host */
  guint32 *places;   /* by host: its network, or EXTERNAL */
  guint8 *alive;     /* by network: a host of it sent something */
  guint8 *no_route;  /* by host: somebody on the way said so */
  GHashTable *ways;  /* from << 32 | to (guint64, owned) -> Way (owned) */
  Shown *asking;     /* by place: what its hosts got from anywhere */
  Shown *answering;  /* by place: what anybody got from there */
  GArray *outages;   /* HgOutage */

  /* What the client that was asked about last got, by place: rules take one client after the other. */
  guint32 client;
  GHashTable *own; /* place -> Shown (owned) */
};

enum { EXTERNAL = 0 }; /* networks are numbered from 1 */

/* --- networks --- */

typedef struct {
  HgNetwork network;
  guint16 segment;
} NetworkKey;

static guint network_hash(gconstpointer data) {
  const NetworkKey *key = data;
  guint hash = key->segment * 31u + key->network.kind;
  for (guint i = 0; i < 8; i++) /* no more bits count */
    hash = hash * 31 + key->network.bytes[i];
  return hash;
}

static gboolean network_equal(gconstpointer a, gconstpointer b) {
  const NetworkKey *x = a, *y = b;
  return x->segment == y->segment && hg_network_compare(&x->network, &y->network) == 0;
}

/* Hosts without a network (MACs) are one. Returns how many networks there are. */
static guint32 number_networks(HgAnswers *answers) {
  const HgTally *tally = answers->search.tally;
  GHashTable *numbers = g_hash_table_new_full(network_hash, network_equal, g_free, NULL);
  for (guint32 host = 0; host < hg_tally_host_count(tally); host++) {
    const HgAddress *address = &hg_tally_host(tally, host)->address;
    NetworkKey key;
    memset(&key, 0, sizeof key);
    if (hg_address_is_ip(address)) {
      key.network = hg_network_of(address, hg_network_usual_bits((HgAddressKind)address->kind));
      key.segment = address->segment;
    }
    guint32 number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, &key));
    if (number == 0) {
      number = g_hash_table_size(numbers) + 1;
      g_hash_table_insert(numbers, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(number));
    }
    answers->networks[host] = number;
    answers->places[host] =
        answers->search.scopes[host] == HG_SCOPE_EXTERNAL ? (guint32)EXTERNAL : number;
  }
  const guint32 count = g_hash_table_size(numbers);
  g_hash_table_unref(numbers);
  return count;
}

static void note_no_routes(HgAnswers *answers) {
  const HgTally *tally = answers->search.tally;
  const HgObservationTable *observations = hg_tally_observations(tally);
  const GArray *seen = hg_observation_table_seen(observations, HG_OBSERVED_NO_ROUTE);
  for (guint i = 0; i < seen->len; i++) {
    const HgObservation *one =
        hg_observation_table_get(observations, g_array_index(seen, guint32, i));
    const HgHost *host = hg_tally_find_host(tally, &one->peer);
    if (host)
      answers->no_route[host->number] = TRUE;
  }
}

/* --- where answers are seen --- */

/* TCP acknowledges: who goes on was answered. SYN-ACKs and RSTs alone are what victims of forged
 * addresses send. */
static Shown shown_to_client(const HgService *service) {
  const gboolean goes_on =
      service->transport == HG_TRANSPORT_TCP &&
      (service->established > 0 || (service->midstream > 0 && service->payload[0] > 0));
  return (Shown){service->packets[0] > 0 && service->packets[1] > 0,
                 service->packets[1] == 0 && goes_on};
}

static Shown shown_to_server(const HgService *service) {
  return (Shown){service->packets[0] > 0 && service->packets[1] > 0,
                 service->packets[0] == 0 && service->transport == HG_TRANSPORT_TCP &&
                     service->payload[1] > 0};
}

static void add_shown(Shown *sum, Shown shown) {
  sum->seen += shown.seen;
  sum->missed += shown.missed;
}

static Way *way_between(HgAnswers *answers, guint32 from, guint32 to) {
  const guint64 key = (guint64)from << 32 | to;
  Way *way = g_hash_table_lookup(answers->ways, &key);
  if (!way) {
    way = g_new0(Way, 1);
    way->last = HG_NO_HOST;
    g_hash_table_insert(answers->ways, g_memdup2(&key, sizeof key), way);
  }
  return way;
}

static void add_way(HgAnswers *answers, guint32 client, guint32 server, Shown shown,
                    gboolean asked) {
  const guint32 from = answers->places[client], to = answers->places[server];
  Way *way = way_between(answers, from, to);
  add_shown(&way->shown, shown);
  add_shown(&answers->asking[from], shown);
  add_shown(&answers->answering[to], shown);
  if (asked && way->last != client) { /* services are by client */
    way->clients++;
    way->last = client;
  }
}

static gboolean is_between_hosts(const HgAnswers *answers, const HgService *service) {
  const guint8 *scopes = answers->search.scopes;
  return service->client != service->server &&
         hg_scope_is_unicast((HgScope)scopes[service->client]) &&
         hg_scope_is_unicast((HgScope)scopes[service->server]);
}

static void gather(HgAnswers *answers) {
  const HgServiceTable *services = answers->search.services;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (!is_between_hosts(answers, service))
      continue;
    add_way(answers, service->client, service->server, shown_to_client(service),
            service->packets[0] > 0);
    add_way(answers, service->server, service->client, shown_to_server(service), FALSE);
    answers->alive[answers->networks[service->client]] |= service->packets[0] > 0;
    answers->alive[answers->networks[service->server]] |= service->packets[1] > 0;
  }
}

static void gather_own(HgAnswers *answers, guint32 client) {
  const HgServiceTable *services = answers->search.services;
  guint32 first;
  const guint32 count = hg_service_table_of_client(services, client, &first);
  g_hash_table_remove_all(answers->own);
  answers->client = client;
  for (guint32 i = first; i < first + count; i++) {
    const HgService *service = hg_service_table_get(services, i);
    const Shown shown = shown_to_client(service);
    if (!is_between_hosts(answers, service) || shown.seen + shown.missed == 0)
      continue;
    const gpointer place = GUINT_TO_POINTER(answers->places[service->server]);
    Shown *sum = g_hash_table_lookup(answers->own, place);
    if (!sum)
      g_hash_table_insert(answers->own, place, sum = g_new0(Shown, 1));
    add_shown(sum, shown);
  }
}

static gboolean tells(const Shown *shown) {
  return shown && shown->seen + shown->missed > 0;
}

static gboolean is_seen(const Shown *shown) {
  return shown->seen >= shown->missed;
}

gboolean hg_answers_are_visible(const HgAnswers *asked, guint32 client, guint32 server) {
  HgAnswers *answers = (HgAnswers *)asked; /* remembers what it gathered */
  const guint32 from = answers->places[client], to = answers->places[server];
  const guint64 key = (guint64)from << 32 | to;
  if (answers->client != client)
    gather_own(answers, client);
  const Shown *own = g_hash_table_lookup(answers->own, GUINT_TO_POINTER(to));
  if (tells(own))
    return is_seen(own);
  const Way *way = g_hash_table_lookup(answers->ways, &key);
  if (way && tells(&way->shown))
    return is_seen(&way->shown);
  /* What is external answers on many ways; a network answers on its own. */
  if (to != EXTERNAL && tells(&answers->answering[to]))
    return is_seen(&answers->answering[to]);
  if (way && way->clients > 1) /* others asked, too, and nobody got anything */
    return FALSE;
  Shown wider = answers->asking[from];
  add_shown(&wider, answers->answering[to]);
  return tells(&wider) && is_seen(&wider);
}

/* --- when nobody was answered --- */

gboolean hg_answers_were_out_at(const HgAnswers *answers, const HgService *service,
                                gint64 time_ns) {
  return hg_outages_hold(answers->outages, &answers->search, service, time_ns);
}

gboolean hg_answers_were_out(const HgAnswers *answers, const HgService *service) {
  gboolean out = FALSE;
  for (guint32 i = 0; i < service->connections && answers->outages->len > 0; i++) {
    const HgConnection *c =
        hg_service_table_connection(answers->search.services, service->first_connection + i);
    const HgConnectionState state = hg_connection_state(c);
    if (state != HG_CONNECTION_REFUSED && state != HG_CONNECTION_UNANSWERED)
      continue;
    out = hg_answers_were_out_at(answers, service, c->first_ns);
    if (!out)
      return FALSE;
  }
  return out;
}

const GArray *hg_answers_outages(const HgAnswers *answers) {
  return answers->outages;
}

const HgOutageSearch *hg_answers_search(const HgAnswers *answers) {
  return &answers->search;
}

gboolean hg_answers_have_no_route(const HgAnswers *answers, guint32 host) {
  return answers->no_route[host] && !answers->alive[answers->networks[host]];
}

guint32 hg_answers_network(const HgAnswers *answers, guint32 host) {
  return answers->networks[host];
}

/* --- whole --- */

HgAnswers *hg_answers_new(const HgTally *tally, const HgServiceTable *services,
                          const guint8 *scopes) {
  const gsize hosts = (gsize)hg_tally_host_count(tally) + 1;
  HgAnswers *answers = g_new0(HgAnswers, 1);
  answers->networks = g_new0(guint32, hosts);
  answers->places = g_new0(guint32, hosts);
  answers->no_route = g_new0(guint8, hosts);
  answers->search = (HgOutageSearch){tally, services, scopes, answers->networks};
  const gsize networks = (gsize)number_networks(answers) + 1;
  answers->alive = g_new0(guint8, networks);
  answers->asking = g_new0(Shown, networks);
  answers->answering = g_new0(Shown, networks);
  answers->ways = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  answers->own = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  answers->client = HG_NO_HOST;
  note_no_routes(answers);
  gather(answers);
  answers->outages = hg_outages_new(&answers->search);
  return answers;
}

void hg_answers_free(HgAnswers *answers) {
  if (!answers)
    return;
  g_array_unref(answers->outages);
  g_hash_table_unref(answers->ways);
  g_hash_table_unref(answers->own);
  g_free(answers->asking);
  g_free(answers->answering);
  g_free(answers->alive);
  g_free(answers->places);
  g_free(answers->no_route);
  g_free(answers->networks);
  g_free(answers);
}
