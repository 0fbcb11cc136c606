/* record_lists.h - services and contacts in the page's record
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_HTML_RECORD_LISTS_H
#define HG_EXPORT_HTML_RECORD_LISTS_H

#include "export/files/output.h"
#include "export/report/report.h"

G_BEGIN_DECLS

typedef struct {
  const HgReport *report;
  HgOutput *output;
  /* first and last known time of the whole capture; both 0 when there is none */
  gint64 base_ns, last_ns;
  const guint32 *protocol_place; /* by protocol number */
} HgHtmlRecord;

void hg_html_write_services(const HgHtmlRecord *record);
/* "contacts" and "activity". */
void hg_html_write_contacts(const HgHtmlRecord *record);

G_END_DECLS
#endif
