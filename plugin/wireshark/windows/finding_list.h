/* finding_list.h - the findings whose packets Wireshark can show; the list outlives its report
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FINDING_LIST_H
#define HG_WIRESHARK_FINDING_LIST_H

#include "export/report/report.h"

G_BEGIN_DECLS

typedef struct {
  char *host;        /* its address; without control characters, but still text from packets */
  const char *title; /* of the rule; static */
  char *filter;      /* selects its packets */
} HgListedFinding;

typedef struct {
  GPtrArray *findings; /* HgListedFinding, in the report's order */
} HgFindingList;

/* The findings that have a display filter. None for a report with pseudonyms: no packet has those
 * addresses. (transfer full) */
HgFindingList *hg_finding_list_new(const HgReport *report);
HgFindingList *hg_finding_list_copy(const HgFindingList *list);
void hg_finding_list_free(gpointer list); /* may be NULL */

/* "1  10.0.0.5  Port scan", one a line; at most `most` of them, then how many more. (transfer full)
 */
char *hg_finding_list_text(const HgFindingList *list, guint most);

/* The display filter for a choice: numbers of findings, or addresses of hosts, separated by blanks
 * or commas; packets of any of them. NULL and `error`: there is no such finding. (transfer full) */
char *hg_finding_list_filter(const HgFindingList *list, const char *choice, GError **error);

G_END_DECLS
#endif
