/* dns_domains.c - names below one domain that one client asked for, if they could carry data (DNS
 * tunnels)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dns_domains.h"

#include <string.h>

/* A domain is narrowed to a longer ending if this share of its names has that ending. */
#define NEARLY_ALL 0.9

/* Query types whose answers carry more than an address, and those that iodine, dnscat2 and dns2tcp
 * use. */
static gboolean is_carrying_type(const HgDnsSubject *subject) {
  static const char *const types[] = {"CNAME", "HINFO", "KEY", "MX",  "NULL",
                                      "SIG",   "SPF",   "SRV", "TXT", NULL};
  return hg_dns_subject_is_type(subject, types) ||
         (subject->type_length > 4 && strncmp(subject->type, "TYPE", 4) == 0);
}

static void domain_free(gpointer data) {
  HgDnsDomain *domain = data;
  g_free(domain->domain);
  g_array_free(domain->names, TRUE);
  g_array_free(domain->resolvers, TRUE);
  g_free(domain);
}

/* --- one client --- */

typedef struct {
  const HgTally *tally;
  guint least;
  const HgDnsSizes *sizes;
  GHashTable *domains; /* char * -> HgDnsDomain, owned, of the current client */
  GHashTable *known;   /* const char *: names of the current client -> index in their domain + 1 */
  GPtrArray *found;
} Search;

static HgDnsDomain *intern(Search *search, guint32 client, const char *text, guint labels) {
  HgDnsDomain *domain = g_hash_table_lookup(search->domains, text);
  if (domain)
    return domain;
  domain = g_new0(HgDnsDomain, 1);
  domain->client = client;
  domain->domain = g_strdup(text);
  domain->labels = labels;
  domain->names = g_array_new(FALSE, FALSE, sizeof(HgDnsCarrier));
  domain->resolvers = g_array_new(FALSE, FALSE, sizeof(guint32));
  g_hash_table_insert(search->domains, domain->domain, domain);
  return domain;
}

static gboolean could_carry(const HgDnsSizes *sizes, const HgDnsCarrier *carrier) {
  return carrier->carries || carrier->data.longest >= sizes->label ||
         carrier->data.size > sizes->size;
}

static void add(Search *search, guint32 client, const HgObservation *query) {
  HgDnsSubject subject;
  HgDnsName name;
  if (!hg_dns_subject(query, &subject) || !hg_dns_name_split(subject.name, &name))
    return;
  const guint zone = hg_dns_name_zone(&name);
  HgDnsCarrier carrier = {subject.name, hg_dns_name_data(&name, zone), is_carrying_type(&subject),
                          query->traffic.first_ns, query->traffic.first_frame};
  if (carrier.data.size == 0 || !could_carry(search->sizes, &carrier) ||
      hg_dns_name_is_lookup(&name, zone) || hg_dns_name_is_query_service(&name))
    return;
  HgDnsDomain *domain = intern(search, client, hg_dns_name_suffix(&name, zone), zone);
  const guint place = GPOINTER_TO_UINT(g_hash_table_lookup(search->known, subject.name));
  if (place) { /* the name is known, with another type or from another resolver */
    HgDnsCarrier *known = &g_array_index(domain->names, HgDnsCarrier, place - 1);
    known->carries |= carrier.carries;
    if (carrier.first_ns < known->first_ns) {
      known->first_ns = carrier.first_ns;
      known->first_frame = carrier.first_frame;
    }
    return;
  }
  g_array_append_val(domain->names, carrier);
  g_hash_table_insert(search->known, (gpointer)subject.name, GUINT_TO_POINTER(domain->names->len));
}

