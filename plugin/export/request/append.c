/* append.c - adds a tally to a file that holds an earlier one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "append.h"

#include "export/files/file_lock.h"
#include "export/store/store.h"
#include "export/text/text.h"
#include "tally/merge/merge.h"

/* The tally in the file, to which one with these options can be added; without file: one without packets. */
static HgTally *load(const HgFormat *format, const char *path, const HgTallyOptions *options,
                     GError **error) {
  if (!g_file_test(path, G_FILE_TEST_EXISTS))
    return hg_tally_builder_end(hg_tally_builder_new(options));
  HgTally *there = format->load(path, error);
  if (there && !hg_store_can_add(path, hg_tally_options(there), options, error))
    g_clear_pointer(&there, hg_tally_free);
  return there;
}

static void word_span(GString *text, gint64 first_ns, gint64 last_ns) {
  hg_text_iso8601(text, first_ns);
  g_string_append(text, " to ");
  hg_text_iso8601(text, last_ns);
}

/* --- the captures that are there --- */

/* "it holds this capture already, as week1.pcap (2026-01-05T10:00:00Z to ...)". Whoever wrote the file
 * chose the name. (transfer full) */
static char *word_same(const HgCapture *known) {
  GString *text = g_string_new("it holds this capture already");
  if (known->name && *known->name) {
    g_string_append(text, ", as ");
    hg_text_terminal(text, known->name, -1);
  }
  if (hg_time_is_known(known->traffic.first_ns) && hg_time_is_known(known->traffic.last_ns)) {
    g_string_append(text, " (");
    word_span(text, known->traffic.first_ns, known->traffic.last_ns);
    g_string_append_c(text, ')');
  }
  return g_string_free(text, FALSE);
}

/* The capture that is there already, of those that are to be added. NULL: none. */
static const HgCapture *find_same(const GArray *there, const GArray *captures) {
  const HgCapture *same = NULL;
  for (guint i = 0; i < captures->len && !same; i++)
    same = hg_capture_array_find(there, &g_array_index(captures, HgCapture, i));
  return same;
}

/* Whether all captures whose packets were known before the first packet are still there: somebody may
 * have replaced the file meanwhile. */
static gboolean are_still_there(const GArray *there, const HgKnownPackets *known) {
  const GArray *captures = known ? hg_known_packets_captures(known) : NULL;
  for (guint i = 0; captures && i < captures->len; i++) {
    const HgCapture *capture = &g_array_index(captures, HgCapture, i);
    if (capture->traffic.packets > 0 && !hg_capture_array_find(there, capture))
      return FALSE;
  }
  return TRUE;
}

/* Whether it is known of each packet that both captures have. */
static gboolean is_decided(const HgCapture *there, const HgCapture *capture,
                           const HgKnownPackets *known) {
  return there->unmarked == 0 && capture->unmarked == 0 && known &&
         hg_capture_array_find(hg_known_packets_captures(known), there);
}

/* Says where captures overlap in time, of whose packets it is not known whether they are the same. */
static void note_overlap(const GArray *there, const GArray *captures, const HgKnownPackets *known,
                         const char *shown, GPtrArray *notes) {
  gint64 first_ns = HG_TIME_MAX, last_ns = HG_TIME_MIN;
  for (guint i = 0; i < captures->len; i++) {
    const HgTraffic *ours = &g_array_index(captures, HgCapture, i).traffic;
    for (guint k = 0; k < there->len; k++) {
      const HgCapture *other = &g_array_index(there, HgCapture, k);
      const gint64 begin_ns = MAX(ours->first_ns, other->traffic.first_ns);
      const gint64 end_ns = MIN(ours->last_ns, other->traffic.last_ns);
      if (ours->packets == 0 || other->traffic.packets == 0 || !hg_time_is_known(begin_ns) ||
          begin_ns > end_ns || is_decided(other, &g_array_index(captures, HgCapture, i), known))
        continue;
      first_ns = MIN(first_ns, begin_ns);
      last_ns = MAX(last_ns, end_ns);
    }
  }
  if (first_ns > last_ns)
    return;
  GString *text = g_string_new(shown);
  g_string_append(text, ": the captures overlap in time from ");
  word_span(text, first_ns, last_ns);
  g_string_append(text, ": packets may count twice");
  g_ptr_array_add(notes, g_string_free(text, FALSE));
}

/* --- adding --- */

static gboolean save_union(const HgFormat *format, const char *path, const HgTally *there,
                           const HgTally *tally, const HgAddition *addition, GError **error) {
  HgTally *both = hg_tally_union(there, tally);
  HgAnalysis *found = hg_analysis_new(both, addition->analysis);
  HgReport *report = hg_report_new(found, addition->report);
  const gboolean good = hg_format_save(format, report, path, error);
  hg_report_free(report);
  hg_analysis_free(found);
  hg_tally_free(both);
  return good;
}

/* The captures of the tally; one without a name gets its filter from the report. (transfer full) */
static GArray *captures_of(const HgTally *tally, const HgReportOptions *report) {
  GArray *captures = hg_tally_captures(tally);
  for (guint i = 0; i < captures->len; i++) {
    HgCapture *capture = &g_array_index(captures, HgCapture, i);
    if (!capture->name && !capture->filter)
      capture->filter = g_strdup(report->filter);
  }
  return captures;
}

/* Adds what the file does not have of the tally to `there`, the tally in the file. */
static gboolean add(const HgFormat *format, const char *path, const HgTally *there,
                    const HgTally *tally, const HgAddition *addition, GError **error) {
  guint64 known;
  const HgTally *rest = hg_tally_remainder(tally, path, &known);
  GArray *captures = hg_tally_captures(there), *ours = captures_of(rest, addition->report);
  const HgCapture *same = find_same(captures, ours);
  g_autofree char *shown = g_filename_display_name(path), *why = same ? word_same(same) : NULL;
  gboolean good = FALSE;
  if (same && addition->how == HG_APPEND_NEW) {
    g_ptr_array_add(addition->notes, g_strdup_printf("nothing is added to %s: %s", shown, why));
    good = TRUE;
  } else if (same) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_EXIST,
                "cannot add to %s: %s; append=new skips such captures", shown, why);
  } else if (known > 0 && !are_still_there(captures, addition->known)) {
    g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                "cannot add to %s: another store has taken its place meanwhile", shown);
  } else {
    good = save_union(format, path, there, rest, addition, error);
    if (good && known > 0)
      g_ptr_array_add(addition->notes,
                      g_strdup_printf("%s: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                                      " packets were there already, and count once",
                                      shown, known, hg_tally_traffic(tally)->packets));
    if (good)
      note_overlap(captures, ours, addition->known, shown, addition->notes);
  }
  g_array_unref(captures);
  g_array_unref(ours);
  return good;
}

gboolean hg_append(const HgFormat *format, const char *path, const HgTally *tally,
                   const HgAddition *addition, GError **error) {
  HgFileLock *lock = hg_file_lock_new(path, error);
  /* The file may be another than when the tally was begun. */
  HgTally *there = lock ? load(format, path, hg_tally_options(tally), error) : NULL;
  const gboolean good = there && add(format, path, there, tally, addition, error);
  hg_tally_free(there);
  hg_file_lock_free(lock);
  return good;
}

gboolean hg_replace(const HgFormat *format, const HgReport *report, const char *path,
                    GError **error) {
  if (!format->load)
    return hg_format_save(format, report, path, error);
  HgFileLock *lock = hg_file_lock_new(path, error);
  const gboolean good = lock && hg_format_save(format, report, path, error);
  hg_file_lock_free(lock);
  return good;
}
