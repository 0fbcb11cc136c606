/* text_window.c - Wireshark's text windows, without its guess whether a text is HTML
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "text_window.h"

#include "accessibility.h"
#include "wireshark/gui.h"

funnel_text_window_t *hg_text_window_new(const char *title) {
  const funnel_ops_t *ops = hg_gui_ops();

  hg_accessibility_forget_closed();
  return ops->new_text_window(ops->ops_id, title);
}

/* Only the empty frame is HTML, so that lines are not wrapped and columns stay aligned. The text comes
 * from packets, so it must not be. */
void hg_text_window_set(funnel_text_window_t *window, const char *note, const char *text) {
  const funnel_ops_t *ops = hg_gui_ops();

  if (ops == NULL)
    return;
  ops->set_text(window, "<pre style=\"margin:0\">&nbsp;</pre>");
  if (note != NULL)
    ops->append_text(window, note);
  if (note != NULL || *text != '\n')
    ops->append_text(window, "\n");
  ops->append_text(window, text);
  ops->prepend_text(window, ""); /* scrolls to the top */
}

void hg_text_window_show(const char *title, const char *text) {
  if (hg_gui_ops() != NULL)
    hg_text_window_set(hg_text_window_new(title), NULL, text);
}

void hg_text_window_add_button(funnel_text_window_t *window, const char *label,
                               funnel_bt_cb_t press, void *data) {
  funnel_bt_t *button = g_new0(funnel_bt_t, 1);

  button->tw = window;
  button->func = press;
  button->data = data;
  button->free_fcn = g_free; /* called by Wireshark when the window closes */
  hg_gui_ops()->add_button(window, button, label);
}
