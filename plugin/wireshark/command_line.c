/* command_line.c - the option -z hostgraph
 *
 * tshark checks the request before the first packet, and runs it when it draws its taps. In Wireshark
 * the same argument opens the report window.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command_line.h"
#include "export/request/request.h"
#include "gui.h"
#include "preferences.h"
#include "process.h"
#include "progress.h"
#include "wireshark/tap/live.h"
#include "wireshark/windows/report_window.h"

#define NAME "hostgraph"

typedef struct {
  HgRequest *request;
  HgLive *live;
  HgProgress *progress; /* NULL: none wanted */
} HgRun;

/* One HgRun for each -z argument. */
static GSList *runs;

static void run_free(gpointer data) {
  HgRun *run = data;
  hg_live_free(run->live);
  hg_progress_free(run->progress);
  hg_request_free(run->request);
  g_free(run);
}

void hg_command_line_shutdown(void) {
  g_slist_free_full(runs, run_free);
  runs = NULL;
}

static gboolean in_wireshark(void) {
  return hg_gui_ops() != NULL;
}

/* tshark draws once, after the last packet. */
static void draw(HgLive *live, gpointer data) {
  HgRun *run = data;
  GError *error = NULL;
  GPtrArray *notes = g_ptr_array_new_with_free_func(g_free);
  char *capture = hg_process_capture();
  hg_progress_done(run->progress);
  if (!hg_request_run(run->request, hg_live_tally(live), capture, stdout, notes, &error)) {
    fflush(stdout);
    hg_gui_report(NAME ": ", error);
    g_clear_error(&error);
    hg_process_fail();
  }
  for (guint i = 0; i < notes->len; i++)
    hg_gui_note(NAME ": ", g_ptr_array_index(notes, i));
  g_ptr_array_unref(notes);
  g_free(capture);
}

/* Prints one line and ends tshark; in Wireshark shows it and goes on. */
static void refuse(const GError *error) {
  hg_gui_report(NAME ": ", error);
  if (!in_wireshark())
    exit(EXIT_FAILURE);
}

static void start(HgRequest *request) {
  HgRun *run = g_new0(HgRun, 1);
  GError *error = NULL;
  run->request = request;
  run->live = hg_live_new(&request->tally, request->filter, draw, run, &error);
  if (run->live == NULL) {
    g_prefix_error(&error, "filter=");
    refuse(error);
    g_error_free(error);
    run_free(run);
    return;
  }
  if (request->progress == 1 || (request->progress < 0 && isatty(STDERR_FILENO)))
    run->progress = hg_progress_new();
  runs = g_slist_prepend(runs, run);
}

/* The window opens before the file is read, or with no file. */
static void open_window(HgRequest *request) {
  GError *error = NULL;
  if (!hg_report_window_open(request, &error))
    hg_gui_show_error(error);
}

static void print(const char *text) {
  fputs(text, stdout);
  if (fflush(stdout) != 0)
    exit(EXIT_FAILURE);
}

/* `argument` is everything after -z. */
static HG_STAT_INIT init(const char *argument, void *data) {
  const char *options = argument + strlen(NAME);
  GError *error = NULL;
  HgRequest *request = NULL;
  (void)data;
  if (*options == ',' || *options == '\0')
    request = hg_preferences_request(*options == ',' ? options + 1 : options, &error);
  else /* Wireshark compares only as many characters as our name has */
    g_set_error(&error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                "unknown statistic \"%s\"; after \"" NAME "\" comes a comma or the end", argument);
  if (request == NULL) {
    refuse(error);
    g_error_free(error);
  } else if (request->answer != NULL && !in_wireshark()) {
    print(request->answer->str);
    exit(EXIT_SUCCESS);
  } else if (in_wireshark()) {
    open_window(request);
  } else {
    start(request);
  }
  HG_STAT_INIT_DONE;
}

void hg_command_line_register(void) {
  static stat_tap_ui ui = {REGISTER_STAT_GROUP_GENERIC, NULL, NAME, init, 0, NULL};
  register_stat_tap_ui(&ui, NULL);
}
