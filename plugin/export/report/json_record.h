/* json_record.h - the members of the JSON record, shared by all formats that are JSON or contain
 * it
 *
 * Each function appends members of an object, as json_text.h does; the caller writes the braces.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_JSON_RECORD_H
#define HG_EXPORT_JSON_RECORD_H

#include "export/report/schema.h"

G_BEGIN_DECLS

/* "NAME":ID, or null for HG_NO_HOST. */
void hg_json_host(GString *out, const HgReport *report, const char *name, guint32 host);

/* "NAME":VALUE by the attribute's type; counts as {"DNS":12}, ports as
 * [{"port":443,"transport":"tcp","packets":812,"bytes":99000}]. */
void hg_json_attribute(GString *out, const HgReport *report, const HgAttribute *attribute,
                       gconstpointer item);

/* Facts about the graph as a whole: packets, time span, caps, rules not assessed, selection. */
void hg_json_graph(GString *out, const HgReport *report);

void hg_json_protocol(GString *out, const HgReport *report, const HgProtocolShare *share);
/* finding number `i` of the analysis */
void hg_json_finding(GString *out, const HgReport *report, guint32 i);
/* trace number `i` of the report */
void hg_json_trace(GString *out, const HgReport *report, guint32 i);

G_END_DECLS
#endif
