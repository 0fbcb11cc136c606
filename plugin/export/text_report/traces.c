/* traces.c - part: which hosts a host could have reached, and which could have reached it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "export/text/columns.h"
#include "table.h"

/* The longest IPv6 address in a chain. */
#define HOST_WIDTH 39

static const HgTableColumn columns[] = {
    {"Host", HG_COLUMN_KEY},      {"Hops", HG_COLUMN_NUMBER},   {"Time", HG_COLUMN_NUMBER},
    {"Frame", HG_COLUMN_NUMBER},  {"Protocol", HG_COLUMN_TEXT}, {"By", HG_COLUMN_WORD},
    {"Known as", HG_COLUMN_TEXT}, {NULL, HG_COLUMN_WORD},
};

static void append_host(const HgReportWriter *writer, GString *out, guint32 host) {
  hg_columns_cut(out, hg_report_writer_host(writer, host), HOST_WIDTH);
}

char *hg_report_writer_chain(const HgReportWriter *writer, const HgTrace *trace, guint entry) {
  g_autoptr(GArray) hops = hg_trace_chain(trace, entry);
  const gboolean forward = trace->direction == HG_TRACE_FORWARD;
  GString *const text = g_string_new(NULL);
  const HgReached *const last = &g_array_index(trace->reached, HgReached, entry);
  append_host(writer, text, forward ? trace->host : last->host);
  for (guint i = 0; i < hops->len; i++) {
    const HgReached *const hop =
        &g_array_index(trace->reached, HgReached, g_array_index(hops, guint32, i));
    g_string_append(text, " -> ");
    append_host(writer, text, forward ? hop->host : hop->via);
    g_string_append_printf(text, " in frame %u (%s)", hop->frame,
                           hg_report_writer_protocol(writer, hop->protocol));
  }
  return g_string_free(text, FALSE);
}

/* --- order of entries --- */

typedef struct {
  const HgReportWriter *writer;
  const HgTrace *trace;
} Ranking;

/* The order of entries: suspects in the order of their first indicators, then hosts that the user
 * named, then hosts that payload may have reached (or come from). */
static gint64 rank(const Ranking *ranking, const HgReached *reached) {
  const HgFirstIndicator *const first_indicator =
      hg_report_first_indicator(ranking->writer->report, reached->host);
  if (first_indicator)
    return first_indicator->frame;
  if (hg_report_is_suspect(ranking->writer->report, reached->host))
    return G_MAXINT64 - 2;
  return reached->payload ? G_MAXINT64 - 1 : G_MAXINT64;
}

static gint compare_entries(gconstpointer a, gconstpointer b, gpointer data) {
  const Ranking *const ranking = data;
  const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  const gint64 one = rank(ranking, &g_array_index(ranking->trace->reached, HgReached, x));
  const gint64 two = rank(ranking, &g_array_index(ranking->trace->reached, HgReached, y));
  if (one != two)
    return one < two ? -1 : 1;
  return x < y ? -1 : x > y;
}

/* Entries of the trace. (transfer full) */
static GArray *rank_entries(const HgReportWriter *writer, const HgTrace *trace) {
  const Ranking ranking = {writer, trace};
  GArray *const entries = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = 0; i < trace->reached->len; i++)
    g_array_append_val(entries, i);
  g_array_sort_with_data(entries, compare_entries, (gpointer)&ranking);
  return entries;
}

/* --- the table --- */

/* "suspect, file-server" */
static void add_known(const HgReportWriter *writer, HgTable *table, guint32 host) {
  g_auto(GStrv) roles = hg_roles_names(hg_analysis_roles(writer->analysis), host);
  g_autofree char *all = g_strjoinv(", ", roles);
  const gboolean found = hg_analysis_is_suspect(writer->analysis, host);
  const char *const what = found                                        ? "suspect"
                           : hg_report_is_suspect(writer->report, host) ? "red-flagged"
                                                                        : "";
  g_autofree char *text = g_strconcat(what, *what && *all ? ", " : "", all, NULL);
  hg_table_add(table, text);
}

