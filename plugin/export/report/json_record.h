/* json_record.h - the members of the JSON record, for every format that is JSON or holds some
 *
 * Each appends members of an object, as json_text.h does: the braces are the caller's.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_JSON_RECORD_H
#define HG_EXPORT_JSON_RECORD_H

#include "export/report/schema.h"

G_BEGIN_DECLS

/* "NAME":ID, or null for HG_NO_HOST. */
void hg_json_host(GString *out, const HgReport *report, const char *name, guint32 host);

/* "NAME":VALUE by the attribute's type; counts as {"DNS":12}. */
void hg_json_attribute(GString *out, const HgReport *report, const HgAttribute *attribute,
                       gconstpointer item);

/* What is true of the graph as a whole: packets, span, caps, rules not assessed, subjects. */
void hg_json_graph(GString *out, const HgReport *report);

void hg_json_protocol(GString *out, const HgReport *report, const HgProtocolShare *share);
void hg_json_finding(GString *out, const HgReport *report, guint32 i); /* i-th of the analysis */
void hg_json_trace(GString *out, const HgReport *report, guint32 i);   /* i-th of the report */

G_END_DECLS
#endif
