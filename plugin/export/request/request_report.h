/* request_report.h - the report that a request asks for, with all that it speaks of
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REQUEST_REPORT_H
#define HG_EXPORT_REQUEST_REPORT_H

#include "request.h"

G_BEGIN_DECLS

typedef struct HgRequestReport HgRequestReport;

/* Analyses the tally; where the request asks for pseudonyms, a copy that has only those.
 * `capture`: its name or NULL. `partial`: packets were cut off. Request and tally must outlive it.
 * (transfer full) */
HgRequestReport *hg_request_report_new(const HgRequest *request, const HgTally *tally,
                                       const char *capture, gboolean partial);
void hg_request_report_free(HgRequestReport *made);

/* The options that it was analysed with: they know no more than the report. */
const HgAnalysisOptions *hg_request_report_how(const HgRequestReport *made);

const HgReport *hg_request_report_get(const HgRequestReport *made);

G_END_DECLS
#endif
