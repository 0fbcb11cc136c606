/* remote_execution.h - what hosts did to take control of others
 *
 * Services, tasks and registry values made on another host, programs put and run there, EternalBlue,
 * and logging in on many. Of hosts of the own network on hosts of the own network.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_REMOTE_EXECUTION_H
#define HG_ANALYSIS_REMOTE_EXECUTION_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

typedef struct {
  const char *subject;   /* as the door says it, in observations of remote control */
  const char *words;     /* what was done; the host that it was done to follows */
  double strength;       /* of a single such target */
  double most;           /* of however many */
  gboolean from_outside; /* also when it comes from another network: it is an attack as such */
} HgRemoteTechnique;

/* The strongest first; ended by one without a subject. */
extern const HgRemoteTechnique hg_remote_techniques[];

typedef struct {
  guint32 actor, target;
  guint technique; /* index into hg_remote_techniques */
  gint64 time_ns;
  guint32 frame;
} HgRemoteExecution;

/* By actor, then time; GArray of HgRemoteExecution (transfer full). Logins (SSH, RDP, WinRM) are those of
 * clients that log in on at least `sessions` hosts: fewer are a user's day. */
GArray *hg_remote_executions_gather(const HgRuleRun *run, double sessions);

/* To log in, or to look at a share for administrators, takes no control yet. */
gboolean hg_remote_execution_takes_control(const HgRemoteExecution *execution);

G_END_DECLS
#endif
