/* browser.h - shows a page in the user's browser
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_BROWSER_H
#define HG_WIRESHARK_BROWSER_H

#include <glib.h>

/* Uses the browser in which Wireshark opens web pages. FALSE and `error`: no browser could be started;
 * the error names the page, so that the user can open it. */
gboolean hg_browser_show(const char *path, GError **error);

#endif
