/* private_folder.h - a folder for pages that the browser shows; it is removed when Wireshark ends
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PRIVATE_FOLDER_H
#define HG_WIRESHARK_PRIVATE_FOLDER_H

#include <glib.h>

/* A new path in the folder, which ends in `name`. Makes the folder when it is not there; only this user
 * can enter it. NULL and `error`: the folder cannot be made.
 * (transfer full) */
char *hg_private_folder_path(const char *name, GError **error);

/* Removes the folder and what is in it. */
void hg_private_folder_remove(void);

#endif
