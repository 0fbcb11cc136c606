/* ecs.c - lines of JSON with the names of the Elastic Common Schema (ECS 8.11)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ecs.h"

#include "export/text/json_text.h"
#include "export/text/text.h"
#include "json_record.h"

void hg_ecs_begin(GString *line, const char *name) {
  hg_json_key(line, name);
  g_string_append_c(line, '{');
}

void hg_ecs_end(GString *line) {
  g_string_append_c(line, '}');
}

/* Elasticsearch reads no time from null or "", so what is not known is left out. */
static void append_time(GString *line, const char *name, gint64 ns) {
  if (!hg_time_is_known(ns))
    return;
  hg_json_key(line, name);
  g_string_append_c(line, '"');
  hg_text_iso8601(line, ns);
  g_string_append_c(line, '"');
}

void hg_ecs_single(GString *line, const char *name, const char *value) {
  const char *const list[] = {value, NULL};
  hg_json_strings(line, name, list);
}

void hg_ecs_begin_line(GString *line, const char *dataset, const char *kind, const char *category,
                       const char *type, gint64 first_ns, gint64 last_ns) {
  g_string_assign(line, "{");
  append_time(line, "@timestamp", first_ns);
  hg_ecs_begin(line, "ecs");
  hg_json_string(line, "version", "8.11.0");
  hg_ecs_end(line);
  hg_ecs_begin(line, "event");
  hg_json_string(line, "module", "hostgraph");
  hg_json_string(line, "dataset", dataset);
  hg_json_string(line, "kind", kind);
  hg_ecs_single(line, "category", category);
  hg_ecs_single(line, "type", type);
  append_time(line, "start", first_ns);
  append_time(line, "end", last_ns);
}

void hg_ecs_end_line(GString *line, HgOutput *output) {
  g_string_append(line, "}\n");
  hg_output_write(output, line->str, line->len);
}

/* --- attributes of the schema --- */

static void append_counts(GString *line, const HgReport *report, const HgAttribute *attribute,
                          gconstpointer item) {
  HgValue value = attribute->get(report, item);
  hg_json_list(line, attribute->name);
  for (guint i = 0; i < value.counts->len; i++) {
    hg_json_separate(line);
    g_string_append_c(line, '{');
    hg_json_protocol(line, report, &g_array_index(value.counts, HgProtocolShare, i));
    g_string_append_c(line, '}');
  }
  g_string_append_c(line, ']');
  hg_value_clear(attribute, &value);
}

void hg_ecs_attributes(GString *line, const HgReport *report, const HgAttribute *attributes,
                       gconstpointer item) {
  hg_ecs_begin(line, "hostgraph");
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++) {
    if (attribute->type == HG_TYPE_COUNTS)
      append_counts(line, report, attribute, item);
    else
      hg_json_attribute(line, report, attribute, item);
  }
  hg_ecs_end(line);
}

/* --- hosts by the names of ECS --- */

gboolean hg_ecs_is_ip(const HgHost *host) {
  return hg_address_is_ip(&host->address);
}

void hg_ecs_mac(GString *line, const char *text) {
  g_autofree char *mac = g_ascii_strup(text, -1);
  hg_text_json(line, g_strdelimit(mac, ":", '-'), -1);
}

void hg_ecs_begin_side(GString *line, const HgReport *report, const char *side, guint32 number) {
  const HgHost *host = hg_tally_host(hg_report_tally(report), number);
  const char *name = hg_report_host_name(report, number);
  hg_ecs_begin(line, side);
  hg_json_string(line, "address", hg_report_host_id(report, number));
  if (hg_ecs_is_ip(host))
    hg_json_string(line, "ip", host->text);
  if (host->address.kind == HG_ADDRESS_MAC) {
    hg_json_key(line, "mac");
    hg_ecs_mac(line, host->text);
  }
  if (name)
    hg_json_string(line, "domain", name);
}

void hg_ecs_network_type(GString *line, const HgHost *host) {
  if (hg_ecs_is_ip(host))
    hg_json_string(line, "type", hg_address_kind_name(host->address.kind));
}

void hg_ecs_protocol(GString *line, const HgReport *report, guint16 protocol) {
  g_autofree char *name =
      g_ascii_strdown(hg_tally_protocol(hg_report_tally(report), protocol)->name, -1);
  hg_json_string(line, "protocol", name);
}

/* --- the line of the capture --- */

void hg_ecs_write_capture(GString *line, const HgReport *report, HgOutput *output) {
  const HgTraffic *traffic = hg_tally_traffic(hg_report_tally(report));
  const gboolean any = traffic->packets > 0;
  hg_ecs_begin_line(line, "hostgraph.capture", "metric", "network", "info",
                    any ? traffic->first_ns : HG_TIME_NONE, any ? traffic->last_ns : HG_TIME_NONE);
  hg_ecs_end(line);
  hg_ecs_begin(line, "network");
  hg_json_count(line, "packets", traffic->packets);
  hg_json_count(line, "bytes", traffic->bytes);
  hg_ecs_end(line);
  hg_ecs_begin(line, "hostgraph");
  hg_json_graph(line, report);
  hg_ecs_end(line);
  hg_ecs_end_line(line, output);
}
