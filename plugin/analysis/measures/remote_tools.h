/* remote_tools.h - programs by which hosts are controlled, or reached, from outside
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_REMOTE_TOOLS_H
#define HG_ANALYSIS_REMOTE_TOOLS_H

#include "tally/services/service.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;
  const char *domains[6]; /* that its program calls, and what is below them; NULL after the last */
  guint16 ports[4];       /* of its own, TCP, as its maker documents them; 0 after the last */
  const char *protocols[3]; /* Protocol column; NULL after the last */
} HgRemoteTool;

/* Its place in the table of all. */
guint32 hg_remote_tool_number(const HgRemoteTool *tool);

/* By the name that a host was called by. NULL: none. */
const HgRemoteTool *hg_remote_tool_by_name(const char *name);
/* By the protocol, or the port where no other protocol was recognised there. NULL: none. */
const HgRemoteTool *hg_remote_tool_by_service(const HgTally *tally, const HgService *service);

G_END_DECLS
#endif
