/* form.h - a small dialog: labelled text fields, OK and Cancel
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_FORM_H
#define HG_WIRESHARK_FORM_H

#include "wireshark/compat.h"

G_BEGIN_DECLS

/* Gets what the user entered: as many texts as there are labels, without blanks around them
 * (borrowed). FALSE and `error`: the form shows the error in a message box. */
typedef gboolean (*HgFormAnswered)(char **entered, gpointer data, GError **error);

/* Opens the dialog. `labels` and `values` (what the fields hold at first) are NULL-terminated and as
 * many. Qt may take a label for HTML by its first line, so text from packets belongs below that.
 * `answered` gets `data` after OK; `free_data` frees it when the dialog is gone, after OK or Cancel. */
void hg_form_open(const char *title, const char *const *labels, const char *const *values,
                  HgFormAnswered answered, gpointer data, GDestroyNotify free_data);

G_END_DECLS
#endif
