/* schema.h - the attributes of nodes and edges, declared once for all formats
 *
 * A format iterates over hg_node_attributes and hg_edge_attributes and writes each value by its
 * type. A new attribute changes schema.c and nothing else.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SCHEMA_H
#define HG_EXPORT_SCHEMA_H

#include "report.h"

G_BEGIN_DECLS

typedef enum {
  HG_TYPE_STRING,   /* value.string; may be text from packets */
  HG_TYPE_INTEGER,  /* value.integer */
  HG_TYPE_DOUBLE,   /* value.number */
  HG_TYPE_BOOLEAN,  /* value.integer */
  HG_TYPE_TIME,     /* value.integer: see tally/types/packet_time.h; may be HG_TIME_NONE */
  HG_TYPE_DURATION, /* value.integer: ns, or HG_TIME_NONE; written as seconds */
  HG_TYPE_LIST,     /* value.list: strv; formats without lists join it with "; " */
  /* value.counts: GArray of HgProtocolShare; formats without maps write "DNS:12; TCP:3" */
  HG_TYPE_COUNTS,
  /* value.ports: GArray of HgPortShare; formats that have only text name the first few: see
   * hg_value_to_text */
  HG_TYPE_PORTS
} HgType;

/* Whether hg_value_to_text gives text, which must be escaped; else it gives numbers, true or false.
 */
gboolean hg_type_is_text(HgType type);

typedef struct {
  union {
    const char *string;
    gint64 integer;
    double number;
    char **list;
    GArray *counts;
    GArray *ports;
  };
  gboolean owned; /* string, list, counts or ports that hg_value_clear frees */
} HgValue;

typedef struct {
  const char *name; /* stable key: "packets_sent" */
  HgType type;
  const char *title; /* for people: "Packets sent" */
  const char *unit;  /* if the title does not say it: "s since 1970-01-01 UTC" */
  HgValue (*get)(const HgReport *report, gconstpointer item);
} HgAttribute;

/* Ended by an entry without a name. Items: const HgHost *. The first two are "id" and "label"; with
 * a baseline the last is "new". */
const HgAttribute *hg_node_attributes(const HgReport *report);
/* All attributes that a node can have in any report; those that every report has come first. */
const HgAttribute *hg_node_attributes_ever(void);
/* Ended by an entry without a name. Items: const HgEdge *. The first two are "source" and "target";
 * "new" as above. */
const HgAttribute *hg_edge_attributes(const HgReport *report);

/* The name of the type in GraphML and GEXF: "long", "double", "boolean", "string". */
const char *hg_type_xml_name(HgType type);

void hg_value_clear(const HgAttribute *attribute, HgValue *value);

/* FALSE: it is a time, and the item's packets have none. hg_value_to_text then appends nothing. */
gboolean hg_attribute_has_value(const HgReport *report, const HgAttribute *attribute,
                                gconstpointer item);

/* Appends the value to `out` as plain text (not escaped), for formats that have only text: lists
 * and counts are joined, booleans are "true" or "false", times are epoch seconds. Of ports the first
 * HG_SERVER_PORTS_SHOWN are named, then how many there are besides: "443/tcp:812; 53/udp:14; +3". */
void hg_value_to_text(const HgReport *report, const HgAttribute *attribute, const HgValue *value,
                      GString *out);

/* One of hg_text_xml, hg_text_json, ... */
typedef void (*HgTextEscape)(GString *out, const char *text, gssize length);

/* Appends the item's value as hg_value_to_text does, with text escaped. `buffer` is reused between
 * calls. */
void hg_value_escape(const HgReport *report, const HgAttribute *attribute, gconstpointer item,
                     HgTextEscape escape, GString *buffer, GString *out);

G_END_DECLS
#endif
