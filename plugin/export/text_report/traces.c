/* traces.c - part: what a host could have reached, and what could have reached it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "columns.h"
#include "table.h"

/* Room for the longest IPv6 address in a chain. */
#define HOST_WIDTH 39

static const HgColumn columns[] = {
    {"Host", HG_COLUMN_KEY},     {"Hops", HG_COLUMN_NUMBER},   {"Time", HG_COLUMN_NUMBER},
    {"Frame", HG_COLUMN_NUMBER}, {"Protocol", HG_COLUMN_TEXT}, {"By", HG_COLUMN_WORD},
    {NULL, HG_COLUMN_WORD},
};

static void append_host(const HgPaper *paper, GString *out, guint32 host) {
  hg_columns_cut(out, hg_paper_host(paper, host), HOST_WIDTH);
}

/* "10.0.0.5 -> 10.0.0.9 in frame 812 (SMB2) -> 10.0.0.12 in frame 900 (HTTP)": packets flow to
 * the right in both directions of a trace. (transfer full) */
static char *chain(const HgPaper *paper, const HgTrace *trace, guint entry) {
  g_autoptr(GArray) hops = hg_trace_chain(trace, entry);
  const gboolean forward = trace->direction == HG_TRACE_FORWARD;
  GString *const text = g_string_new(NULL);
  const HgReached *const last = &g_array_index(trace->reached, HgReached, entry);
  append_host(paper, text, forward ? trace->host : last->host);
  for (guint i = 0; i < hops->len; i++) {
    const HgReached *const hop =
        &g_array_index(trace->reached, HgReached, g_array_index(hops, guint32, i));
    g_string_append(text, " -> ");
    append_host(paper, text, forward ? hop->host : hop->via);
    g_string_append_printf(text, " in frame %u (%s)", hop->frame,
                           hg_paper_protocol(paper, hop->protocol));
  }
  return g_string_free(text, FALSE);
}

static void add_reached(const HgPaper *paper, HgTable *table, const HgTrace *trace, guint entry) {
  const HgReached *const reached = &g_array_index(trace->reached, HgReached, entry);
  g_autoptr(GString) time = g_string_new(NULL);
  hg_paper_append_time(paper, time, reached->time_ns);
  hg_table_add(table, hg_paper_host(paper, reached->host));
  hg_table_add_number(table, reached->hops);
  hg_table_add(table, time->str);
  hg_table_add_number(table, reached->frame);
  hg_table_add(table, hg_paper_protocol(paper, reached->protocol));
  hg_table_add(table, reached->payload ? "payload" : "touch");
  if (reached->hops > 1) {
    g_autofree char *text = chain(paper, trace, entry);
    hg_table_note(table, text, TRUE);
  }
}

/* "3 hosts: 2 directly, 1 over others; 2 by payload, 1 only touched" */
static void append_counts(GString *out, const HgTrace *trace) {
  const guint total = trace->reached->len;
  guint direct = 0, payload = 0;
  for (guint i = 0; i < total; i++) {
    const HgReached *const reached = &g_array_index(trace->reached, HgReached, i);
    direct += reached->hops == 1;
    payload += reached->payload;
  }
  hg_paper_append_count(out, total, "host");
  if (total > 0)
    g_string_append_printf(out, ": %u directly, %u over others; %u by payload, %u only touched",
                           direct, total - direct, payload, total - payload);
}

static void print_heading(const HgPaper *paper, const HgTrace *trace) {
  const gboolean forward = trace->direction == HG_TRACE_FORWARD;
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_append(text, forward ? "from " : "up to ");
  hg_paper_append_time(paper, text, trace->at_ns);
  g_string_append(text, " (");
  hg_paper_append_utc(text, trace->at_ns);
  g_string_append(text, forward ? "): could have reached " : "): could have been reached from ");
  append_counts(text, trace);
  g_string_append_printf(text, ". Blind to time, plain reachability names %u.",
                         trace->untimed_count);
  hg_output_puts(paper->output, "\n");
  hg_paper_labelled(paper, forward ? "Trace forward" : "Trace back", text->str);
}

static void print_trace(const HgPaper *paper, const HgTrace *trace, guint most) {
  const guint total = trace->reached->len, shown = MIN(total, most);
  HgTable *const table = hg_table_new(columns, 4);
  for (guint i = 0; i < shown; i++)
    add_reached(paper, table, trace, i);
  print_heading(paper, trace);
  hg_table_print(table, paper->output);
  hg_paper_more(paper, 4, shown, total);
  hg_table_free(table);
}

void hg_part_traces(const HgPaper *paper, guint32 host, guint most) {
  static const char legend[] =
      "\n    Time and frame: of the first packet that could have reached the host (back: of the last\n"
      "    that could still have come from it). By payload: some chain carried data in every hop.\n";
  guint reached = 0;
  for (guint i = 0; i < hg_report_trace_count(paper->report); i++) {
    const HgTrace *const trace = hg_report_trace(paper->report, i);
    if (trace->host != host)
      continue;
    print_trace(paper, trace, most);
    reached += trace->reached->len;
  }
  if (reached > 0)
    hg_output_puts(paper->output, legend);
}
