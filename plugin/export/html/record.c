/* record.c - the data in the page: the complete record as columns, with services and contacts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "record.h"

#include <string.h>

#include "analysis/contract/filter.h"
#include "column.h"
#include "export/report/json_record.h"
#include "export/text/json_text.h"
#include "export/text/text.h"
#include "record_lists.h"

static void write_graph(const HgHtmlRecord *record) {
  const HgReportOptions *options = hg_report_options(record->report);
  GString *out = g_string_new("{\"graph\":{");
  hg_json_graph(out, record->report);
  char *capture = options->capture ? g_path_get_basename(options->capture) : NULL;
  hg_json_string(out, "capture", capture);
  g_free(capture);
  hg_json_string(out, "home_unknown",
                 hg_analysis_knows_home(hg_report_analysis(record->report)) ? "" : HG_HOME_UNKNOWN);
  hg_json_key(out, "base");
  g_string_append_c(out, '"');
  hg_text_seconds(out, record->base_ns);
  g_string_append(out, "\"}");
  hg_output_write(record->output, out->str, out->len);
  g_string_free(out, TRUE);
}

/* --- attributes as columns --- */

/* Whether the page computes the attribute from others, or has it in another form. */
static gboolean is_derived(const HgAttribute *attribute) {
  static const char *const derived[] = {"label", "weight", "device", NULL};
  return g_strv_contains(derived, attribute->name);
}

static void add_counts(GString *out, const HgHtmlRecord *record, const GArray *counts) {
  g_string_append_c(out, '[');
  for (guint i = 0; i < counts->len; i++) {
    const HgProtocolShare *share = &g_array_index(counts, HgProtocolShare, i);
    hg_json_separate(out);
    g_string_append_printf(out, "%u,%" G_GUINT64_FORMAT, record->protocol_place[share->protocol],
                           share->packets);
  }
  g_string_append_c(out, ']');
}

static void add_ports(GString *out, const GArray *ports) {
  g_string_append_c(out, '[');
  for (guint i = 0; i < ports->len; i++) {
    const HgPortShare *share = &g_array_index(ports, HgPortShare, i);
    hg_json_separate(out);
    g_string_append_printf(out, "\"%u/%s\",%" G_GUINT64_FORMAT, share->port,
                           hg_transport_name(share->transport), share->packets);
  }
  g_string_append_c(out, ']');
}

static void add_list(GString *out, char **list) {
  g_string_append_c(out, '[');
  for (char **item = list; item && *item; item++) {
    hg_json_separate(out);
    hg_text_json(out, *item, -1);
  }
  g_string_append_c(out, ']');
}

/* Adds `shown`, or null when `value` is HG_TIME_NONE. */
static void add_ns(HgColumn *column, gint64 value, gint64 shown) {
  if (hg_time_is_known(value))
    hg_column_integer(column, shown);
  else
    g_string_append(hg_column_next(column), "null");
}

static void add_value(HgColumn *column, const HgHtmlRecord *record, const HgAttribute *attribute,
                      const HgValue *value) {
  switch (attribute->type) {
  case HG_TYPE_STRING:
    hg_text_json(hg_column_next(column), value->string, -1);
    break;
  case HG_TYPE_INTEGER:
  case HG_TYPE_BOOLEAN:
    hg_column_integer(column, value->integer);
    break;
  case HG_TYPE_DOUBLE:
    hg_text_double(hg_column_next(column), value->number);
    break;
  case HG_TYPE_TIME:
    add_ns(column, value->integer, hg_time_span(record->base_ns, value->integer));
    break;
  case HG_TYPE_DURATION:
    add_ns(column, value->integer, value->integer);
    break;
  case HG_TYPE_LIST:
    add_list(hg_column_next(column), value->list);
    break;
  case HG_TYPE_COUNTS:
    add_counts(hg_column_next(column), record, value->counts);
    break;
  case HG_TYPE_PORTS:
    add_ports(hg_column_next(column), value->ports);
    break;
  }
}

static void write_nodes(const HgHtmlRecord *record) {
  const HgReport *report = record->report;
  const HgTally *tally = hg_report_tally(report);
  const char *separator = ",\n\"nodes\":{\n";
  for (const HgAttribute *attribute = hg_node_attributes(record->report); attribute->name;
       attribute++) {
    if (is_derived(attribute))
      continue;
    HgColumn column = hg_column_begin(record->output, separator, attribute->name);
    separator = ",\n";
    for (guint32 i = 0; i < hg_report_host_count(report); i++) {
      HgValue value = attribute->get(report, hg_tally_host(tally, hg_report_host(report, i)));
      add_value(&column, record, attribute, &value);
      hg_value_clear(attribute, &value);
    }
    hg_column_end(&column);
  }
}

/* The place of the host that stands for the device, in the order of hosts. */
static void write_node_devices(const HgHtmlRecord *record) {
  const HgReport *report = record->report;
  HgColumn column = hg_column_begin(record->output, ",\n", "device");
  for (guint32 i = 0; i < hg_report_host_count(report); i++) {
    const guint32 device = hg_report_device(report, hg_report_host(report, i));
    hg_column_integer(&column, hg_report_host_rank(report, device));
  }
  hg_column_end(&column);
}

