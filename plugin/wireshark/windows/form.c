/* form.c - a small dialog: labelled text fields, OK and Cancel
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "form.h"

#include "accessibility.h"
#include "wireshark/gui.h"

typedef struct {
  HgFormAnswered answered;
  gpointer data;
  GDestroyNotify free_data;
  gboolean answering; /* `data` is in use */
  gboolean gone;      /* the dialog closed meanwhile: answered() frees the form */
} Form;

static void form_free(Form *form) {
  form->free_data(form->data);
  g_free(form);
}

/* Windows stay alive during a pass over the packets, so the user may end Wireshark, and the dialog
 * with it, before answered() returns. */
static void gone(void *data) {
  Form *form = data;

  form->gone = TRUE;
  if (!form->answering)
    form_free(form);
}

static void answered(gchar **entered, void *data) {
  Form *form = data;
  GError *error = NULL;

  for (guint i = 0; entered[i] != NULL; i++)
    g_strstrip(entered[i]);
  form->answering = TRUE;
  if (!form->answered(entered, form->data, &error))
    hg_gui_show_error(error);
  form->answering = FALSE;
  g_strfreev(entered);
  if (form->gone)
    form_free(form);
}

void hg_form_open(const char *title, const char *const *labels, const char *const *values,
                  HgFormAnswered answered_callback, gpointer data, GDestroyNotify free_data) {
  const funnel_ops_t *ops = hg_gui_ops();
  Form *form = g_new0(Form, 1);

  form->answered = answered_callback;
  form->data = data;
  form->free_data = free_data;
  hg_accessibility_forget_closed();
  ops->new_dialog(ops->ops_id, title, (const gchar **)labels, (const gchar **)values, answered,
                  form, gone);
}
