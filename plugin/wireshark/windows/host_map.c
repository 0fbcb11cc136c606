/* host_map.c - the host map in the user's browser
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "host_map.h"

#include "browser.h"
#include "export/request/request_report.h"
#include "private_folder.h"
#include "wireshark/capture_file/open_file.h"

gboolean hg_host_map_show(const HgRequest *request, const HgTally *tally, gboolean partial,
                          GError **error) {
  const HgFormat *html = hg_format_find("html");
  char *path = hg_private_folder_path("host-map.html", error), *capture;
  HgRequestReport *made;
  gboolean done;

  if (path == NULL)
    return FALSE;
  capture = hg_open_file_name();
  made = hg_request_report_new(request, tally, capture, partial);
  done = hg_format_save(html, hg_request_report_for(made, html), path, error) &&
         hg_browser_show(path, error);
  hg_request_report_free(made);
  g_free(capture);
  g_free(path);
  return done;
}
