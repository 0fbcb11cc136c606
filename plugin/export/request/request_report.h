/* request_report.h - makes the report of a request, together with everything it refers to
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REQUEST_REPORT_H
#define HG_EXPORT_REQUEST_REPORT_H

#include "request.h"

G_BEGIN_DECLS

typedef struct HgRequestReport HgRequestReport;

/* Analyses the tally, or a copy with pseudonyms if the request asks for them. `capture`: its name,
 * or NULL. `partial`: packets are missing. Request and tally must outlive it. (transfer full) */
HgRequestReport *hg_request_report_new(const HgRequest *request, const HgTally *tally,
                                       const char *capture, gboolean partial);
void hg_request_report_free(HgRequestReport *made);

/* The options of the analysis: they reveal no more than the report does. */
const HgAnalysisOptions *hg_request_report_how(const HgRequestReport *made);

const HgReport *hg_request_report_get(const HgRequestReport *made);

/* The report for exports in this format. Stores have hosts as they were tallied, also where the request shows
 * each device as one host (made when it is first asked for); graphs are of subnets where the request asks
 * for them. */
const HgReport *hg_request_report_for(HgRequestReport *made, const HgFormat *format);

G_END_DECLS
#endif
