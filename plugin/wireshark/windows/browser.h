/* browser.h - shows a page in the user's browser
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_BROWSER_H
#define HG_WIRESHARK_BROWSER_H

#include <glib.h>

/* The browser that Wireshark opens web pages in. FALSE and `error`: there is none; it names the
 * page, to be opened by hand. */
gboolean hg_browser_show(const char *path, GError **error);

#endif
