/* explanations.c - of two findings about the same packets, the one that explains them speaks
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "explanations.h"

#include "rule.h"

static guint64 packets_of(const HgServiceTable *services, guint32 number) {
  const HgService *service = hg_service_table_get(services, number);
  return service->packets[0] + service->packets[1];
}

/* Packets at the services of both. */
static guint64 shared_packets(const HgServiceTable *services, const HgFinding *a,
                              const HgFinding *b) {
  GHashTableIter iter;
  gpointer service;
  guint64 packets = 0;
  g_hash_table_iter_init(&iter, a->services);
  while (g_hash_table_iter_next(&iter, &service, NULL))
    if (g_hash_table_contains(b->services, service))
      packets += packets_of(services, GPOINTER_TO_UINT(service));
  return packets;
}

/* The suspicion that explains most of the finding's packets, and more than half; NULL: there is none. */
static HgFinding *find_better(GHashTable *explaining, const HgServiceTable *services,
                              const HgFinding *finding) {
  const GPtrArray *others = g_hash_table_lookup(explaining, GUINT_TO_POINTER(finding->host));
  guint64 most = shared_packets(services, finding, finding) / 2;
  HgFinding *better = NULL;
  for (guint i = 0; others && i < others->len; i++) {
    HgFinding *other = others->pdata[i];
    const guint64 packets = shared_packets(services, finding, other);
    if (packets > most) {
      most = packets;
      better = other;
    }
  }
  return better;
}

/* Host -> GPtrArray of HgFinding, borrowed: the suspicions about it that others may give way to. (transfer full) */
static GHashTable *find_explaining(const GPtrArray *findings) {
  GHashTable *explaining =
      g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < findings->len; i++) {
    HgFinding *finding = findings->pdata[i];
    GPtrArray *of_host = g_hash_table_lookup(explaining, GUINT_TO_POINTER(finding->host));
    if (finding->kind != HG_FINDING_SUSPICION || finding->rule->gives_way ||
        g_hash_table_size(finding->services) == 0)
      continue;
    if (!of_host)
      g_hash_table_insert(explaining, GUINT_TO_POINTER(finding->host), of_host = g_ptr_array_new());
    g_ptr_array_add(of_host, finding);
  }
  return explaining;
}

void hg_explanations_settle(GPtrArray *findings, const HgServiceTable *services) {
  GHashTable *explaining = find_explaining(findings);
  for (guint i = findings->len; i > 0; i--) {
    const HgFinding *finding = findings->pdata[i - 1];
    HgFinding *better =
        finding->rule->gives_way ? find_better(explaining, services, finding) : NULL;
    if (!better)
      continue;
    char *evidence = g_strdup(better->evidence);
    hg_finding_set_evidence(better, "%s (also looks like %s)", evidence, finding->rule->id);
    g_free(evidence);
    g_ptr_array_remove_index(findings, i - 1);
  }
  g_hash_table_unref(explaining);
}
