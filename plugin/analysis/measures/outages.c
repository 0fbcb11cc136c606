/* outages.c - times at which nobody was answered
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "outages_private.h"

#include "analysis/basics/missing_times.h"
#include "tally/types/network.h"

#include <string.h>

/* An outage is taken to begin and end at most so long before and after the failures that show it, within
 * what is known to have been answered: what others get within the minute is what a client is held
 * against. */
#define MARGIN_NS (G_GINT64_CONSTANT(60) * 1000000000)

/* Failures further apart do not show one outage of more than one service: who needs something that others
 * offer tries within minutes. */
#define APART_NS (5 * MARGIN_NS)

/* Shorter ones fail nobody: systems repeat their SYNs for longer (RFC 6298), and so do resolvers. */
#define SHORTEST_NS (30 * (MARGIN_NS / 60))

/* Clients whose failures show an outage. One that fails alone may be the cause itself. */
#define CLIENTS 2

typedef enum { FAILED, FAILED_KNOWN, ANSWERED } Result; /* KNOWN: the service answers at times */

typedef struct {
  guint64 group;
  gint64 time_ns, tried_ns; /* from when on, and until when it was repeated */
  guint32 frame;
  guint32 service;
  guint8 result; /* Result */
} Attempt;

/* A stretch of failures between two answers. */
typedef struct {
  gint64 first_ns, last_ns; /* of those at services that are known to answer */
  gint64 tried_ns;          /* until when these were repeated */
  gint64 after_ns;          /* the answer before; G_MININT64: none */
  GHashTable *clients, *servers;
  guint32 service; /* one of them */
} Stretch;

typedef struct {
  const HgOutageSearch *in;
  GHashTable
      *known; /* keys of services that failed (guint64, owned) -> whether they answer at times */
  GArray *outages;
} Search;

/* --- groups --- */

static guint64 service_key(const HgService *service) {
  return (guint64)service->server << 24 | (guint64)service->transport << 16 | service->port;
}

gboolean hg_outage_group(const HgOutageSearch *search, const HgService *service, HgOutageKind kind,
                         guint64 *group) {
  switch (kind) {
  case HG_OUTAGE_EXTERNAL:
    *group = 0;
    return hg_outage_leaves(search, service);
  case HG_OUTAGE_PORT:
    *group = (guint64)service->transport << 16 | service->port;
    return hg_outage_leaves(search, service) && service->port != 0;
  case HG_OUTAGE_NETWORK:
    *group = search->networks[service->server];
    return TRUE;
  default:
    *group = service_key(service);
    return TRUE;
  }
}

/* --- attempts --- */

static gboolean has_answered(const HgService *service) {
  return (service->packets[1] > 0 || service->transport == HG_TRANSPORT_TCP) &&
         (service->established > 0 || service->midstream > 0);
}

static gboolean has_failed(const HgService *service) {
  return service->refused > 0 || service->unanswered > 0;
}

static void find_known(Search *search) {
  const HgServiceTable *services = search->in->services;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    const guint64 key = service_key(service);
    if (hg_outage_is_candidate(search->in, service) && has_failed(service))
      g_hash_table_replace(search->known, g_memdup2(&key, sizeof key), GINT_TO_POINTER(FALSE));
  }
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    const guint64 key = service_key(service);
    if (has_answered(service) && g_hash_table_contains(search->known, &key))
      g_hash_table_replace(search->known, g_memdup2(&key, sizeof key), GINT_TO_POINTER(TRUE));
  }
}

static gboolean is_known(const Search *search, const HgService *service) {
  const guint64 key = service_key(service);
  return GPOINTER_TO_INT(g_hash_table_lookup(search->known, &key));
}

#define SEVERAL G_MAXUINT32

/* The clients that failed at services that answer at times, by group: the only one's number + 1, or
 * SEVERAL. (transfer full) */
static GHashTable *find_groups(const Search *search, HgOutageKind kind) {
  const HgServiceTable *services = search->in->services;
  GHashTable *groups = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    guint64 group;
    if (!hg_outage_is_candidate(search->in, service) || !has_failed(service) ||
        !is_known(search, service) || !hg_outage_group(search->in, service, kind, &group))
      continue;
    const guint32 before = GPOINTER_TO_UINT(g_hash_table_lookup(groups, &group));
    const guint32 client = service->client + 1; /* 0: no client yet */
    if (before != client && before != SEVERAL)
      g_hash_table_replace(groups, g_memdup2(&group, sizeof group),
                           GUINT_TO_POINTER(before == 0 ? client : SEVERAL));
  }
  return groups;
}