static void write_node_filters(const HgHtmlRecord *record) {
  const HgReport *report = record->report;
  HgColumn column = hg_column_begin(record->output, ",\n", "filter");
  for (guint32 i = 0; i < hg_report_host_count(report); i++) {
    const guint32 host = hg_report_host(report, i);
    const HgTally *tally = hg_report_tally(report);
    char *filter = hg_filter_in_segment(tally, hg_tally_host(tally, host),
                                        hg_filter_host(tally, host, HG_FILTER_EITHER));
    hg_text_json(hg_column_next(&column), filter ? filter : "", -1);
    g_free(filter);
  }
  hg_column_end(&column);
  hg_output_puts(record->output, "}");
}

static void write_edge_column(const HgHtmlRecord *record, const HgAttribute *attribute,
                              HgColumn *column) {
  const HgReport *report = record->report;
  const gboolean source = strcmp(attribute->name, "source") == 0;
  const gboolean target = strcmp(attribute->name, "target") == 0;
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    const HgEdge *edge = hg_report_edge(report, i);
    if (source || target) {
      hg_column_integer(column, hg_report_host_rank(report, source ? edge->source : edge->target));
      continue;
    }
    HgValue value = attribute->get(report, edge);
    add_value(column, record, attribute, &value);
    hg_value_clear(attribute, &value);
  }
}

static void write_edges(const HgHtmlRecord *record) {
  const char *separator = ",\n\"edges\":{\n";
  for (const HgAttribute *attribute = hg_edge_attributes(record->report); attribute->name;
       attribute++) {
    if (is_derived(attribute))
      continue;
    HgColumn column = hg_column_begin(record->output, separator, attribute->name);
    separator = ",\n";
    write_edge_column(record, attribute, &column);
    hg_column_end(&column);
  }
  hg_output_puts(record->output, "}");
}

/* --- lists of objects, each on a line of its own --- */

typedef void (*AddItem)(GString *out, const HgReport *report, guint32 i);

static void write_list(const HgHtmlRecord *record, const char *name, guint32 count, AddItem add) {
  HgColumn column = hg_column_begin(record->output, ",\n", name);
  for (guint32 i = 0; i < count; i++) {
    GString *out = hg_column_next(&column);
    g_string_append(out, "\n{");
    add(out, record->report, i);
    g_string_append_c(out, '}');
  }
  hg_column_end(&column);
}

static void write_protocols(const HgHtmlRecord *record, const GArray *shares) {
  const HgTally *tally = hg_report_tally(record->report);
  HgColumn column = hg_column_begin(record->output, ",\n", "protocols");
  for (guint i = 0; i < shares->len; i++) {
    GString *out = hg_column_next(&column);
    g_string_append(out, "\n{");
    const HgProtocolShare *share = &g_array_index(shares, HgProtocolShare, i);
    hg_json_protocol(out, record->report, share);
    hg_json_boolean(out, "arp", hg_tally_protocol(tally, share->protocol)->arp);
    g_string_append_c(out, '}');
  }
  hg_column_end(&column);
}

/* The index of each protocol in the list; protocol numbers follow the order of packets. */
static guint32 *protocol_places(const HgTally *tally, const GArray *shares) {
  guint32 *place = g_new0(guint32, (gsize)hg_tally_protocol_count(tally) + 1);
  for (guint i = 0; i < shares->len; i++)
    place[g_array_index(shares, HgProtocolShare, i).protocol] = i;
  return place;
}

/* The first known time of the capture; 0 when no packet has one. */
static gint64 base_of(const HgTally *tally) {
  const HgTraffic *traffic = hg_tally_traffic(tally);
  if (traffic->packets == 0)
    return 0;
  if (hg_time_is_known(traffic->first_ns))
    return traffic->first_ns;
  /* A capture without times comes before those that have some. */
  return hg_time_is_known(hg_tally_start(tally)) ? hg_tally_start(tally) : 0;
}

void hg_html_record_write(const HgReport *report, HgOutput *output) {
  const HgTally *tally = hg_report_tally(report);
  const HgAnalysis *analysis = hg_report_analysis(report);
  const HgTraffic *traffic = hg_tally_traffic(tally);
  GArray *shares = hg_report_all_protocols(report);
  guint32 *places = protocol_places(tally, shares);
  const gint64 base_ns = base_of(tally);
  const HgHtmlRecord record = {report, output, base_ns, MAX(base_ns, traffic->last_ns), places};
  write_graph(&record);
  write_nodes(&record);
  write_node_devices(&record);
  write_node_filters(&record);
  write_edges(&record);
  write_protocols(&record, shares);
  write_list(&record, "findings", hg_analysis_finding_count(analysis), hg_json_finding);
  write_list(&record, "traces", hg_report_trace_count(report), hg_json_trace);
  hg_html_write_services(&record);
  hg_html_write_contacts(&record);
  hg_output_puts(output, "}\n");
  g_free(places);
  g_array_unref(shares);
}
