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
static HgFinding *find_better(const GPtrArray *findings, const HgServiceTable *services,
                              const HgFinding *finding) {
  guint64 most = shared_packets(services, finding, finding) / 2;
  HgFinding *better = NULL;
  for (guint i = 0; i < findings->len; i++) {
    HgFinding *other = findings->pdata[i];
    if (other->host != finding->host || other->kind != HG_FINDING_SUSPICION ||
        other->rule->gives_way)
      continue;
    const guint64 packets = shared_packets(services, finding, other);
    if (packets > most) {
      most = packets;
      better = other;
    }
  }
  return better;
}

void hg_explanations_settle(GPtrArray *findings, const HgServiceTable *services) {
  for (guint i = findings->len; i > 0; i--) {
    const HgFinding *finding = findings->pdata[i - 1];
    HgFinding *better = finding->rule->gives_way ? find_better(findings, services, finding) : NULL;
    if (!better)
      continue;
    char *evidence = g_strdup(better->evidence);
    hg_finding_set_evidence(better, "%s (also looks like %s)", evidence, finding->rule->id);
    g_free(evidence);
    g_ptr_array_remove_index(findings, i - 1);
  }
}
