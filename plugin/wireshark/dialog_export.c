/* dialog_export.c - carries out what was entered in the export dialog
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialog_export.h"

#include "gui_file.h"
#include "preferences.h"
#include "window.h"

#include <wsutil/report_message.h>

/* As the option parser wants a value. */
static void append_value(GString *out, const char *value) {
  for (; *value != '\0'; value++) {
    if (*value == ',' || *value == '\\')
      g_string_append_c(out, '\\');
    g_string_append_c(out, *value);
  }
}

/* The entries through the same checks as the command line. */
static HgRequest *parse(const char *path, const char *suspects, GError **error) {
  GString *options = g_string_new("export=");
  char **addresses = g_strsplit_set(suspects, " \t,;", -1);
  HgRequest *request;

  append_value(options, path);
  for (guint i = 0; addresses[i] != NULL; i++) {
    if (*addresses[i] == '\0')
      continue;
    g_string_append(options, ",suspect=");
    append_value(options, addresses[i]);
  }
  request = hg_preferences_request(options->str, error);
  g_strfreev(addresses);
  g_string_free(options, TRUE);
  return request;
}

/* A mistyped address would otherwise pass unnoticed. */
static void append_unseen(GString *text, char **suspects, const HgTally *tally) {
  for (guint i = 0; suspects != NULL && suspects[i] != NULL; i++) {
    HgAddressBuffer buffer;
    HgAddress address;

    if (hg_address_parse(suspects[i], &address, &buffer) &&
        hg_tally_find_host(tally, &address) == NULL)
      g_string_append_printf(text, "\nNo packet shows %s.\n", suspects[i]);
  }
}

static void tell(const HgRequest *request, HgTally *tally) {
  GString *text = g_string_new(NULL);

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
  append_unseen(text, request->report.suspects, tally);
  hg_window_show_note("Host Graph Exported", text->str);
  g_string_free(text, TRUE);
}

static gboolean write_files(const HgRequest *request, HgTally *tally, GError **error) {
  HgGuiFile file;
  char *name;
  gboolean written;

  hg_gui_file_init(&file);
  name = file.path != NULL ? g_path_get_basename(file.path) : NULL;
  written = hg_request_run(request, tally, name, NULL, error);
  if (written)
    tell(request, tally);
  g_free(name);
  hg_gui_file_clear(&file);
  return written;
}

gboolean hg_dialog_export_run(HgRequestBox *box, const char *path, const char *suspects,
                              const char *filter, GError **error) {
  gboolean filtered = *filter != '\0', done = FALSE;
  HgRequest *entered = parse(path, suspects, error), combined;
  HgLive *live;

  if (entered == NULL)
    return FALSE;
  /* Windows may be closed during the pass: hold on to the request. */
  hg_request_box_ref(box);
  combined = *box->request;
  combined.exports = entered->exports;
  combined.report.suspects = entered->report.suspects;
  live = hg_live_new(&combined.tally, filtered ? filter : NULL, NULL, NULL, error);
  if (live != NULL && hg_gui_file_retap(error)) {
    if (hg_gui_file_partial(live, filtered))
      g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INTR,
                          "Nothing was exported.\n\nNot all packets were gone over.");
    else
      done = write_files(&combined, hg_live_tally(live), error);
  }
  hg_live_free(live);
  hg_request_box_unref(box);
  hg_request_free(entered);
  return done;
}
