/* report_content.h - what the report window shows of a tally
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_REPORT_CONTENT_H
#define HG_WIRESHARK_REPORT_CONTENT_H

#include "export/report/annotations.h"
#include "export/request/request.h"
#include "finding_list.h"

G_BEGIN_DECLS

typedef struct {
  char *text;
  HgFindingList *findings;
  char *suspect; /* address of the first suspect; NULL: there is none */
} HgReportContent;

/* Analyses the tally. `capture`: path of the file. `partial`: the tally has not seen all of its packets.
 * (transfer full) */
HgReportContent *hg_report_content_new(const HgRequest *request, const HgTally *tally,
                                       const char *capture, gboolean partial);
void hg_report_content_free(HgReportContent *report); /* may be NULL */

/* What the same analysis says about each packet. (transfer full) */
HgAnnotations *hg_report_content_marks(const HgRequest *request, const HgTally *tally);

G_END_DECLS
#endif
