/* origins.c - section: which suspects could have passed it on to which
 *
 * A suspect may have it from another one that could have reached it before its own first sign. The
 * one that none could have reached may be where it began, as far as this capture shows.
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
  const HgTrace *trace; /* back from its onset */
  const HgOnset *onset;
} Suspect;

static gint compare_suspects(gconstpointer a, gconstpointer b, gpointer data) {
  const Suspect *const x = a, *const y = b;
  if (x->onset->time_ns != y->onset->time_ns)
    return x->onset->time_ns < y->onset->time_ns ? -1 : 1;
  if (x->onset->frame != y->onset->frame)
    return x->onset->frame < y->onset->frame ? -1 : 1;
  return hg_paper_compare(data, 0, x->trace->host, 0, y->trace->host);
}

/* In the order of their first signs. (transfer full) */
static GArray *list_suspects(const HgPaper *paper) {
  GArray *const suspects = g_array_new(FALSE, FALSE, sizeof(Suspect));
  g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < hg_report_trace_count(paper->report); i++) {
    const HgTrace *const trace = hg_report_trace(paper->report, i);
    const Suspect suspect = {trace, hg_report_onset(paper->report, trace->host)};
    if (suspect.onset && trace->direction == HG_TRACE_BACKWARD &&
        trace->at_ns == suspect.onset->time_ns &&
        g_hash_table_add(seen, GUINT_TO_POINTER(trace->host)))
      g_array_append_val(suspects, suspect);
  }
  g_array_sort_with_data(suspects, compare_suspects, (gpointer)paper);
  return suspects;
}

/* Another suspect, which had shown its first sign when it could still have reached this one: it may
 * have done so before, but then nothing tells it from all the others. */
static const HgOnset *onset_of_source(const HgPaper *paper, const HgReached *reached) {
  const HgOnset *const onset = hg_report_onset(paper->report, reached->host);
  return onset && onset->time_ns <= reached->time_ns ? onset : NULL;
}

/* Appends the sources; answers the one whose first sign came first, those with payload before all
 * others; -1: there is none. */
static gint append_sources(const HgPaper *paper, GString *out, const HgTrace *trace) {
  const HgOnset *earliest = NULL;
  gint best = -1;
  gboolean payload = FALSE;
  for (guint i = 0; i < trace->reached->len; i++) {
    const HgReached *const reached = &g_array_index(trace->reached, HgReached, i);
    const HgOnset *const onset = onset_of_source(paper, reached);
    if (!onset)
      continue;
    g_string_append_printf(out, "%s%s", out->len > 0 ? ", " : "",
                           hg_paper_host(paper, reached->host));
    if (best < 0 || reached->payload > payload ||
        (reached->payload == payload && onset->frame < earliest->frame)) {
      best = (gint)i;
      earliest = onset;
      payload = reached->payload;
    }
  }
  return best;
}

static void add_suspect(const HgPaper *paper, HgTable *table, const Suspect *suspect) {
  const HgTrace *const trace = suspect->trace;
  g_autoptr(GString) time = g_string_new(NULL);
  g_autoptr(GString) sources = g_string_new(NULL);
  const gint best = append_sources(paper, sources, trace);
  hg_paper_append_time(paper, time, suspect->onset->time_ns);
  hg_table_add(table, hg_paper_host(paper, trace->host));
  hg_table_add(table, time->str);
  hg_table_add_number(table, suspect->onset->frame);
  if (best < 0) {
    hg_table_add(table, "-");
    hg_table_add(table, "no other suspect");
    return;
  }
  const gboolean payload = g_array_index(trace->reached, HgReached, best).payload;
  hg_table_add(table, payload ? "payload" : "touch");
  hg_table_add(table, sources->str);
  g_autofree char *chain = hg_paper_chain(paper, trace, (guint)best);
  hg_table_note(table, chain, TRUE);
}

void hg_section_origins(const HgPaper *paper) {
  g_autoptr(GArray) suspects = list_suspects(paper);
  if (suspects->len < 2)
    return;
  HgTable *const table = hg_table_new(columns, 2);
  for (guint i = 0; i < suspects->len; i++)
    add_suspect(paper, table, &g_array_index(suspects, Suspect, i));
  hg_paper_section(paper, "Possible origins (%u)", suspects->len);
  hg_output_puts(
      paper->output,
      "  From: which suspects, after their own first sign, could have reached it before\n"
      "  its own. Who has it from no other may be where it began, as far as this capture\n"
      "  shows. Below: the way from the one with the earliest sign.\n\n");
  hg_table_print(table, paper->output);
  if (hg_report_untraced_suspects(paper->report) > 0)
    hg_output_printf(paper->output, "  %u further suspects were not traced.\n",
                     hg_report_untraced_suspects(paper->report));
  hg_table_free(table);
}
