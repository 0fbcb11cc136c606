/* origins.c - section: which suspects could have infected which
 *
 * A suspect may have been infected by another one that could have reached it before its own first
 * indicator. A suspect that no other could have reached may be the origin, as far as this capture
 * shows.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "table.h"

static const HgTableColumn columns[] = {
    {"Suspect", HG_COLUMN_KEY}, {"First sign", HG_COLUMN_NUMBER}, {"Frame", HG_COLUMN_NUMBER},
    {"By", HG_COLUMN_WORD},     {"From", HG_COLUMN_LIST},         {NULL, HG_COLUMN_WORD},
};

/* A traced suspect. */
typedef struct {
  const HgTrace *trace; /* backward, from its first indicator */
  const HgFirstIndicator *first_indicator;
} Suspect;

static gint compare_suspects(gconstpointer a, gconstpointer b, gpointer data) {
  const Suspect *const x = a, *const y = b;
  if (x->first_indicator->time_ns != y->first_indicator->time_ns)
    return x->first_indicator->time_ns < y->first_indicator->time_ns ? -1 : 1;
  if (x->first_indicator->frame != y->first_indicator->frame)
    return x->first_indicator->frame < y->first_indicator->frame ? -1 : 1;
  return hg_report_writer_compare(data, 0, x->trace->host, 0, y->trace->host);
}

/* Traced suspects in the order of their first indicators. (transfer full) */
static GArray *list_suspects(const HgReportWriter *writer) {
  GArray *const suspects = g_array_new(FALSE, FALSE, sizeof(Suspect));
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < hg_report_trace_count(writer->report); i++) {
    const HgTrace *const trace = hg_report_trace(writer->report, i);
    const Suspect suspect = {trace, hg_report_first_indicator(writer->report, trace->host)};
    if (suspect.first_indicator && trace->direction == HG_TRACE_BACKWARD &&
        trace->at_ns == suspect.first_indicator->time_ns &&
        g_hash_table_add(seen, GUINT_TO_POINTER(trace->host)))
      g_array_append_val(suspects, suspect);
  }
  g_array_sort_with_data(suspects, compare_suspects, (gpointer)writer);
  return suspects;
}

/* Whether another suspect is a possible source: its first indicator came before it could last have
 * reached this one. It may have infected it earlier, but then it cannot be told from all other
 * hosts. */
static const HgFirstIndicator *first_indicator_of_source(const HgReportWriter *writer,
                                                         const HgReached *reached) {
  const HgFirstIndicator *const first_indicator =
      hg_report_first_indicator(writer->report, reached->host);
  return first_indicator && first_indicator->time_ns <= reached->time_ns ? first_indicator : NULL;
}

/* Appends the sources. Returns the one whose first indicator came first, those with payload before
 * all others; -1: there is none. */
static gint append_sources(const HgReportWriter *writer, GString *out, const HgTrace *trace) {
  const HgFirstIndicator *earliest = NULL;
  gint best = -1;
  gboolean payload = FALSE;
  for (guint i = 0; i < trace->reached->len; i++) {
    const HgReached *const reached = &g_array_index(trace->reached, HgReached, i);
    const HgFirstIndicator *const first_indicator = first_indicator_of_source(writer, reached);
    if (!first_indicator)
      continue;
    g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "",
                           hg_report_writer_host(writer, reached->host));
    if (best < 0 || reached->payload > payload ||
        (reached->payload == payload && first_indicator->frame < earliest->frame)) {
      best = (gint)i;
      earliest = first_indicator;
      payload = reached->payload;
    }
  }
  return best;
}

static void add_suspect(const HgReportWriter *writer, HgTable *table, const Suspect *suspect) {
  const HgTrace *const trace = suspect->trace;
  g_autoptr(GString) time = g_string_new(NULL);
  g_autoptr(GString) sources = g_string_new(NULL);
  const gint best = append_sources(writer, sources, trace);
  hg_report_writer_append_time(writer, time, suspect->first_indicator->time_ns);
  hg_table_add(table, hg_report_writer_host(writer, trace->host));
  hg_table_add(table, time->str);
  hg_table_add_number(table, suspect->first_indicator->frame);
  if (best < 0) {
    hg_table_add(table, "-");
    hg_table_add(table, "no other suspect");
    return;
  }
  const gboolean payload = g_array_index(trace->reached, HgReached, best).payload;
  hg_table_add(table, payload ? "payload" : "touch");
  hg_table_add(table, sources->str);
  g_autofree char *chain = hg_report_writer_chain(writer, trace, (guint)best);
  hg_table_note(table, chain, TRUE);
}

void hg_section_origins(const HgReportWriter *writer) {
  g_autoptr(GArray) suspects = list_suspects(writer);
  if (suspects->len < 2)
    return;
  HgTable *const table = hg_table_new(columns, 2);
  for (guint i = 0; i < suspects->len; i++)
    add_suspect(writer, table, &g_array_index(suspects, Suspect, i));
  hg_report_writer_section(writer, "Possible origins (%u)", suspects->len);
  hg_output_puts(
      writer->output,
      "  From: which suspects, after their own first sign, could have reached it before\n"
      "  its own. Who has it from no other may be where it began, as far as this capture\n"
      "  shows. Below: the way from the one with the earliest sign.\n\n");
  hg_table_print(table, writer->output);
  if (hg_report_untraced_suspects(writer->report) > 0)
    hg_output_printf(writer->output, "  %u further suspects were not traced.\n",
                     hg_report_untraced_suspects(writer->report));
  hg_table_free(table);
}