/* The ending, one label longer than the domain, that nearly all names have; NULL: there is none. */
static const char *longer_ending(const HgDnsDomain *domain) {
  GHashTable *counts = g_hash_table_new(g_str_hash, g_str_equal);
  const char *ending = NULL;
  for (guint i = 0; i < domain->names->len && !ending; i++) {
    HgDnsName name;
    hg_dns_name_split(g_array_index(domain->names, HgDnsCarrier, i).name, &name);
    if (name.labels <= domain->labels + 1)
      continue; /* the name is the ending itself */
    const char *suffix = hg_dns_name_suffix(&name, domain->labels + 1);
    const guint count = GPOINTER_TO_UINT(g_hash_table_lookup(counts, suffix)) + 1;
    g_hash_table_insert(counts, (gpointer)suffix, GUINT_TO_POINTER(count));
    if (count >= NEARLY_ALL * domain->names->len)
      ending = suffix;
  }
  g_hash_table_destroy(counts);
  return ending;
}

/* Narrows the domain to the longer ending. Drops names that do not have it. */
static void narrow(HgDnsDomain *domain, const char *ending, const HgDnsSizes *sizes) {
  guint kept = 0;
  char *text = g_strdup(ending);
  domain->labels++;
  for (guint i = 0; i < domain->names->len; i++) {
    HgDnsCarrier *carrier = &g_array_index(domain->names, HgDnsCarrier, i);
    HgDnsName name;
    hg_dns_name_split(carrier->name, &name);
    carrier->data = hg_dns_name_data(&name, domain->labels);
    if (name.labels > domain->labels &&
        strcmp(hg_dns_name_suffix(&name, domain->labels), text) == 0 && could_carry(sizes, carrier))
      g_array_index(domain->names, HgDnsCarrier, kept++) = *carrier;
  }
  g_array_set_size(domain->names, kept);
  g_free(domain->domain);
  domain->domain = text;
}

static gint compare_carriers(gconstpointer a, gconstpointer b) {
  const HgDnsCarrier *x = a, *y = b;
  if (x->first_ns != y->first_ns)
    return x->first_ns < y->first_ns ? -1 : 1;
  return strcmp(x->name, y->name);
}

/* Keeps the domains of the client whose queries have all been read. */
static void finish_client(Search *search) {
  GHashTableIter domains;
  gpointer value;
  g_hash_table_iter_init(&domains, search->domains);
  while (g_hash_table_iter_next(&domains, NULL, &value)) {
    HgDnsDomain *domain = value;
    const char *ending = NULL;
    g_hash_table_iter_steal(&domains);
    while (domain->labels > 0 && domain->names->len >= search->least &&
           (ending = longer_ending(domain)))
      narrow(domain, ending, search->sizes);
    g_array_sort(domain->names, compare_carriers);
    if (domain->names->len >= search->least)
      g_ptr_array_add(search->found, domain);
    else
      domain_free(domain);
  }
  g_hash_table_remove_all(search->known);
}

static guint32 host_number(const HgTally *tally, const HgAddress *address) {
  const HgHost *host = hg_tally_find_host(tally, address);
  return host && hg_host_is_unicast(host) ? host->number : HG_NO_HOST;
}

static gint compare_domains(gconstpointer a, gconstpointer b) {
  const HgDnsDomain *x = *(HgDnsDomain *const *)a, *y = *(HgDnsDomain *const *)b;
  if (x->client != y->client)
    return x->client < y->client ? -1 : 1;
  return strcmp(x->domain, y->domain);
}

static void search_clients(Search *search) {
  const HgObservationTable *table = hg_tally_observations(search->tally);
  GArray *queries = hg_observation_table_of_kind(table, HG_OBSERVED_DNS_QUERY);
  const HgObservation *before = NULL;
  guint32 client = HG_NO_HOST;
  for (guint i = 0; i < queries->len; i++) {
    const HgObservation *query =
        hg_observation_table_get(table, g_array_index(queries, guint32, i));
    if (!before || !hg_address_equal(&before->actor, &query->actor)) {
      finish_client(search);
      client = host_number(search->tally, &query->actor);
    }
    before = query;
    if (client != HG_NO_HOST)
      add(search, client, query);
  }
  finish_client(search);
  g_array_free(queries, TRUE);
  g_ptr_array_sort(search->found, compare_domains);
}

/* --- what else was said about the domains found --- */

