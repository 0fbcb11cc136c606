/* shared_services.h - services that many hosts of a network use, so that no one host is to blame
 *
 *  - Health checks, update servers, file servers: an internal service that several hosts use is part
 *    of the network.
 *  - Several infected hosts may share an external one. But what most hosts report to is the maker of
 *    a program that is installed everywhere: RITA v5 lowers a score where half of the hosts talk to
 *    the server ("prevalence").
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_SHARED_SERVICES_H
#define HG_ANALYSIS_SHARED_SERVICES_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

/* Which of these services (guint32: their numbers) are shared. `clients`: so many share an internal
 * one; `prevalence`: that share of the internal hosts which reach anything outside, and at least 5,
 * share an external one. For hg_shared_services_contain; g_hash_table_destroy frees it.
 * Time: two passes over all services. (transfer full) */
GHashTable *hg_shared_services_new(const HgRuleRun *run, const GArray *numbers, double clients,
                                   double prevalence);

gboolean hg_shared_services_contain(GHashTable *shared, const HgService *service);

G_END_DECLS
#endif
