/* gui.h - whether Wireshark has windows here, and the functions that it gives plugins for them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_GUI_H
#define HG_WIRESHARK_GUI_H

#include "compat.h"
#include <epan/funnel.h>

G_BEGIN_DECLS

/* Wireshark's functions for windows. NULL in tshark, and when Wireshark is about to end. */
const funnel_ops_t *hg_gui_ops(void);

/* Reports a failure as this program does: a message box, or a line on standard error. What it quotes
 * (names of files, what was typed) is cleaned as in reports. `before` goes before it. */
void hg_gui_report(const char *before, const GError *error);

/* The same for what is no failure. */
void hg_gui_note(const char *before, const char *note);

/* Shows the error in a message box. Takes it (transfer full). */
void hg_gui_show_error(GError *error);

G_END_DECLS
#endif
