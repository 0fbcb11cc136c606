/* schema.h - the attributes of nodes and edges, declared once for all formats
 *
 * A format iterates hg_node_attributes and hg_edge_attributes and renders each value by its type.
 * Adding an attribute touches schema.c and nothing else.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SCHEMA_H
#define HG_EXPORT_SCHEMA_H

#include "report.h"

G_BEGIN_DECLS

typedef enum {
  HG_TYPE_STRING,  /* value.string, NULL-terminated, hostile */
  HG_TYPE_INTEGER, /* value.integer */
  HG_TYPE_DOUBLE,  /* value.number */
  HG_TYPE_BOOLEAN, /* value.integer */
  HG_TYPE_TIME,    /* value.integer: ns since the epoch */
  HG_TYPE_LIST,    /* value.list: strv; formats without lists join with "; " */
  HG_TYPE_COUNTS   /* value.counts: GArray of HgProtocolShare; without maps: "DNS:12; TCP:3" */
} HgType;

/* Whether hg_value_to_text gives text from packets, to be escaped; else numbers, true, false. */
gboolean hg_type_is_text(HgType type);

typedef struct {
  union {
    const char *string;
    gint64 integer;
    double number;
    char **list;
    GArray *counts;
  };
  gboolean owned; /* string, list or counts to be freed by hg_value_clear */
} HgValue;

typedef struct {
  const char *name; /* stable key: "packets_sent" */
  HgType type;
  const char *title; /* for people: "Packets sent" */
  const char *unit;  /* where the title does not say it: "s since 1970-01-01 UTC" */
  HgValue (*get)(const HgReport *report, gconstpointer item);
} HgAttribute;

/* Ended by one without a name. Items: const HgHost *. The first two are "id", "label"; the last is
 * "new" where a baseline was given. */
const HgAttribute *hg_node_attributes(const HgReport *report);
/* All that a node can have in some report: those of every report stand in front. */
const HgAttribute *hg_node_attributes_ever(void);
/* Ended by one without a name. Items: const HgEdge *. The first two are "source", "target"; "new" as
 * above. */
const HgAttribute *hg_edge_attributes(const HgReport *report);

/* What GraphML and GEXF both call the type: "long", "double", "boolean", "string". */
const char *hg_type_xml_name(HgType type);

void hg_value_clear(const HgAttribute *attribute, HgValue *value);

/* The value as plain text (not escaped) for formats with nothing but text: lists and counts are
 * joined, booleans "true"/"false", times epoch seconds. Appends to `out`. */
void hg_value_to_text(const HgReport *report, const HgAttribute *attribute, const HgValue *value,
                      GString *out);

/* One of hg_text_xml, hg_text_json, ... */
typedef void (*HgTextEscape)(GString *out, const char *text, gssize length);

/* The item's value as hg_value_to_text has it, texts escaped. `buffer` is to be used again and
 * again. */
void hg_value_escape(const HgReport *report, const HgAttribute *attribute, gconstpointer item,
                     HgTextEscape escape, GString *buffer, GString *out);

G_END_DECLS
#endif
