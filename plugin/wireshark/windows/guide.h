/* guide.h - Help: the user's guide in the browser
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_GUIDE_H
#define HG_WIRESHARK_GUIDE_H

#include <glib.h>

/* The guide is installed in the folder "hostgraph" beside the plugin. FALSE and `error`: it is not
 * there, or there is no browser. */
gboolean hg_guide_show(GError **error);

#endif
