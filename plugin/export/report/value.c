/* value.c - conversions of attribute values
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/text/text.h"
#include "schema.h"
#include "server_ports.h"

gboolean hg_type_is_text(HgType type) {
  return type == HG_TYPE_STRING || type == HG_TYPE_LIST || type == HG_TYPE_COUNTS ||
         type == HG_TYPE_PORTS;
}

const char *hg_type_xml_name(HgType type) {
  switch (type) {
  case HG_TYPE_INTEGER:
    return "long";
  case HG_TYPE_DOUBLE:
  case HG_TYPE_TIME:
  case HG_TYPE_DURATION:
    return "double";
  case HG_TYPE_BOOLEAN:
    return "boolean";
  default:
    return "string";
  }
}

void hg_value_clear(const HgAttribute *attribute, HgValue *value) {
  if (!value->owned)
    return;
  if (attribute->type == HG_TYPE_STRING)
    g_free((char *)value->string);
  else if (attribute->type == HG_TYPE_LIST)
    g_strfreev(value->list);
  else if (attribute->type == HG_TYPE_COUNTS)
    g_array_unref(value->counts);
  else if (attribute->type == HG_TYPE_PORTS)
    g_array_unref(value->ports);
  value->owned = FALSE;
}

static void join_list(char **list, GString *out) {
  for (char **item = list; item && *item; item++) {
    if (item != list)
      g_string_append(out, "; ");
    g_string_append(out, *item);
  }
}

static void join_counts(const HgTally *tally, const GArray *counts, GString *out) {
  for (guint i = 0; i < counts->len; i++) {
    const HgProtocolShare *share = &g_array_index(counts, HgProtocolShare, i);
    if (i > 0)
      g_string_append(out, "; ");
    g_string_append(out, hg_tally_protocol(tally, share->protocol)->name);
    g_string_append_c(out, ':');
    hg_text_integer(out, (gint64)share->packets);
  }
}

static void join_ports(const GArray *ports, GString *out) {
  const guint shown = MIN(ports->len, HG_SERVER_PORTS_SHOWN);
  for (guint i = 0; i < shown; i++) {
    const HgPortShare *share = &g_array_index(ports, HgPortShare, i);
    if (i > 0)
      g_string_append(out, "; ");
    hg_server_ports_append(out, share->transport, share->port);
    g_string_append_c(out, ':');
    hg_text_integer(out, (gint64)share->packets);
  }
  if (ports->len > shown)
    g_string_append_printf(out, "; +%u", ports->len - shown);
}

void hg_value_to_text(const HgReport *report, const HgAttribute *attribute, const HgValue *value,
                      GString *out) {
  switch (attribute->type) {
  case HG_TYPE_STRING:
    g_string_append(out, value->string);
    break;
  case HG_TYPE_INTEGER:
    hg_text_integer(out, value->integer);
    break;
  case HG_TYPE_DOUBLE:
    hg_text_double(out, value->number);
    break;
  case HG_TYPE_BOOLEAN:
    g_string_append(out, value->integer ? "true" : "false");
    break;
  case HG_TYPE_TIME:
  case HG_TYPE_DURATION:
    if (hg_time_is_known(value->integer))
      hg_text_seconds(out, value->integer);
    break;
  case HG_TYPE_LIST:
    join_list(value->list, out);
    break;
  case HG_TYPE_COUNTS:
    join_counts(hg_report_tally(report), value->counts, out);
    break;
  case HG_TYPE_PORTS:
    join_ports(value->ports, out);
    break;
  }
}

gboolean hg_attribute_has_value(const HgReport *report, const HgAttribute *attribute,
                                gconstpointer item) {
  return attribute->type != HG_TYPE_TIME || hg_time_is_known(attribute->get(report, item).integer);
}

void hg_value_escape(const HgReport *report, const HgAttribute *attribute, gconstpointer item,
                     HgTextEscape escape, GString *buffer, GString *out) {
  HgValue value = attribute->get(report, item);
  if (hg_type_is_text(attribute->type)) {
    g_string_truncate(buffer, 0);
    hg_value_to_text(report, attribute, &value, buffer);
    escape(out, buffer->str, (gssize)buffer->len);
  } else {
    hg_value_to_text(report, attribute, &value, out);
  }
  hg_value_clear(attribute, &value);
}
