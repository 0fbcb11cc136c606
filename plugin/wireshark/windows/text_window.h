/* text_window.h - Wireshark's text windows, without its guess whether a text is HTML
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_TEXT_WINDOW_H
#define HG_WIRESHARK_TEXT_WINDOW_H

#include "wireshark/compat.h"
#include <epan/funnel.h>

G_BEGIN_DECLS

/* Opens an empty window; hg_gui_ops() must not be NULL. Wireshark owns the window and frees it when the
 * user closes it. */
funnel_text_window_t *hg_text_window_new(const char *title);

/* Replaces the window's text by a note (may be NULL) and, below it, `text`. Wireshark neither takes
 * `text` for HTML nor wraps its lines. */
void hg_text_window_set(funnel_text_window_t *window, const char *note, const char *text);

/* Opens a window with a text that does not change. */
void hg_text_window_show(const char *title, const char *text);

/* The button calls `press` with `data`, which the caller keeps. */
void hg_text_window_add_button(funnel_text_window_t *window, const char *label,
                               funnel_bt_cb_t press, void *data);

G_END_DECLS
#endif