static gint compare_attempts(gconstpointer a, gconstpointer b) {
  const Attempt *x = a, *y = b;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

static void add_attempts(const Search *search, guint32 number, guint64 group, GArray *attempts) {
  const HgService *service = hg_service_table_get(search->in->services, number);
  const gboolean known = has_failed(service) && is_known(search, service);
  for (guint32 i = 0; i < service->connections; i++) {
    const HgConnection *c =
        hg_service_table_connection(search->in->services, service->first_connection + i);
    const Attempt attempt = {
        group,      c->first_ns,
        c->last_ns, c->first_frame,
        number,     hg_outage_is_answered(c) ? ANSWERED : known ? FAILED_KNOWN : FAILED};
    if (c->begun && hg_time_is_known(c->first_ns))
      g_array_append_val(attempts, attempt);
  }
}

/* By group, then time. (transfer full, Attempt) */
static GArray *list_attempts(const Search *search, HgOutageKind kind) {
  GHashTable *groups = find_groups(search, kind);
  GArray *attempts = g_array_new(FALSE, FALSE, sizeof(Attempt));
  const guint32 count = hg_service_table_count(search->in->services);
  for (guint32 i = 0; i < count && g_hash_table_size(groups) > 0; i++) {
    const HgService *service = hg_service_table_get(search->in->services, i);
    guint64 group;
    if (hg_outage_is_candidate(search->in, service) &&
        hg_outage_group(search->in, service, kind, &group) &&
        GPOINTER_TO_UINT(g_hash_table_lookup(groups, &group)) == SEVERAL)
      add_attempts(search, i, group, attempts);
  }
  g_array_sort(attempts, compare_attempts);
  g_hash_table_unref(groups);
  return attempts;
}

/* --- stretches --- */

static void begin_stretch(Stretch *stretch, gint64 after_ns) {
  g_hash_table_remove_all(stretch->clients);
  g_hash_table_remove_all(stretch->servers);
  stretch->after_ns = after_ns;
}

static void lengthen_stretch(Stretch *stretch, const HgService *service, const Attempt *attempt) {
  if (g_hash_table_size(stretch->clients) == 0)
    stretch->first_ns = stretch->tried_ns = attempt->time_ns;
  stretch->last_ns = attempt->time_ns;
  stretch->tried_ns = MAX(stretch->tried_ns, attempt->tried_ns);
  stretch->service = attempt->service;
  g_hash_table_add(stretch->clients, GUINT_TO_POINTER(service->client));
  g_hash_table_add(stretch->servers, GUINT_TO_POINTER(service->server));
}

/* One server that is down says nothing of others; `before_ns`: the answer after. */
static void end_stretch(Search *search, const Stretch *stretch, HgOutageKind kind, guint64 group,
                        gint64 before_ns) {
  if (g_hash_table_size(stretch->clients) < CLIENTS ||
      (kind != HG_OUTAGE_SERVICE && g_hash_table_size(stretch->servers) < 2))
    return;
  const HgOutage outage = {.kind = kind,
                           .group = group,
                           .shown_ns = {stretch->first_ns, stretch->last_ns},
                           .from_ns = MAX(stretch->after_ns, stretch->first_ns - MARGIN_NS),
                           .to_ns = MIN(before_ns, stretch->last_ns + MARGIN_NS),
                           .clients = g_hash_table_size(stretch->clients),
                           .service = stretch->service};
  /* Failures of one moment show no more than that moment. */
  if (hg_time_span(stretch->first_ns, MIN(stretch->tried_ns, outage.to_ns)) >= SHORTEST_NS)
    g_array_append_val(search->outages, outage);
}

/* All outages of a kind in its attempts. */
static void find_in(Search *search, HgOutageKind kind, const GArray *attempts) {
  Stretch stretch = {.clients = g_hash_table_new(NULL, NULL),
                     .servers = g_hash_table_new(NULL, NULL)};
  for (guint i = 0; i < attempts->len; i++) {
    const Attempt *attempt = &g_array_index(attempts, Attempt, i);
    const Attempt *before = i > 0 ? attempt - 1 : NULL;
    if (!before || before->group != attempt->group) {
      if (before)
        end_stretch(search, &stretch, kind, before->group, G_MAXINT64);
      begin_stretch(&stretch, G_MININT64);
    }
    if (attempt->result == ANSWERED) {
      end_stretch(search, &stretch, kind, attempt->group, attempt->time_ns);
      begin_stretch(&stretch, attempt->time_ns);
    } else if (attempt->result == FAILED_KNOWN) {
      if (kind != HG_OUTAGE_SERVICE && g_hash_table_size(stretch.clients) > 0 &&
          hg_time_span(stretch.last_ns, attempt->time_ns) > APART_NS) {
        end_stretch(search, &stretch, kind, attempt->group, attempt->time_ns);
        begin_stretch(&stretch, stretch.after_ns);
      }
      lengthen_stretch(&stretch, hg_service_table_get(search->in->services, attempt->service),
                       attempt);
    }
  }
  if (attempts->len > 0)
    end_stretch(search, &stretch, kind, g_array_index(attempts, Attempt, attempts->len - 1).group,
                G_MAXINT64);
  g_hash_table_unref(stretch.clients);
  g_hash_table_unref(stretch.servers);
}

/* --- what packets say --- */

/* Errors are of hosts on the way, and pings that were answered are connections. */
static gboolean is_icmp(const HgTally *tally, guint16 protocol) {
  return g_str_has_prefix(hg_tally_protocol(tally, protocol)->name, "ICMP");
}

/* The group of outages of this kind that a packet shows to be over, or not to have been. Of ports and
 * services the log knows nothing. FALSE: none. */
static gboolean heard_group(const HgOutageSearch *search, HgOutageKind kind, guint32 from,
                            guint32 to, guint64 *group) {
  *group = kind == HG_OUTAGE_NETWORK ? search->networks[from] : 0;
  if (kind == HG_OUTAGE_NETWORK)
    return search->networks[to] != *group;
  return search->scopes[from] == HG_SCOPE_EXTERNAL && search->scopes[to] != HG_SCOPE_EXTERNAL;
}

/* The first outage of the group, or behind it, from number `low` on: these are of one kind, by group. */
static guint first_of_group(const GArray *outages, guint low, guint64 group) {
  guint high = outages->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (g_array_index(outages, HgOutage, middle).group < group)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

#define ONCE_NS G_GINT64_CONSTANT(1000000000) /* more often nothing is added to attempts */

/* Adds the run to the attempts if it falls into the outage. `*last`: when the last one that was added ended. */
static void hear_run(const HgOutage *outage, const HgContactRun *run, gint64 *last,
                     GArray *attempts) {
  if (run->last_ns < outage->from_ns || run->contact.time_ns > outage->to_ns ||
      (*last != HG_TIME_NONE && hg_time_span(*last, run->last_ns) < ONCE_NS))
    return;
  const Attempt heard[] = {
      {outage->group, run->contact.time_ns, run->contact.time_ns, run->contact.frame, 0, ANSWERED},
      {outage->group, run->last_ns, run->last_ns, run->last_frame, 0, ANSWERED}};
  g_array_append_vals(attempts, heard, 2);
  *last = run->last_ns;
}

/* Connections that were there before may go on: adds what their servers sent during the outages from
 * number `first` on, which are of one kind. FALSE: nothing. */
static gboolean hear(const Search *search, HgOutageKind kind, guint first, GArray *attempts) {
  const HgTally *tally = search->in->tally;
  const HgContactLog *log = hg_tally_contacts(tally);
  const guint before = attempts->len, count = search->outages->len;
  gint64 *last = g_new(gint64, (gsize)count + 1); /* by outage */
  for (guint n = 0; n < count; n++)
    last[n] = HG_TIME_NONE;
  for (guint64 i = 0; i < hg_contact_log_count(log) && first < count; i++) {
    const HgContactRun run = hg_contact_log_run(log, i);
    const HgConversationProtocol *part =
        hg_tally_conversation_protocol(tally, run.contact.conversation_protocol);
    const HgConversation *c = hg_tally_conversation(tally, part->conversation);
    guint64 group;
    if (!heard_group(search->in, kind, c->host[run.contact.direction],
                     c->host[1 - run.contact.direction], &group) ||
        is_icmp(tally, part->protocol))
      continue;
    for (guint n = first_of_group(search->outages, first, group); n < count; n++) {
      const HgOutage *outage = &g_array_index(search->outages, HgOutage, n);
      if (outage->group != group)
        break;
      hear_run(outage, &run, &last[n], attempts);
    }
  }
  g_free(last);
  return attempts->len > before;
}

static void find_of_kind(Search *search, HgOutageKind kind) {
  const guint first = search->outages->len;
  GArray *attempts = list_attempts(search, kind);
  find_in(search, kind, attempts);
  if ((kind == HG_OUTAGE_EXTERNAL || kind == HG_OUTAGE_NETWORK) &&
      hear(search, kind, first, attempts)) {
    g_array_set_size(search->outages, first);
    g_array_sort(attempts, compare_attempts);
    find_in(search, kind, attempts);
  }
  g_array_unref(attempts);
}

/* --- asked later --- */

static gint compare_outages(gconstpointer a, gconstpointer b) {
  const HgOutage *x = a, *y = b;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  return x->from_ns < y->from_ns ? -1 : x->from_ns > y->from_ns;
}

/* Of two searches; by compare_outages. So that of each group at most one holds at a time. */
static void merge_overlapping(GArray *outages) {
  guint kept = 0;
  for (guint i = 1; i < outages->len; i++) {
    HgOutage *last = &g_array_index(outages, HgOutage, kept);
    const HgOutage *next = &g_array_index(outages, HgOutage, i);
    if (next->kind != last->kind || next->group != last->group || next->from_ns >= last->to_ns) {
      g_array_index(outages, HgOutage, ++kept) = *next;
      continue;
    }
    last->to_ns = MAX(last->to_ns, next->to_ns);
    last->shown_ns[0] = MIN(last->shown_ns[0], next->shown_ns[0]);
    last->shown_ns[1] = MAX(last->shown_ns[1], next->shown_ns[1]);
    last->clients = MAX(last->clients, next->clients);
  }
  if (outages->len > 0)
    g_array_set_size(outages, kept + 1);
}

GArray *hg_outages_new(const HgOutageSearch *in) {
  Search search = {.in = in,
                   .known = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
                   .outages = g_array_new(FALSE, FALSE, sizeof(HgOutage))};
  if (!hg_missing_times(in->tally)) {
    find_known(&search);
    for (HgOutageKind kind = 0; kind < HG_OUTAGE_KINDS; kind++)
      find_of_kind(&search, kind);
    hg_external_silence_find(in, search.outages);
  }
  g_array_sort(search.outages, compare_outages);
  merge_overlapping(search.outages);
  g_hash_table_unref(search.known);
  return search.outages;
}

/* The last of the outages that is not after this group and time; -1: none. */
static gint find(const GArray *outages, const HgOutage *key) {
  guint low = 0, high = outages->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (compare_outages(&g_array_index(outages, HgOutage, middle), key) <= 0)
      low = middle + 1;
    else
      high = middle;
  }
  return (gint)low - 1;
}

static gboolean hold(const GArray *outages, const HgOutageSearch *search, const HgService *service,
                     gint64 time_ns, HgOutageKind kinds) {
  for (HgOutageKind kind = 0; kind < kinds && outages->len > 0; kind++) {
    HgOutage key = {.kind = kind, .from_ns = time_ns};
    if (!hg_outage_group(search, service, kind, &key.group))
      continue;
    const gint at = find(outages, &key);
    const HgOutage *outage = at < 0 ? NULL : &g_array_index(outages, HgOutage, at);
    if (outage && outage->kind == kind && outage->group == key.group && time_ns <= outage->to_ns)
      return TRUE;
  }
  return FALSE;
}

gboolean hg_outages_hold(const GArray *outages, const HgOutageSearch *search,
                         const HgService *service, gint64 time_ns) {
  return hold(outages, search, service, time_ns, HG_OUTAGE_KINDS);
}

gboolean hg_outage_is_part(const HgOutage *outage, const GArray *outages,
                           const HgOutageSearch *search) {
  const HgService *service = hg_service_table_get(search->services, outage->service);
  return hold(outages, search, service, outage->shown_ns[0], outage->kind) ||
         hold(outages, search, service, outage->shown_ns[1], outage->kind);
}

char *hg_outage_subject(const HgOutage *outage, const HgOutageSearch *search) {
  const HgService *service = hg_service_table_get(search->services, outage->service);
  const HgHost *server = hg_tally_host(search->tally, service->server);
  switch (outage->kind) {
  case HG_OUTAGE_EXTERNAL:
    return g_strdup("nothing external");
  case HG_OUTAGE_PORT:
    return g_strdup_printf("nothing external on %s port %u", hg_transport_name(service->transport),
                           service->port);
  case HG_OUTAGE_NETWORK: {
    const HgNetwork network =
        hg_network_of(&server->address, hg_network_usual_bits((HgAddressKind)server->address.kind));
    char *text = hg_network_to_text(&network);
    char *subject = g_strdup_printf("nothing in %s", text);
    g_free(text);
    return subject;
  }
  default:
    return g_strdup_printf("nothing at %s on %s port %u", server->text,
                           hg_transport_name(service->transport), service->port);
  }
}
