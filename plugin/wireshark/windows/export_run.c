/* export_run.c - writes the files that the user asked for in a dialog
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export_run.h"

#include "export/text/text.h"
#include "text_window.h"
#include "wireshark/capture_file/open_file.h"
#include "wireshark/capture_file/pass.h"
#include "wireshark/option_text.h"
#include "wireshark/preferences.h"

HgExportEntries *hg_export_entries_new(HgSharedRequest *shared) {
  HgExportEntries *entries = g_new0(HgExportEntries, 1);

  entries->shared = hg_shared_request_ref(shared);
  return entries;
}

HgExportEntries *hg_export_entries_copy(const HgExportEntries *from) {
  HgExportEntries *entries = g_new(HgExportEntries, 1);

  *entries = *from;
  hg_shared_request_ref(entries->shared);
  entries->path = g_strdup(from->path);
  entries->suspects = g_strdup(from->suspects);
  entries->filter = g_strdup(from->filter);
  return entries;
}

void hg_export_entries_free(gpointer data) {
  HgExportEntries *entries = data;

  hg_shared_request_unref(entries->shared);
  g_free(entries->path);
  g_free(entries->suspects);
  g_free(entries->filter);
  g_free(entries);
}

/* Parses the entries as options, so that the checks of the command line apply. */
static HgRequest *parse(const HgExportEntries *entries, GError **error) {
  GString *options = g_string_new(entries->append ? "append=yes" : NULL);
  HgRequest *request;

  if (entries->format != NULL)
    hg_option_text_add(options, "format", entries->format);
  hg_option_text_add(options, "export", entries->path);
  hg_option_text_add_words(options, "suspect", entries->suspects);
  request = hg_preferences_request(options->str, error);
  g_string_free(options, TRUE);
  return request;
}

/* Names suspects that are in no packet: the user may have mistyped their address. */
static void append_unseen(GString *text, char **suspects, const HgTally *tally) {
  for (guint i = 0; suspects != NULL && suspects[i] != NULL; i++) {
    HgAddressBuffer buffer;
    HgAddress address;

    if (!hg_address_parse(suspects[i], &address, &buffer))
      continue;
    GArray *found = hg_tally_find_hosts(tally, &address);
    if (found->len == 0)
      g_string_append_printf(text, "\nNo packet shows %s.\n", suspects[i]);
    g_array_unref(found);
  }
}

static void tell(const char *title, const HgRequest *request, const HgTally *tally,
                 const GPtrArray *notes) {
  GString *text = g_string_new(NULL), *shown = g_string_new(NULL);

  g_string_append_printf(text, "%" G_GUINT64_FORMAT " packets, %u hosts and %u conversations:\n\n",
                         hg_tally_traffic(tally)->packets, hg_tally_host_count(tally),
                         hg_tally_conversation_count(tally));
  for (guint i = 0; i < request->exports->len; i++) {
    const HgExport *target = request->exports->pdata[i];
    char **files = hg_format_targets(target->format, target->path);

    for (guint j = 0; files[j] != NULL; j++)
      g_string_append_printf(text, "%s\n", files[j]);
    g_strfreev(files);
  }
  for (guint i = 0; i < notes->len; i++)
    g_string_append_printf(text, "\n%s\n", (const char *)g_ptr_array_index(notes, i));
  append_unseen(text, request->report.suspects, tally);
  hg_text_lines(shown, text->str, -1);
  hg_text_window_show(title, shown->str);
  g_string_free(shown, TRUE);
  g_string_free(text, TRUE);
}

gboolean hg_export_run(const HgExportEntries *entries, GError **error) {
  HgRequest *entered, combined;
  HgLive *live;
  gboolean written = FALSE;

  if (*entries->path == '\0') {
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                        "No file was entered.\n\nEnter the name of a file.");
    return FALSE;
  }
  entered = parse(entries, error);
  if (entered == NULL)
    return FALSE;
  combined = *entries->shared->request;
  combined.exports = entered->exports;
  combined.append = entered->append;
  combined.known = entered->known;
  combined.tally.known = entered->tally.known;
  combined.tally.fingerprints = entered->tally.fingerprints;
  combined.report.suspects = entered->report.suspects;
  combined.filter = *entries->filter != '\0' ? entries->filter : NULL;
  combined.report.filter = combined.filter;
  live = hg_pass_run(&combined, "exported", error);
  if (live != NULL) {
    GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);
    char *capture = hg_open_file_name();

    written = hg_request_run(&combined, hg_live_tally(live), capture, NULL, notes, error);
    if (written)
      tell(entries->title, &combined, hg_live_tally(live), notes);
    g_ptr_array_unref(notes);
    g_free(capture);
  }
  hg_live_free(live);
  hg_request_free(entered);
  return written;
}
