/* dialog_filter.c - asks which findings to show, and applies the display filter of their packets
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialog_filter.h"

#include "form.h"
#include "wireshark/capture_file/open_file.h"

#include <epan/plugin_if.h>
#include <wsutil/report_message.h>

/* As many lines as fit on a small screen. */
#define MOST_LINES 25

static gboolean answered(char **entered, gpointer data, GError **error) {
  char *filter = hg_finding_list_filter(data, entered[0], error);
  gboolean done = filter != NULL && hg_open_file_ready(error);

  if (done)
    plugin_if_apply_filter(filter, TRUE);
  g_free(filter);
  return done;
}

static void ask(const HgFindingList *list) {
  char *lines = hg_finding_list_text(list, MOST_LINES);
  char *label = g_strconcat("Show the packets of (numbers, or hosts):\n", lines, NULL);
  const char *labels[] = {label, NULL}, *values[] = {"1", NULL};

  hg_form_open("Filter Packets", labels, values, answered, hg_finding_list_copy(list),
               hg_finding_list_free);
  g_free(label);
  g_free(lines);
}

void hg_dialog_filter(const HgFindingList *list) {
  const guint count = list != NULL ? list->findings->len : 0;

  if (count == 0)
    report_warning("There is no finding to show the packets of.");
  else if (count == 1)
    plugin_if_apply_filter(((const HgListedFinding *)list->findings->pdata[0])->filter, TRUE);
  else
    ask(list);
}
