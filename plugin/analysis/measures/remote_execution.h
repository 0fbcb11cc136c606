/* remote_execution.h - what hosts did to execute something on others, or to take control of them
 *
 * Services, scheduled tasks and registry values created remotely, programs copied and run,
 * EternalBlue, and logins on many hosts; between hosts of the internal network.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_REMOTE_EXECUTION_H
#define HG_ANALYSIS_REMOTE_EXECUTION_H

#include "analysis/contract/rule_run.h"

G_BEGIN_DECLS

typedef struct {
  /* subject of the observation of remote control, as the Wireshark adapter writes it */
  const char *subject;
  /* what the actor did, before the name of the target: "started a service on" */
  const char *words;
  double strength;       /* strength for one target */
  double most;           /* upper bound for any number of targets */
  gboolean from_outside; /* counts also if the actor is external: it is an attack by itself */
} HgRemoteTechnique;

/* Strongest first; ended by an entry without a subject. */
extern const HgRemoteTechnique hg_remote_techniques[];

typedef struct {
  guint32 actor, target;
  guint technique; /* index into hg_remote_techniques */
  gint64 time_ns;
  guint32 frame;
} HgRemoteExecution;

/* Sorted by actor, then time; GArray of HgRemoteExecution (transfer full). Logins (SSH, RDP, WinRM)
 * count only for clients that log in to at least `sessions` hosts: fewer are ordinary work. */
GArray *hg_remote_executions_gather(const HgRuleRun *run, double sessions);

/* Whether it takes control: a login, or access to an administrative share, does not yet. */
gboolean hg_remote_execution_takes_control(const HgRemoteExecution *execution);

G_END_DECLS
#endif
