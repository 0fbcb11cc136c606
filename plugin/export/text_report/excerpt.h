/* excerpt.h - parts of the text report on their own
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_EXCERPT_H
#define HG_EXPORT_EXCERPT_H

#include "export/report/report.h"

G_BEGIN_DECLS

/* What the report says of the hosts that the user asked to be traced: who they are, all that they
 * could have reached and been reached from, and which of them no packet shows. (transfer full) */
char *hg_excerpt_traces(const HgReport *report);

G_END_DECLS
#endif
