/* report_window.c - the report in a window
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report_window.h"

#include <wsutil/report_message.h>

#include "dialog_export.h"
#include "dialog_filter.h"
#include "dialog_trace.h"
#include "host_map.h"
#include "report_content.h"
#include "shared_request.h"
#include "text_window.h"
#include "wireshark/capture_file/open_file.h"
#include "wireshark/gui.h"
#include "wireshark/marks/mark_colour.h"
#include "wireshark/marks/marks.h"
#include "wireshark/tap/live.h"

/* Wireshark remembers size and place of a window by its title, so the title is always the same; the
 * report itself names the capture. */
#define TITLE "Suspect Hosts"

/* Wireshark does not always draw again after the last packet, so this text must still be true then. */
#define NOTE_READING "Drawn while packets came in. Refresh goes over all of them."

/* Wireshark's timer redraws a running capture. A redraw is skipped until this many times the duration
 * of the last analysis have passed. */
#define DRAW_PAUSE 4

typedef struct {
  funnel_text_window_t *text; /* Wireshark's; not valid after closed() */
  HgLive *live;
  HgSharedRequest *shared;
  char *filter;               /* display filter of its packets; NULL: all */
  HgReportContent *report;    /* as shown, without notes; NULL: none yet */
  gboolean partial;           /* the last pass was stopped */
  gint64 drawn_at, draw_took; /* us */
  gboolean busy;              /* a pass that this window asked for is running */
  gboolean closed;            /* the user closed it during the pass, whose end frees it */
} HgReportWindow;

static void window_free(HgReportWindow *window) {
  hg_live_free(window->live);
  hg_shared_request_unref(window->shared);
  g_free(window->filter);
  hg_report_content_free(window->report);
  g_free(window);
}

/* The request with which the window was opened, with the display filter of now. Borrows from both. */
static HgRequest request_now(const HgReportWindow *window) {
  HgRequest request = *window->shared->request;

  request.filter = window->filter;
  request.report.filter = window->filter;
  return request;
}

/* Analyses the packets seen so far and shows the report. */
static void show_report(HgReportWindow *window, const HgOpenFile *file, gboolean partial) {
  const HgRequest request = request_now(window);
  gint64 start = g_get_monotonic_time();

  hg_report_content_free(window->report);
  window->report =
      hg_report_content_new(&request, hg_live_tally(window->live), file->path, partial);
  window->partial = partial;
  hg_text_window_set(window->text, file->reading ? NOTE_READING : NULL, window->report->text);
  window->drawn_at = g_get_monotonic_time();
  window->draw_took = window->drawn_at - start;
}

/* No file is open: the report of the last one stays readable. */
static void show_closed(HgReportWindow *window) {
  if (window->report != NULL)
    hg_text_window_set(window->text, "The capture file was closed; this is what it held.",
                       window->report->text);
  else
    hg_text_window_set(window->text, "No capture file is open. The report follows when one is.",
                       "");
}

static void draw(HgLive *live, gpointer data) {
  HgReportWindow *window = data;
  HgOpenFile file;

  (void)live;
  if (window->busy || window->closed || hg_gui_ops() == NULL)
    return;
  hg_open_file_init(&file);
  if (!file.open)
    show_closed(window);
  else if (!file.reading ||
           g_get_monotonic_time() - window->drawn_at >= DRAW_PAUSE * window->draw_took)
    show_report(window, &file, FALSE);
  hg_open_file_clear(&file);
}

/* --- passes over the packets; the user may close the window meanwhile --- */

static void begin(HgReportWindow *window) {
  window->busy = TRUE;
}

/* FALSE: the window was closed and is freed now. */
static gboolean end(HgReportWindow *window) {
  const gboolean gone = window->closed;

  window->busy = FALSE;
  if (gone)
    window_free(window);
  return !gone;
}

static void retap(HgReportWindow *window) {
  GError *error = NULL;
  gboolean done;
  HgOpenFile file;

  if (window->report == NULL)
    hg_text_window_set(window->text, NULL, "Going over the packets…");
  begin(window);
  done = hg_open_file_retap(&error);
  if (window->closed)
    g_clear_error(&error);
  if (!end(window))
    return;
  if (!done) {
    hg_gui_show_error(error);
    return;
  }
  hg_open_file_init(&file);
  show_report(window, &file, hg_open_file_partial(window->live, window->filter != NULL));
  hg_open_file_clear(&file);
}

static void closed(void *data) {
  HgReportWindow *window = data;

  window->closed = TRUE;
  if (!window->busy)
    window_free(window);
}

