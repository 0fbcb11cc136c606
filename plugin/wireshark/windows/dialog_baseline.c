/* dialog_baseline.c - saves a baseline, and compares the capture with one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialog_baseline.h"

#include "export_run.h"
#include "form.h"
#include "offered_path.h"
#include "remembered.h"
#include "report_window.h"
#include "wireshark/capture_file/open_file.h"
#include "wireshark/option_text.h"
#include "wireshark/preferences.h"

#define NAME "baseline.sqlite"

/* The baseline last written or compared with, else the one in the preferences, else a file of a fixed
 * name in the offered folder: a baseline describes a network, so it is not named after one capture.
 * (transfer full) */
static char *offered(void) {
  const char *last = hg_remembered(HG_REMEMBERED_BASELINE);
  const char *preferred = hg_preferences_baseline();

  if (last != NULL)
    return g_strdup(last);
  return preferred != NULL ? g_strdup(preferred) : hg_offered_absolute(NAME);
}

static gboolean save_answered(char **entered, gpointer data, GError **error) {
  HgExportEntries *entries = hg_export_entries_copy(data);
  gboolean saved;

  entries->path = hg_offered_absolute(entered[0]);
  entries->suspects = g_strdup("");
  entries->filter = g_strdup(entered[1]);
  saved = hg_export_run(entries, error);
  if (saved)
    hg_remember(HG_REMEMBERED_BASELINE, entries->path);
  hg_export_entries_free(entries);
  return saved;
}

void hg_dialog_baseline_save(HgSharedRequest *shared) {
  /* The dialog does not offer the display filter in force: users would not notice that it leaves
   * packets out. */
  static const char *const labels[] = {"Store (this capture is added to one that exists)",
                                       "Display filter (empty: all packets)", NULL};
  HgExportEntries *entries = hg_export_entries_new(shared);
  char *path = offered();
  const char *values[] = {path, "", NULL};

  entries->title = "Baseline Saved";
  entries->format = "sqlite";
  entries->append = TRUE;
  hg_form_open("Save as Baseline", labels, values, save_answered, entries, hg_export_entries_free);
  g_free(path);
}

static gboolean compare_answered(char **entered, gpointer data, GError **error) {
  char *path = hg_offered_absolute(entered[0]);
  GString *options = g_string_new(NULL);
  HgRequest *request;

  (void)data;
  hg_option_text_add(options, "baseline", path);
  request = hg_open_file_ready(error) ? hg_preferences_request(options->str, error) : NULL;
  if (request != NULL)
    hg_remember(HG_REMEMBERED_BASELINE, path);
  g_string_free(options, TRUE);
  g_free(path);
  return request != NULL && hg_report_window_open(request, error);
}

static void nothing(gpointer data) {
  (void)data;
}

void hg_dialog_baseline_compare(void) {
  static const char *const labels[] = {"Store of known-normal traffic", NULL};
  char *path = offered();
  const char *values[] = {path, NULL};

  hg_form_open("Compare with Baseline", labels, values, compare_answered, NULL, nothing);
  g_free(path);
}
