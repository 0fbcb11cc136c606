/* window_report.h - what the report window makes of a tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_WINDOW_REPORT_H
#define HG_WIRESHARK_WINDOW_REPORT_H

#include "export/report/annotations.h"
#include "export/request/request.h"
#include "finding_list.h"

G_BEGIN_DECLS

typedef struct {
  char *text;
  HgFindingList *findings;
  char *suspect; /* the first one's address; NULL: there is none */
} HgWindowReport;

/* Analyses. `capture`: path of the file. `partial`: not all of its packets were seen.
 * (transfer full) */
HgWindowReport *hg_window_report_new(const HgRequest *request, const HgTally *tally,
                                     const char *capture, gboolean partial);
void hg_window_report_free(HgWindowReport *report); /* may be NULL */

/* What the same analysis says of single packets. (transfer full) */
HgAnnotations *hg_window_report_marks(const HgRequest *request, const HgTally *tally);

G_END_DECLS
#endif
