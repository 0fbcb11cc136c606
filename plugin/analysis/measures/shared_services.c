/* shared_services.c - services that many hosts of a network use, so that they do not count against
 * one host
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shared_services.h"

/* With fewer hosts, all of them may be infected. */
#define MIN_PREVALENT 5

/* The number of clients of an endpoint, and the number from which on it counts as shared. */
typedef struct {
  guint count;
  double limit;
} Clients;

static gint64 endpoint_key(const HgService *service) {
  return (gint64)service->server << 24 | (gint64)service->transport << 16 | service->port;
}

/* Counts internal hosts with external services; services are sorted by client. */
static guint count_outward(const HgRuleRun *run) {
  const HgServiceTable *services = hg_rule_run_services(run);
  guint32 last = HG_NO_HOST;
  guint count = 0;
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *service = hg_service_table_get(services, i);
    if (service->client == last || service->established == 0 ||
        hg_rule_run_scope(run, service->client) != HG_SCOPE_INTERNAL ||
        hg_rule_run_scope(run, service->server) != HG_SCOPE_EXTERNAL)
      continue;
    last = service->client;
    count++;
  }
  return count;
}

double hg_shared_services_limit(double prevalence, guint hosts) {
  return MAX(MIN_PREVALENT, prevalence * hosts);
}

GHashTable *hg_shared_services_new(const HgRuleRun *run, const GArray *numbers, double clients,
                                   double prevalence) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const double prevalent = hg_shared_services_limit(prevalence, count_outward(run));
  GHashTable *shared = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < numbers->len; i++) {
    const HgService *service = hg_service_table_get(services, g_array_index(numbers, guint32, i));
    const gint64 key = endpoint_key(service);
    const gboolean internal = hg_rule_run_scope(run, service->server) == HG_SCOPE_INTERNAL;
    const Clients none = {0, internal ? clients : prevalent};
    g_hash_table_replace(shared, g_memdup2(&key, sizeof key), g_memdup2(&none, sizeof none));
  }
  for (guint32 i = 0; i < hg_service_table_count(services) && numbers->len > 0; i++) {
    const HgService *service = hg_service_table_get(services, i);
    const gint64 key = endpoint_key(service);
    Clients *of = service->established > 0 ? g_hash_table_lookup(shared, &key) : NULL;
    if (of)
      of->count++;
  }
  return shared;
}

gboolean hg_shared_services_contain(GHashTable *shared, const HgService *service) {
  const gint64 key = endpoint_key(service);
  const Clients *of = g_hash_table_lookup(shared, &key);
  return of && of->count >= of->limit;
}
