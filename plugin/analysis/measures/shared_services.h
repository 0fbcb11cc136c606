/* shared_services.h - services that many hosts of a network use, so that they do not count
 * against one host
 *
 *  - Health checks, update servers, file servers: an internal service that several hosts use is
 *    part of the network.
 *  - Several infected hosts may share an external service. But a service that most hosts contact
 *    belongs to the maker of a program that is installed everywhere: RITA v5 lowers the score if
 *    half of the hosts talk to the server ("prevalence").
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_SHARED_SERVICES_H
#define HG_ANALYSIS_SHARED_SERVICES_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

/* Finds those of these services (guint32: service numbers) that are shared. `clients`: an internal
 * service with so many clients is shared. `prevalence`: an external service is shared if this share
 * of the internal hosts with external connections uses it, and at least 5. The result is for
 * hg_shared_services_contain; g_hash_table_destroy frees it. Time: two passes over all services.
 * (transfer full) */
GHashTable *hg_shared_services_new(const HgRuleRun *run, const GArray *numbers, double clients,
                                   double prevalence);

/* How many of `hosts`, those that reach any external service, must use one for it to be shared. */
double hg_shared_services_limit(double prevalence, guint hosts);

gboolean hg_shared_services_contain(GHashTable *shared, const HgService *service);

G_END_DECLS
#endif
