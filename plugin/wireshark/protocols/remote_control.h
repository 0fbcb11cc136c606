/* remote_control.h - which shares, files and calls take control of another host
 *
 * Told by what Windows' protocols call them. The words that come back are those of the analysis
 * (remote_execution.h); they are static, and NULL where there is nothing to say.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_REMOTE_CONTROL_H
#define HG_WIRESHARK_REMOTE_CONTROL_H

#include "tally/types/packet.h"

G_BEGIN_DECLS

/* The interfaces of DCE/RPC that administrators and their tools use. */
typedef enum {
  HG_RPC_SVCCTL, /* services: MS-SCMR */
  HG_RPC_ATSVC,  /* tasks, the old way: MS-TSCH 3.2.5.2 */
  HG_RPC_TASKS,  /* tasks: MS-TSCH 3.2.5.4, ITaskSchedulerService */
  HG_RPC_WINREG, /* the registry: MS-RRP */
  HG_RPC_WBEM,   /* WMI: MS-WMI 3.1.4.3, IWbemServices */
  HG_RPC_COUNT   /* any other */
} HgRpcInterface;

/* `uuid`: in the order in which it is written. */
HgRpcInterface hg_rpc_interface(const guint8 uuid[16]);

/* "service-create", "service-start", "task", "registry", "wmi": to call the operation of that number.
 * `interface` may be HG_RPC_COUNT. */
const char *hg_remote_by_call(HgRpcInterface interface, guint32 operation);

/* "admin-share": to connect to \\server\ADMIN$ or \\server\C$. May be NULL. */
const char *hg_remote_by_share(const char *path);

/* "remote-shell": to open a file or a pipe by that name, which tools have that run commands by a service
 * of their own. May be NULL. */
const char *hg_remote_by_tool(const char *name);

/* "program": to put a program of that name on a share for administrators. Both may be NULL. */
const char *hg_remote_by_program(const char *share, const char *name);

/* Whether a text may hold such a name, anywhere. */
gboolean hg_remote_may_name_file(const char *text);
/* The same of a packet's Info text, which is known. */
gboolean hg_remote_info_may_name_file(const HgPacket *packet);

G_END_DECLS
#endif
