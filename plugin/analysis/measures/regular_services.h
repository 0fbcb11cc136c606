/* regular_services.h - services that are used at regular times by design: what is regular there says
 * nothing about the client
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_REGULAR_SERVICES_H
#define HG_ANALYSIS_REGULAR_SERVICES_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

/* TRUE for
 *  - protocols that poll wherever the server is: names, clocks, mailboxes, monitoring, control systems;
 *  - keep-alives to servers of one's own network: directory, files, printers, databases, mail, and agents
 *    of management servers. The role of the server tells them, however few clients it has;
 *  - what a proxy fetches for others;
 *  - the way to a proxy: who is asked for there says more (see beacon_targets.h).
 * A web server is none of these: it may be anything. */
gboolean hg_regular_services_have(const HgRuleRun *run, const HgService *service);

G_END_DECLS
#endif
