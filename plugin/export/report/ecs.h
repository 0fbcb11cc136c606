/* ecs.h - lines of JSON with the names of the Elastic Common Schema (ECS 8.11)
 *
 * Fields that ECS knows have its names; all attributes are under "hostgraph", too. Protocols are a
 * list there, because a dot in a field name ("TLSv1.2") means an object within an object.
 * Each function appends to `line`.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_ECS_H
#define HG_EXPORT_ECS_H

#include "export/files/output.h"
#include "schema.h"

G_BEGIN_DECLS

/* "NAME":{ and } */
void hg_ecs_begin(GString *line, const char *name);
void hg_ecs_end(GString *line);
/* "NAME":["VALUE"] */
void hg_ecs_single(GString *line, const char *name, const char *value);

/* Begins a line, up to and including the members of "event" that all lines have; "event" stays
 * open. */
void hg_ecs_begin_line(GString *line, const char *dataset, const char *kind, const char *category,
                       const char *type, gint64 first_ns, gint64 last_ns);
/* Ends the line and writes it. */
void hg_ecs_end_line(GString *line, HgOutput *output);

/* A line about what was captured, left out, or not assessed. Without packets there is no time. */
void hg_ecs_write_capture(GString *line, const HgReport *report, HgOutput *output);

/* The object "hostgraph" with all attributes of the item. */
void hg_ecs_attributes(GString *line, const HgReport *report, const HgAttribute *attributes,
                       gconstpointer item);

gboolean hg_ecs_is_ip(const HgHost *host);
/* A MAC as a JSON string in ECS's form: "00-11-22-AA-BB-CC". */
void hg_ecs_mac(GString *line, const char *text);
/* Begins "source" or "destination" (`side`) with all names of the host; it stays open. */
void hg_ecs_begin_side(GString *line, const HgReport *report, const char *side, guint32 host);
/* "type":"ipv4" or "ipv6" of "network"; nothing for other hosts. */
void hg_ecs_network_type(GString *line, const HgHost *host);
/* "NAME":"value" of the protocol's name, in lower case as ECS has it. */
void hg_ecs_protocol(GString *line, const HgReport *report, guint16 protocol);

G_END_DECLS
#endif
