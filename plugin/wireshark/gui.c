/* gui.c - the menu Statistics > Host Graph
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <epan/plugin_if.h>

#include "dialog.h"
#include "dialog_memory.h"
#include "gui.h"
#include "gui_file.h"
#include "preferences.h"
#include "window.h"

static void suspect_hosts(ext_menubar_gui_type type, gpointer window, gpointer data) {
  GError *error = NULL;
  HgRequest *request = NULL;

  (void)type, (void)window, (void)data;
  if (!hg_gui_file_ready(&error) || (request = hg_preferences_request(NULL, &error)) == NULL ||
      !hg_window_open(request, &error))
    hg_gui_show_error(error);
}

static void export_host_graph(ext_menubar_gui_type type, gpointer window, gpointer data) {
  GError *error = NULL;
  HgRequest *request = NULL;
  HgRequestBox *box;

  (void)type, (void)window, (void)data;
  if (!hg_gui_file_ready(&error) || (request = hg_preferences_request(NULL, &error)) == NULL) {
    hg_gui_show_error(error);
    return;
  }
  box = hg_request_box_new(request);
  hg_dialog_export(box);
  hg_request_box_unref(box);
}

void hg_gui_register(int proto) {
  ext_menu_t *menu = ext_menubar_register_menu(proto, "Host Graph", TRUE);

  ext_menubar_set_parentmenu(menu, "Statistics");
  ext_menubar_add_entry(menu, "Suspect Hosts", "Who acts suspiciously, and how to check it",
                        suspect_hosts, NULL);
  ext_menubar_add_entry(menu, "Export Host Graph…", "Write who talks to whom to a file",
                        export_host_graph, NULL);
  register_shutdown_routine(hg_dialog_memory_forget);
}

void hg_gui_open_report(HgRequest *request) {
  GError *error = NULL;

  if (!hg_window_open(request, &error))
    hg_gui_show_error(error);
}
