/* excerpt.h - parts of the text report as separate texts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_EXCERPT_H
#define HG_EXPORT_EXCERPT_H

#include "export/report/report.h"

G_BEGIN_DECLS

/* The part of the report about the hosts that the user asked to trace: what they are, all hosts
 * they could have reached and been reached from, and which of them no packet shows. (transfer full)
 */
char *hg_excerpt_traces(const HgReport *report);

G_END_DECLS
#endif
