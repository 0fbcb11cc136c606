/* dialog.c - asks for a file, suspects and a display filter, and exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialog.h"

#include "dialog_export.h"
#include "dialog_memory.h"
#include "gui_file.h"

#define TITLE "Export Host Graph"

enum { FIELD_FILE, FIELD_SUSPECTS, FIELD_FILTER, FIELD_COUNT };

/* What was entered, on its way to the export. */
typedef struct {
  HgRequestBox *box;
  char *path, *suspects, *filter;
} HgEntries;

static void entries_free(void *data) {
  HgEntries *entries = data;

  hg_request_box_unref(entries->box);
  g_free(entries->path);
  g_free(entries->suspects);
  g_free(entries->filter);
  g_free(entries);
}

/* "~/x" and names without a folder, as a shell and a file chooser would take them: relative names
 * go beside the capture. (transfer full) */
static char *absolute_path(const char *entered) {
  char *trimmed = g_strstrip(g_strdup(entered)), *path;

  if (g_str_has_prefix(trimmed, "~/")) {
    path = g_build_filename(g_get_home_dir(), trimmed + 2, NULL);
  } else if (*trimmed == '\0' || g_path_is_absolute(trimmed)) {
    return trimmed;
  } else {
    HgGuiFile file;
    char *folder;

    hg_gui_file_init(&file);
    folder = hg_dialog_memory_folder(&file);
    path = g_build_filename(folder, trimmed, NULL);
    g_free(folder);
    hg_gui_file_clear(&file);
  }
  g_free(trimmed);
  return path;
}

static void export_now(const HgEntries *entries) {
  GError *error = NULL;

  hg_dialog_memory_store(entries->path, entries->suspects);
  if (!hg_dialog_export_run(entries->box, entries->path, entries->suspects, entries->filter,
                            &error))
    hg_gui_show_error(error);
}

static void replace_answered(gchar **input, void *data);

/* Wireshark has no question that a plugin could ask, but this form. */
static void ask_to_replace(HgEntries *entries) {
  const funnel_ops_t *ops = hg_gui_ops();
  char *label = g_strdup_printf("%s exists.\nOK replaces it, or give another name:", entries->path);
  const char *labels[] = {label, NULL}, *values[] = {entries->path, NULL};

  ops->new_dialog(ops->ops_id, "Replace File", labels, values, replace_answered, entries,
                  entries_free);
  g_free(label);
}

/* Exports, unless an old file would be lost that the user has not been asked about. */
static void proceed(HgEntries *entries, const char *may_replace) {
  if (g_strcmp0(entries->path, may_replace) != 0 &&
      g_file_test(entries->path, G_FILE_TEST_IS_REGULAR)) {
    ask_to_replace(entries);
    return;
  }
  export_now(entries);
  entries_free(entries);
}

/* The form owns `data`, and frees it when it closes. */
static HgEntries *entries_copy(const HgEntries *from, const char *path) {
  HgEntries *entries = g_new0(HgEntries, 1);

  entries->box = hg_request_box_ref(from->box);
  entries->path = absolute_path(path);
  entries->suspects = g_strdup(from->suspects);
  entries->filter = g_strdup(from->filter);
  return entries;
}

static void replace_answered(gchar **input, void *data) {
  HgEntries *old = data;

  proceed(entries_copy(old, input[0]), old->path);
  g_strfreev(input);
}

static void export_answered(gchar **input, void *data) {
  HgEntries *form = data, *entries = entries_copy(form, input[FIELD_FILE]);

  entries->suspects = g_strdup(input[FIELD_SUSPECTS]);
  entries->filter = g_strstrip(g_strdup(input[FIELD_FILTER]));
  g_strfreev(input);
  proceed(entries, NULL);
}

void hg_dialog_export(HgRequestBox *box) {
  const funnel_ops_t *ops = hg_gui_ops();
  char *label = hg_dialog_memory_file_label();
  const char *labels[] = {label, "Suspects (addresses)", "Display filter", NULL};
  HgEntries *form = g_new0(HgEntries, 1);
  HgGuiFile file;
  char *path, *suspects;

  G_STATIC_ASSERT(G_N_ELEMENTS(labels) == FIELD_COUNT + 1);
  hg_gui_file_init(&file);
  path = hg_dialog_memory_path(&file, box->request);
  suspects = hg_dialog_memory_suspects(box->request);
  form->box = hg_request_box_ref(box);
  const char *values[] = {path, suspects, file.filter != NULL ? file.filter : "", NULL};
  ops->new_dialog(ops->ops_id, TITLE, labels, values, export_answered, form, entries_free);
  g_free(path);
  g_free(suspects);
  g_free(label);
  hg_gui_file_clear(&file);
}
