/* form.h - a small dialog: labelled lines to be filled in, OK and Cancel
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FORM_H
#define HG_WIRESHARK_FORM_H

#include "wireshark/compat.h"

G_BEGIN_DECLS

/* What was entered: as many texts as there are labels, without blanks around them. Borrowed.
 * TRUE: done. FALSE and `error`: it is shown in a message box. */
typedef gboolean (*HgFormAnswered)(char **entered, gpointer data, GError **error);

/* Opens it. `labels` and `values` (what is offered): NULL-terminated, as many of both. Only the
 * first line of a label could be taken for HTML; keep texts from packets below it. `data` is given
 * to `answered` after OK and freed with `free_data` when the dialog is gone, however it went. */
void hg_form_open(const char *title, const char *const *labels, const char *const *values,
                  HgFormAnswered answered, gpointer data, GDestroyNotify free_data);

G_END_DECLS
#endif
