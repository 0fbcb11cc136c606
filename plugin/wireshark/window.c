/* window.c - the report in a window
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "window.h"

#include "gui_file.h"

#include <epan/plugin_if.h>
#include <wsutil/report_message.h>

#include "dialog.h"
#include "report_text.h"

/* Wireshark keeps size and place of a window by its title, so the title is always the same; the
 * report itself names the capture. */
#define TITLE "Suspect Hosts"

/* Wireshark need not draw again when the last packet is in, so this must stay true. */
#define NOTE_READING "Drawn while packets came in. Refresh goes over all of them."

/* A running capture is redrawn by Wireshark's timer. Analysing may take this share of the time. */
#define DRAW_SHARE 4

typedef struct {
  funnel_text_window_t *text; /* Wireshark's; gone after close */
  HgLive *live;
  HgRequestBox *box;
  char *shown;                /* the report as shown, without notes; NULL: none yet */
  char *filter;               /* of the report's first finding that has one */
  gint64 drawn_at, draw_took; /* us */
  gboolean retapping;         /* a pass that this window asked for is running */
  gboolean closed;            /* meanwhile: free it when the pass ends */
} HgWindow;

static void window_free(HgWindow *window) {
  hg_live_free(window->live);
  hg_request_box_unref(window->box);
  g_free(window->shown);
  g_free(window->filter);
  g_free(window);
}

/* Lines that are not wrapped, for tables to stay tables. Only the frame is HTML; the text itself
 * comes from packets and is never parsed. */
static void set_plain_text(const funnel_ops_t *ops, funnel_text_window_t *text, const char *note,
                           const char *report) {
  ops->set_text(text, "<pre style=\"margin:0\">&nbsp;</pre>");
  if (note != NULL)
    ops->append_text(text, note);
  if (note != NULL || *report != '\n')
    ops->append_text(text, "\n");
  ops->append_text(text, report);
  ops->prepend_text(text, ""); /* scrolls to the top */
}

void hg_window_show_note(const char *title, const char *text) {
  const funnel_ops_t *ops = hg_gui_ops();

  if (ops != NULL)
    set_plain_text(ops, ops->new_text_window(ops->ops_id, title), NULL, text);
}

/* Analyses what was seen so far and shows it. */
static void show_report(HgWindow *window, const HgGuiFile *file, gboolean partial) {
  const funnel_ops_t *ops = hg_gui_ops();
  gint64 start = g_get_monotonic_time();
  char *report;

  if (ops == NULL)
    return;
  g_free(window->filter);
  report = hg_report_text(window->box->request, hg_live_tally(window->live), file->path, partial,
                          &window->filter);
  set_plain_text(ops, window->text, file->reading ? NOTE_READING : NULL, report);
  g_free(window->shown);
  window->shown = report;
  window->drawn_at = g_get_monotonic_time();
  window->draw_took = window->drawn_at - start;
}

/* Without a file: what the last one held stays readable. */
static void show_closed(HgWindow *window) {
  const funnel_ops_t *ops = hg_gui_ops();

  if (ops == NULL)
    return;
  if (window->shown != NULL)
    set_plain_text(ops, window->text, "The capture file was closed; this is what it held.",
                   window->shown);
  else
    set_plain_text(ops, window->text, "No capture file is open. The report follows when one is.",
                   "");
}

static void draw(HgLive *live, gpointer data) {
  HgWindow *window = data;
  HgGuiFile file;

  (void)live;
  if (window->retapping || window->closed)
    return;
  hg_gui_file_init(&file);
  if (!file.open)
    show_closed(window);
  else if (!file.reading ||
           g_get_monotonic_time() - window->drawn_at >= DRAW_SHARE * window->draw_took)
    show_report(window, &file, FALSE);
  hg_gui_file_clear(&file);
}

static void retap(HgWindow *window) {
  GError *error = NULL;
  gboolean done;
  HgGuiFile file;

  if (window->shown == NULL)
    set_plain_text(hg_gui_ops(), window->text, NULL, "Going over the packets…");
  window->retapping = TRUE;
  done = hg_gui_file_retap(&error);
  window->retapping = FALSE;
  if (window->closed) {
    g_clear_error(&error);
    window_free(window);
    return;
  }
  if (!done) {
    hg_gui_show_error(error);
    return;
  }
  hg_gui_file_init(&file);
  show_report(window, &file,
              hg_gui_file_partial(window->live, window->box->request->filter != NULL));
  hg_gui_file_clear(&file);
}

static void closed(void *data) {
  HgWindow *window = data;

  window->closed = TRUE;
  if (!window->retapping)
    window_free(window);
}

/* --- buttons --- */

static HgBool press_refresh(funnel_text_window_t *text, void *data) {
  (void)text;
  if (!((HgWindow *)data)->retapping)
    retap(data);
  return TRUE;
}

static HgBool press_export(funnel_text_window_t *text, void *data) {
  GError *error = NULL;

  (void)text;
  if (hg_gui_file_ready(&error))
    hg_dialog_export(((HgWindow *)data)->box);
  else
    hg_gui_show_error(error);
  return TRUE;
}

static HgBool press_filter(funnel_text_window_t *text, void *data) {
  HgWindow *window = data;
  GError *error = NULL;

  (void)text;
  if (!hg_gui_file_ready(&error))
    hg_gui_show_error(error);
  else if (window->filter == NULL)
    report_warning("There is no finding to show the packets of.");
  else
    plugin_if_apply_filter(window->filter, TRUE);
  return TRUE;
}

static void add_button(const funnel_ops_t *ops, HgWindow *window, const char *label,
                       funnel_bt_cb_t press) {
  funnel_bt_t *button = g_new0(funnel_bt_t, 1);

  button->tw = window->text;
  button->func = press;
  button->data = window;     /* freed by closed(), which comes first */
  button->free_fcn = g_free; /* called by Wireshark when the window closes */
  ops->add_button(window->text, button, label);
}

gboolean hg_window_open(HgRequest *request, GError **error) {
  const funnel_ops_t *ops = hg_gui_ops();
  HgWindow *window;
  HgGuiFile file;

  if (ops == NULL) {
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "There is no window to open.");
    hg_request_free(request);
    return FALSE;
  }
  window = g_new0(HgWindow, 1);
  window->box = hg_request_box_new(request);
  window->live = hg_live_new(&request->tally, request->filter, draw, window, error);
  if (window->live == NULL) {
    window_free(window);
    return FALSE;
  }
  window->text = ops->new_text_window(ops->ops_id, TITLE);
  ops->set_close_cb(window->text, closed, window);
  add_button(ops, window, "Filter Packets", press_filter);
  add_button(ops, window, "Export…", press_export);
  add_button(ops, window, "Refresh", press_refresh);

  hg_gui_file_init(&file);
  if (!file.open)
    show_closed(window);
  else if (file.frames > 0 && !file.busy)
    retap(window);
  hg_gui_file_clear(&file);
  return TRUE;
}