static void add_reached(const HgReportWriter *writer, HgTable *table, const HgTrace *trace,
                        guint entry) {
  const HgReached *const reached = &g_array_index(trace->reached, HgReached, entry);
  g_autoptr(GString) time = g_string_new(NULL);
  hg_report_writer_append_time(writer, time, reached->time_ns);
  hg_table_add(table, hg_report_writer_host(writer, reached->host));
  hg_table_add_number(table, reached->hops);
  hg_table_add(table, time->str);
  hg_table_add_number(table, reached->frame);
  hg_table_add(table, hg_report_writer_protocol(writer, reached->protocol));
  hg_table_add(table, reached->payload ? "payload" : "touch");
  add_known(writer, table, reached->host);
  if (reached->hops > 1) {
    g_autofree char *text = hg_report_writer_chain(writer, trace, entry);
    hg_table_note(table, text, TRUE);
  }
}

/* Appends "3 hosts: 2 directly, 1 over others; 2 by payload, 1 only touched". */
static void append_counts(GString *out, const HgTrace *trace) {
  const guint total = trace->reached->len;
  guint direct = 0, payload = 0;
  for (guint i = 0; i < total; i++) {
    const HgReached *const reached = &g_array_index(trace->reached, HgReached, i);
    direct += reached->hops == 1;
    payload += reached->payload;
  }
  hg_report_writer_append_count(out, total, "host");
  if (total > 0)
    g_string_append_printf(out, ": %u directly, %u over others; %u by payload, %u only touched",
                           direct, total - direct, payload, total - payload);
}

static gboolean is_first_indicator(const HgReportWriter *writer, const HgTrace *trace) {
  const HgFirstIndicator *const first_indicator =
      hg_report_first_indicator(writer->report, trace->host);
  return first_indicator && trace->direction == HG_TRACE_BACKWARD &&
         trace->at_ns == first_indicator->time_ns;
}

/* Appends "from 3.000000 (2023-11-21 22:13:24.000000 UTC)". */
static void append_start(const HgReportWriter *writer, GString *text, const HgTrace *trace) {
  if (!hg_time_is_known(trace->at_ns)) {
    g_string_append(text, "in the order of the file (its packets have no times)");
    return;
  }
  g_string_append(text, trace->direction == HG_TRACE_FORWARD ? "from " : "up to ");
  hg_report_writer_append_time(writer, text, trace->at_ns);
  g_string_append(text, " (");
  hg_report_writer_append_utc(text, trace->at_ns);
  if (is_first_indicator(writer, trace))
    g_string_append_printf(text, ", its first sign, frame %u",
                           hg_report_first_indicator(writer->report, trace->host)->frame);
  g_string_append_c(text, ')');
}

static void print_heading(const HgReportWriter *writer, const HgTrace *trace) {
  const gboolean forward = trace->direction == HG_TRACE_FORWARD;
  g_autoptr(GString) text = g_string_new(NULL);
  append_start(writer, text, trace);
  g_string_append(text, forward ? ": could have reached " : ": could have been reached from ");
  append_counts(text, trace);
  g_string_append_printf(text, ". Blind to time, plain reachability names %u.",
                         trace->untimed_count);
  hg_output_puts(writer->output, "\n");
  hg_report_writer_labelled(writer, forward ? "Trace forward" : "Trace back", text->str);
}

static void print_trace(const HgReportWriter *writer, const HgTrace *trace, guint most) {
  const guint total = trace->reached->len, shown = MIN(total, most);
  HgTable *const table = hg_table_new(columns, 4);
  g_autoptr(GArray) entries = rank_entries(writer, trace);
  for (guint i = 0; i < shown; i++)
    add_reached(writer, table, trace, g_array_index(entries, guint32, i));
  print_heading(writer, trace);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 4, shown, total);
  hg_table_free(table);
}

void hg_part_traces(const HgReportWriter *writer, guint32 host, guint most) {
  static const char legend[] =
      "\n    Time and frame: of the first packet that could have reached the host (back: of the last\n"
      "    that could still have come from it). By payload: some chain carried data in every hop.\n"
      "    Suspects come first, in the order of their first signs, then by payload, then by time.\n";
  static const char runs[] =
      "    The contacts come from a store, which keeps runs of packets at most 1 s apart: the packet\n"
      "    of each hop came up to 1 s after its time (back: before). Who was missed by less than that\n"
      "    is named too; nobody is left out.\n";
  guint reached = 0;
  for (guint i = 0; i < hg_report_trace_count(writer->report); i++) {
    const HgTrace *const trace = hg_report_trace(writer->report, i);
    if (trace->host != host)
      continue;
    print_trace(writer, trace, most);
    reached += trace->reached->len;
  }
  if (reached > 0)
    hg_output_puts(writer->output, legend);
  if (reached > 0 && hg_tally_contact_resolution_ns(writer->tally) > 0)
    hg_output_puts(writer->output, runs);
}
