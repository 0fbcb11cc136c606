/* gui.c - whether Wireshark has windows here, and the functions that it gives plugins for them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "gui.h"

#include <wsutil/report_message.h>

#include "export/text/text.h"

const funnel_ops_t *hg_gui_ops(void) {
  const funnel_ops_t *ops = funnel_get_funnel_ops();

  return ops != NULL && ops->ops_id != NULL ? ops : NULL;
}

/* (transfer full) */
static char *cleaned(const char *before, const char *text) {
  GString *shown = g_string_new(before);

  hg_text_lines(shown, text, -1);
  return g_string_free(shown, FALSE);
}

void hg_gui_report(const char *before, const GError *error) {
  char *shown = cleaned(before, error->message);

  report_failure("%s", shown);
  g_free(shown);
}

void hg_gui_note(const char *before, const char *note) {
  char *shown = cleaned(before, note);

  report_warning("%s", shown);
  g_free(shown);
}

void hg_gui_show_error(GError *error) {
  hg_gui_report("", error);
  g_error_free(error);
}
