/* menu.c - the menu Statistics > Host Graph
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <epan/plugin_if.h>

#include "dialog_baseline.h"
#include "dialog_export.h"
#include "dialog_trace.h"
#include "guide.h"
#include "host_map.h"
#include "menu.h"
#include "private_folder.h"
#include "remembered.h"
#include "report_window.h"
#include "shared_request.h"
#include "stat_table_list.h"
#include "stat_window.h"
#include "wireshark/capture_file/open_file.h"
#include "wireshark/capture_file/pass.h"
#include "wireshark/gui.h"
#include "wireshark/preferences.h"

/* What an entry does with the open file, given the request that the preferences make. */
typedef gboolean (*Action)(HgSharedRequest *shared, GError **error);

static gboolean suspect_hosts(HgSharedRequest *shared, GError **error) {
  HgRequest *request = g_steal_pointer(&shared->request);

  return hg_report_window_open(request, error);
}

static gboolean host_map(HgSharedRequest *shared, GError **error) {
  HgLive *live = hg_pass_run(shared->request, "shown", error);
  gboolean shown =
      live != NULL && hg_host_map_show(shared->request, hg_live_tally(live), FALSE, error);

  hg_live_free(live);
  return shown;
}

static gboolean export_host_graph(HgSharedRequest *shared, GError **error) {
  (void)error;
  hg_dialog_export(shared, NULL);
  return TRUE;
}

static gboolean trace_host(HgSharedRequest *shared, GError **error) {
  (void)error;
  hg_dialog_trace(shared, NULL, NULL);
  return TRUE;
}

static gboolean compare_with_baseline(HgSharedRequest *shared, GError **error) {
  (void)shared, (void)error;
  hg_dialog_baseline_compare();
  return TRUE;
}

static gboolean save_as_baseline(HgSharedRequest *shared, GError **error) {
  (void)error;
  hg_dialog_baseline_save(shared);
  return TRUE;
}

static const struct {
  const char *label, *what;
  Action action;
} entries[] = {
    {"Suspect Hosts", "Who acts suspiciously, and how to check it", suspect_hosts},
    {"Host Map", "Who talks to whom, in the browser", host_map},
    {NULL, NULL, NULL}, /* a line, and the tables */
    {"Export Host Graph…", "Write who talks to whom to a file", export_host_graph},
    {"Trace Host…", "What a host could have reached, and what could have reached it", trace_host},
    {"Compare with Baseline…", "What is new against known-normal traffic", compare_with_baseline},
    {"Save as Baseline…", "Keep this capture as known-normal traffic", save_as_baseline},
};

static void choose(ext_menubar_gui_type type, gpointer window, gpointer data) {
  const Action action = entries[GPOINTER_TO_UINT(data)].action;
  GError *error = NULL;
  HgRequest *request = NULL;
  gboolean done = FALSE;

  (void)type, (void)window;
  if (hg_open_file_ready(&error) && (request = hg_preferences_request(NULL, &error)) != NULL) {
    HgSharedRequest *shared = hg_shared_request_new(request);

    done = action(shared, &error);
    hg_shared_request_unref(shared);
  }
  if (!done)
    hg_gui_show_error(error);
}

static void choose_table(ext_menubar_gui_type type, gpointer window, gpointer data) {
  GError *error = NULL;

  (void)type, (void)window;
  if (!hg_open_file_ready(&error) || !hg_stat_window_open(GPOINTER_TO_UINT(data), &error))
    hg_gui_show_error(error);
}

static void choose_help(ext_menubar_gui_type type, gpointer window, gpointer data) {
  GError *error = NULL;

  (void)type, (void)window, (void)data;
  if (!hg_guide_show(&error))
    hg_gui_show_error(error);
}

static void add_tables(ext_menu_t *menu) {
  ext_menubar_add_separator(menu);
  for (guint i = 0; hg_stat_tables[i] != NULL; i++)
    ext_menubar_add_entry(menu, hg_stat_tables[i]->title, hg_stat_tables[i]->what, choose_table,
                          GUINT_TO_POINTER(i));
  ext_menubar_add_separator(menu);
}

void hg_menu_register(int proto) {
  ext_menu_t *menu = ext_menubar_register_menu(proto, "Host Graph", TRUE);

  ext_menubar_set_parentmenu(menu, "Statistics");
  for (guint i = 0; i < G_N_ELEMENTS(entries); i++) {
    if (entries[i].label == NULL)
      add_tables(menu);
    else
      ext_menubar_add_entry(menu, entries[i].label, entries[i].what, choose, GUINT_TO_POINTER(i));
  }
  ext_menubar_add_separator(menu);
  ext_menubar_add_entry(menu, "Help", "The guide to all of this, in the browser", choose_help,
                        NULL);
  hg_stat_window_register();
  register_shutdown_routine(hg_stat_window_shutdown);
  register_shutdown_routine(hg_remembered_forget);
  register_shutdown_routine(hg_private_folder_remove);
}