static gboolean is_below(const HgDnsName *name, const HgDnsDomain *domain) {
  if (domain->labels == 0)
    return hg_dns_name_zone(name) == 0;
  return name->labels > domain->labels &&
         strcmp(hg_dns_name_suffix(name, domain->labels), domain->domain) == 0;
}

static void add_resolver(HgDnsDomain *domain, guint32 host) {
  for (guint i = 0; i < domain->resolvers->len; i++)
    if (g_array_index(domain->resolvers, guint32, i) == host)
      return;
  if (host != HG_NO_HOST)
    g_array_append_val(domain->resolvers, host);
}

/* Counts a query that this client was asked for each of its domains that the name is below. */
static void count_for(const HgTally *tally, GHashTable *by_client, const HgAddress *client,
                      const HgObservation *observation,
                      void (*count)(HgDnsDomain *domain, const HgObservation *observation,
                                    guint32 other)) {
  const guint32 number = host_number(tally, client);
  const GPtrArray *domains = g_hash_table_lookup(by_client, GUINT_TO_POINTER(number));
  HgDnsSubject subject;
  HgDnsName name;
  if (number == HG_NO_HOST || !domains || !hg_dns_subject(observation, &subject) ||
      !hg_dns_name_split(subject.name, &name))
    return;
  for (guint i = 0; i < domains->len; i++)
    if (is_below(&name, domains->pdata[i]))
      count(domains->pdata[i], observation, host_number(tally, &observation->peer));
}

static void count_query(HgDnsDomain *domain, const HgObservation *query, guint32 resolver) {
  hg_traffic_merge(&domain->queries, &query->traffic);
  add_resolver(domain, resolver);
}

static void count_asked(HgDnsDomain *domain, const HgObservation *query, guint32 self) {
  (void)query, (void)self;
  domain->asked++;
}

static void count_answer(HgDnsDomain *domain, const HgObservation *answer, guint32 self) {
  (void)self;
  hg_traffic_merge(&domain->answers, &answer->traffic);
}

static void count_messages(const HgTally *tally, const GPtrArray *found) {
  const HgObservationTable *table = hg_tally_observations(tally);
  GHashTable *by_client =
      g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < found->len; i++) {
    const gpointer client = GUINT_TO_POINTER(((HgDnsDomain *)found->pdata[i])->client);
    GPtrArray *domains = g_hash_table_lookup(by_client, client);
    if (!domains)
      g_hash_table_insert(by_client, client, domains = g_ptr_array_new());
    g_ptr_array_add(domains, found->pdata[i]);
  }
  GArray *queries = hg_observation_table_of_kind(table, HG_OBSERVED_DNS_QUERY);
  for (guint i = 0; i < queries->len; i++) {
    const HgObservation *o = hg_observation_table_get(table, g_array_index(queries, guint32, i));
    count_for(tally, by_client, &o->actor, o, count_query);
    count_for(tally, by_client, &o->peer, o, count_asked);
  }
  GArray *answers = hg_observation_table_of_kind(table, HG_OBSERVED_DNS_ANSWER);
  for (guint i = 0; i < answers->len; i++) {
    const HgObservation *o = hg_observation_table_get(table, g_array_index(answers, guint32, i));
    count_for(tally, by_client, &o->peer, o, count_answer);
  }
  g_array_free(queries, TRUE);
  g_array_free(answers, TRUE);
  g_hash_table_destroy(by_client);
}

GPtrArray *hg_dns_domains_find(const HgTally *tally, guint least, const HgDnsSizes *sizes) {
  Search search = {tally,
                   least,
                   sizes,
                   g_hash_table_new_full(g_str_hash, g_str_equal, NULL, domain_free),
                   g_hash_table_new(g_str_hash, g_str_equal),
                   g_ptr_array_new_with_free_func(domain_free)};
  search_clients(&search);
  if (search.found->len > 0)
    count_messages(tally, search.found);
  g_hash_table_destroy(search.domains);
  g_hash_table_destroy(search.known);
  return search.found;
}
