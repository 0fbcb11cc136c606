/* dialog_export.c - asks for a file, suspects and a display filter, and exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialog_export.h"

#include <string.h>

#include "export_run.h"
#include "form.h"
#include "offered_path.h"
#include "remembered.h"
#include "wireshark/capture_file/open_file.h"
#include "wireshark/preferences.h"

enum { FIELD_FILE, FIELD_SUSPECTS, FIELD_FILTER, FIELD_COUNT };

static void remember(const HgExportEntries *entries) {
  const char *name = strrchr(entries->path, G_DIR_SEPARATOR);
  const HgFormat *format = hg_format_for_path(entries->path);

  if (name != NULL) {
    char *folder = g_path_get_dirname(entries->path);

    hg_remember(HG_REMEMBERED_FOLDER, folder);
    g_free(folder);
  }
  if (format != NULL)
    hg_remember(HG_REMEMBERED_SUFFIX, hg_format_suffix(format, entries->path));
  hg_remember(HG_REMEMBERED_SUSPECTS, entries->suspects);
}

static gboolean replace_answered(char **entered, gpointer data, GError **error);

/* A plugin cannot open a yes/no question in Wireshark, so this is a form, too. */
static void ask_to_replace(const HgExportEntries *entries) {
  char *label = g_strdup_printf("There is such a file:\n%s\nOK replaces it, or give another name:",
                                entries->path);
  const char *labels[] = {label, NULL}, *values[] = {entries->path, NULL};

  hg_form_open("Replace File", labels, values, replace_answered, hg_export_entries_copy(entries),
               hg_export_entries_free);
  g_free(label);
}

/* Exports, or asks first when a file would be replaced that the user was not asked about. */
static gboolean proceed(const HgExportEntries *entries, const char *may_replace, GError **error) {
  if (g_strcmp0(entries->path, may_replace) != 0 &&
      g_file_test(entries->path, G_FILE_TEST_IS_REGULAR)) {
    ask_to_replace(entries);
    return TRUE;
  }
  remember(entries);
  return hg_export_run(entries, error);
}

static gboolean replace_answered(char **entered, gpointer data, GError **error) {
  const HgExportEntries *old = data;
  HgExportEntries *entries = hg_export_entries_copy(old);
  gboolean done;

  g_free(entries->path);
  entries->path = hg_offered_absolute(entered[0]);
  done = proceed(entries, old->path, error);
  hg_export_entries_free(entries);
  return done;
}

static gboolean export_answered(char **entered, gpointer data, GError **error) {
  HgExportEntries *entries = hg_export_entries_copy(data);
  gboolean done;

  entries->path = hg_offered_absolute(entered[FIELD_FILE]);
  entries->suspects = g_strdup(entered[FIELD_SUSPECTS]);
  entries->filter = g_strdup(entered[FIELD_FILTER]);
  done = proceed(entries, NULL, error);
  hg_export_entries_free(entries);
  return done;
}

/* --- what the dialog offers; all (transfer full) --- */

/* The request's own export, else a file named like the capture, with the suffix of the last export. */
static char *offered_file(const HgOpenFile *file, const HgRequest *request) {
  const char *last = hg_remembered(HG_REMEMBERED_SUFFIX);
  char *suffix, *path;

  if (request->exports != NULL && request->exports->len > 0)
    return g_strdup(((const HgExport *)request->exports->pdata[0])->path);
  suffix =
      last != NULL ? g_strdup(last) : g_strconcat(".", hg_preferences_format()->suffixes[0], NULL);
  path = hg_offered_path(file, suffix);
  g_free(suffix);
  return path;
}

static char *offered_suspects(const HgRequest *request) {
  const char *last = hg_remembered(HG_REMEMBERED_SUSPECTS);

  if (request->report.suspects != NULL && *request->report.suspects != NULL)
    return g_strjoinv(" ", request->report.suspects);
  return g_strdup(last != NULL ? last : "");
}

/* "File (.csv, .dot, ...)", from the table of formats. */
static char *file_label(void) {
  GString *label = g_string_new("File (");

  for (guint i = 0; hg_formats[i] != NULL; i++)
    if (hg_formats[i]->suffixes[0] != NULL)
      g_string_append_printf(label, "%s.%s", i > 0 ? ", " : "", hg_formats[i]->suffixes[0]);
  g_string_append_c(label, ')');
  return g_string_free(label, FALSE);
}

void hg_dialog_export(HgSharedRequest *shared, const char *filter) {
  HgExportEntries *entries = hg_export_entries_new(shared);
  HgOpenFile file;
  char *label = file_label(), *path, *suspects;
  const char *labels[] = {label, "Suspects (addresses)", "Display filter", NULL};

  G_STATIC_ASSERT(G_N_ELEMENTS(labels) == FIELD_COUNT + 1);
  hg_open_file_init(&file);
  path = offered_file(&file, shared->request);
  suspects = offered_suspects(shared->request);
  if (filter == NULL)
    filter = file.filter != NULL ? file.filter : "";
  const char *values[] = {path, suspects, filter, NULL};
  entries->title = "Host Graph Exported";
  hg_form_open("Export Host Graph", labels, values, export_answered, entries,
               hg_export_entries_free);
  g_free(path);
  g_free(suspects);
  g_free(label);
  hg_open_file_clear(&file);
}