/* --- buttons: each acts on a window that is not in a pass, or says why it cannot --- */

static gboolean ready(const HgReportWindow *window, GError **error) {
  if (window->busy) {
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_AGAIN,
                        "This window is still going over the packets.\n\nTry again when it is "
                        "done.");
    return FALSE;
  }
  return hg_open_file_ready(error);
}

static void act(HgReportWindow *window,
                gboolean (*action)(HgReportWindow *window, GError **error)) {
  GError *error = NULL;

  if (!ready(window, &error) || !action(window, &error))
    hg_gui_show_error(error);
}

static gboolean filter_packets(HgReportWindow *window, GError **error) {
  (void)error;
  hg_dialog_filter(window->report != NULL ? window->report->findings : NULL);
  return TRUE;
}

static gboolean mark_packets(HgReportWindow *window, GError **error) {
  const HgRequest request = request_now(window);
  HgAnnotations *marks;

  if (request.pseudonyms != NULL) {
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                        "A report with pseudonyms marks no packets.");
    return FALSE;
  }
  marks = hg_report_content_marks(&request, hg_live_tally(window->live));
  hg_mark_colour();
  hg_marks_show(marks, request.tally.layer); /* dissects again soon, which draws this window */
  return TRUE;
}

static gboolean open_map(HgReportWindow *window, GError **error) {
  const HgRequest request = request_now(window);

  return hg_host_map_show(&request, hg_live_tally(window->live), window->partial, error);
}

static gboolean trace(HgReportWindow *window, GError **error) {
  (void)error;
  hg_dialog_trace(window->shared, window->filter,
                  window->report != NULL ? window->report->suspect : NULL);
  return TRUE;
}

static gboolean export(HgReportWindow *window, GError **error) {
  (void)error;
  hg_dialog_export(window->shared, window->filter);
  return TRUE;
}

/* Limits the report to the display filter in force; without one, shows all packets again. */
static gboolean limit(HgReportWindow *window, GError **error) {
  HgOpenFile file;
  HgLive *live;

  hg_open_file_init(&file);
  live = hg_live_new(&window->shared->request->tally, file.filter, draw, window, error);
  if (live != NULL) {
    hg_live_free(window->live);
    g_free(window->filter);
    window->live = live;
    window->filter = g_strdup(file.filter);
    retap(window); /* may free the window */
  }
  hg_open_file_clear(&file);
  return live != NULL;
}

static gboolean refresh(HgReportWindow *window, GError **error) {
  (void)error;
  retap(window);
  return TRUE;
}

#define BUTTON(action)                                                                             \
  static HgBool press_##action(funnel_text_window_t *text, void *data) {                           \
    (void)text;                                                                                    \
    act(data, action);                                                                             \
    return TRUE;                                                                                   \
  }
BUTTON(filter_packets)
BUTTON(mark_packets)
BUTTON(open_map)
BUTTON(trace)
BUTTON(export)
BUTTON(limit)
BUTTON(refresh)

static const struct {
  const char *label;
  funnel_bt_cb_t press;
} buttons[] = {
    {"Filter Packets…", press_filter_packets},
    {"Mark Packets", press_mark_packets},
    {"Open Map", press_open_map},
    {"Trace…", press_trace},
    {"Export…", press_export},
    {"Limit to Display Filter", press_limit},
    {"Refresh", press_refresh},
};

gboolean hg_report_window_open(HgRequest *request, GError **error) {
  const funnel_ops_t *ops = hg_gui_ops();
  HgReportWindow *window;
  HgOpenFile file;

  if (ops == NULL) {
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "There is no window to open.");
    hg_request_free(request);
    return FALSE;
  }
  window = g_new0(HgReportWindow, 1);
  window->shared = hg_shared_request_new(request);
  window->filter = g_strdup(request->filter);
  window->live = hg_live_new(&request->tally, request->filter, draw, window, error);
  if (window->live == NULL) {
    window_free(window);
    return FALSE;
  }
  window->text = hg_text_window_new(TITLE);
  ops->set_close_cb(window->text, closed, window);
  for (guint i = 0; i < G_N_ELEMENTS(buttons); i++) /* closed() comes before they are freed */
    hg_text_window_add_button(window->text, buttons[i].label, buttons[i].press, window);

  hg_open_file_init(&file);
  if (!file.open)
    show_closed(window);
  else if (file.frames > 0 && !file.busy)
    retap(window);
  hg_open_file_clear(&file);
  return TRUE;
}
