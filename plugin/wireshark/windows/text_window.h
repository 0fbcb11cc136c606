/* text_window.h - Wireshark's windows with text, without its guesses at what the text is
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_TEXT_WINDOW_H
#define HG_WIRESHARK_TEXT_WINDOW_H

#include "wireshark/compat.h"
#include <epan/funnel.h>

G_BEGIN_DECLS

/* An empty one; there must be windows at all. It is Wireshark's, and gone when it is closed. */
funnel_text_window_t *hg_text_window_new(const char *title);

/* Replaces the window's text: a note above (may be NULL), then `text`, which is never parsed and
 * whose lines are not wrapped. */
void hg_text_window_set(funnel_text_window_t *window, const char *note, const char *text);

/* A window that needs no answer and follows nothing. */
void hg_text_window_show(const char *title, const char *text);

/* `press` is called with `data`, which stays the caller's. */
void hg_text_window_add_button(funnel_text_window_t *window, const char *label,
                               funnel_bt_cb_t press, void *data);

G_END_DECLS
#endif
