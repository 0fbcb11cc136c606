/* private_folder.h - a folder for pages that a browser is to show, gone when Wireshark ends
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PRIVATE_FOLDER_H
#define HG_WIRESHARK_PRIVATE_FOLDER_H

#include <glib.h>

/* A path in the folder that was not given out before; `name` is its end. The folder, which only
 * this user can enter, is made when it is not there. NULL and `error`: it cannot be made.
 * (transfer full) */
char *hg_private_folder_path(const char *name, GError **error);

/* Removes the folder and what is in it. */
void hg_private_folder_remove(void);

#endif
