/* deny_names.c - finds hosts that had contact with names on a deny list
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "deny_names.h"

#include "analysis/basics/dns_name.h"

#include <string.h>

/* --- asked for --- */

/* A DNS query for a listed name. */
typedef struct {
  const HgObservation *seen;
  const HgListEntry *entry;
  const char *name;
  guint32 actor, peer; /* host numbers; HG_NO_HOST: no host of the tally */
} Query;

static guint32 number_of(const HgTally *tally, const HgAddress *address) {
  const HgHost *host = hg_tally_find_host(tally, address);
  return host ? host->number : HG_NO_HOST;
}

/* (transfer full, Query) */
static GArray *find_queries(const HgDenySearch *search) {
  const HgTally *tally = hg_rule_run_tally(search->run);
  const HgObservationTable *table = hg_tally_observations(tally);
  GArray *numbers = hg_observation_table_of_kind(table, HG_OBSERVED_DNS_QUERY);
  GArray *queries = g_array_new(FALSE, FALSE, sizeof(Query));
  for (guint i = 0; i < numbers->len; i++) {
    const HgObservation *seen = hg_observation_table_get(table, g_array_index(numbers, guint32, i));
    HgDnsSubject subject;
    const HgListEntry *entry =
        hg_dns_subject(seen, &subject)
            ? hg_allow_deny_list_name(search->list, subject.name, NULL, FALSE)
            : NULL;
    const Query query = {seen, entry, entry ? subject.name : NULL, number_of(tally, &seen->actor),
                         number_of(tally, &seen->peer)};
    if (entry)
      g_array_append_val(queries, query);
  }
  g_array_unref(numbers);
  return queries;
}

static gboolean resolves(const HgDenySearch *search, guint32 host) {
  return host != HG_NO_HOST && hg_rule_run_has_role(search->run, host, HG_ROLE_RESOLVER);
}

/* Set of keys. "5 evil.example": host 5 was asked for the name. "evil.example": some host asked for
 * it that is no resolver. (transfer full) */
static GHashTable *find_origins(const HgDenySearch *search, const GArray *queries) {
  GHashTable *origins = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < queries->len; i++) {
    const Query *q = &g_array_index(queries, Query, i);
    g_hash_table_add(origins, g_strdup_printf("%u %s", q->peer, q->name));
    if (!resolves(search, q->actor))
      g_hash_table_add(origins, g_strdup(q->name));
  }
  return origins;
}

/* Whether the host only forwards the query: it was asked for the name itself, or it is a resolver
 * and others asked. If no other query was captured, the resolver's own query is reported. */
static gboolean passes_on(const HgDenySearch *search, GHashTable *origins, const Query *q) {
  g_autofree char *asked = g_strdup_printf("%u %s", q->actor, q->name);
  return g_hash_table_contains(origins, asked) ||
         (resolves(search, q->actor) && g_hash_table_contains(origins, q->name));
}

void hg_deny_find_queries(HgDenySearch *search) {
  GArray *queries = find_queries(search);
  GHashTable *origins = find_origins(search, queries);
  for (guint i = 0; i < queries->len; i++) {
    const Query *q = &g_array_index(queries, Query, i);
    const HgDenyContact contact = {.host = q->actor,
                                   .peer = q->peer,
                                   .entry = q->entry,
                                   .how = HG_DENY_ASKED,
                                   .name = q->name,
                                   .answered = TRUE,
                                   .first_frame = q->seen->traffic.first_frame,
                                   .last_frame = q->seen->traffic.last_frame};
    if (q->actor != HG_NO_HOST && !passes_on(search, origins, q))
      hg_deny_search_add(search, &contact);
  }
  g_hash_table_destroy(origins);
  g_array_unref(queries);
}

/* --- named to a server --- */

/* A listed name of an unlisted server, and the client that named it first; the tally does not keep
 * later ones. */
typedef struct {
  const HgName *name;
  const HgListEntry *entry;
  guint32 server;
  guint32 client; /* HG_NO_HOST: not found yet, or not unique */
  gboolean several;
} Site;

static gint by_frame(gconstpointer a, gconstpointer b) {
  const Site *x = a, *y = b;
  if (x->name->first_frame != y->name->first_frame)
    return x->name->first_frame < y->name->first_frame ? -1 : 1;
  return strcmp(x->name->name, y->name->name);
}

/* Sorted by frame. (transfer full, Site) */
static GArray *find_sites(const HgDenySearch *search) {
  const HgTally *tally = hg_rule_run_tally(search->run);
  const HgNamesAndLogins *names_and_logins = hg_tally_names_and_logins(tally);
  GArray *sites = g_array_new(FALSE, FALSE, sizeof(Site));
  for (guint32 i = 0; i < hg_names_and_logins_name_count(names_and_logins); i++) {
    const HgName *name = hg_names_and_logins_name(names_and_logins, i);
    Site site = {name, NULL, number_of(tally, &name->address), HG_NO_HOST, FALSE};
    if (!(name->sources & (1u << HG_NAME_TLS | 1u << HG_NAME_HTTP)) ||
        name->sources & 1u << HG_NAME_DNS || site.server == HG_NO_HOST ||
        search->listed[site.server])
      /* known from DNS as well: first_frame is the answer's, and the query is found above */
      continue;
    site.entry = hg_allow_deny_list_name(search->list, name->name, NULL, FALSE);
    if (site.entry)
      g_array_append_val(sites, site);
  }
  g_array_sort(sites, by_frame);
  return sites;
}

/* The first site whose frame is `frame` or later. */
static guint first_from(const GArray *sites, guint32 frame) {
  guint low = 0, high = sites->len;
  while (low < high) {
    const guint middle = (low + high) / 2;
    if (g_array_index(sites, Site, middle).name->first_frame < frame)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void note_client(Site *site, guint32 source, guint32 destination) {
  if (destination != site->server || source == HG_NO_HOST)
    return;
  site->several |= site->client != HG_NO_HOST && site->client != source;
  site->client = source;
}

/* The contact log of a store has runs of packets, and two runs may cover one frame. */
static void find_clients(const HgTally *tally, GArray *sites) {
  const HgContactLog *log = hg_tally_contacts(tally);
  const guint64 count = sites->len > 0 ? hg_contact_log_count(log) : 0;
  for (guint64 i = 0; i < count; i++) {
    const HgContactRun run = hg_contact_log_run(log, i);
    guint32 source, destination;
    guint at = first_from(sites, run.contact.frame);
    if (at == sites->len || g_array_index(sites, Site, at).name->first_frame > run.last_frame)
      continue;
    hg_tally_contact_ends(tally, &run.contact, &source, &destination);
    for (; at < sites->len; at++) {
      Site *site = &g_array_index(sites, Site, at);
      if (site->name->first_frame > run.last_frame)
        break;
      note_client(site, source, destination);
    }
  }
}

void hg_deny_find_sites(HgDenySearch *search) {
  GArray *sites = find_sites(search);
  find_clients(hg_rule_run_tally(search->run), sites);
  for (guint i = 0; i < sites->len; i++) {
    const Site *site = &g_array_index(sites, Site, i);
    const HgDenyContact contact = {.host = site->client,
                                   .peer = site->server,
                                   .entry = site->entry,
                                   .how = HG_DENY_NAMED,
                                   .name = site->name->name,
                                   .answered = TRUE,
                                   .first_frame = site->name->first_frame,
                                   .last_frame = site->name->first_frame};
    if (site->client != HG_NO_HOST && !site->several)
      hg_deny_search_add(search, &contact);
  }
  g_array_unref(sites);
}
