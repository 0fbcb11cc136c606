/* record.h - the data in the page: the complete record as columns, with services and contacts
 *
 * {"graph":{...},"nodes":{"id":[...],...},"edges":{...},"protocols":[...],"findings":[...],
 *  "traces":[...],"services":{...},"contacts":{...},"activity":[...]}
 *
 * graph, protocols, findings and traces as in the json format, graph with "capture", "home_unknown" (in
 * words, or "") and "base" (the first packet's time as text, nothing rounded), protocols with "arp"
 * (see HgProtocol). nodes, edges and services have one list a column: the attributes of schema.c, a
 * host as its place in nodes, a protocol as its place in protocols, counts as [protocol, packets, ...],
 * ports as ["443/tcp", packets, ...], a time as ns since base, or null, a duration as ns, or null.
 * contacts: "time" and "frame" are differences to the one before, "edge" is twice the place in edges,
 * plus 1 with payload.
 * An integer beyond 2^53 is a string.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_HTML_RECORD_H
#define HG_EXPORT_HTML_RECORD_H

#include "export/files/output.h"
#include "export/report/report.h"

G_BEGIN_DECLS

/* The number of equal time spans for which "activity" counts contacts. */
#define HG_HTML_ACTIVITY_SPANS 240

/* Valid JSON; safe inside <script>. */
void hg_html_record_write(const HgReport *report, HgOutput *output);

G_END_DECLS
#endif
