/* stat_window.h - sortable tables in windows of Wireshark's own, which filter, copy and save
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_STAT_WINDOW_H
#define HG_WIRESHARK_STAT_WINDOW_H

#include <glib.h>

G_BEGIN_DECLS

/* Tells Wireshark of all tables. Does nothing without windows. */
void hg_stat_window_register(void);
void hg_stat_window_shutdown(void);

/* Opens a window with the i-th table. FALSE and `error`: Wireshark does not know the table, or the
 * preferences are wrong. */
gboolean hg_stat_window_open(guint i, GError **error);

G_END_DECLS
#endif
