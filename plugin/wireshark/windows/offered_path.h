/* offered_path.h - where dialogs offer to write, and what a path that was typed means
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_OFFERED_PATH_H
#define HG_WIRESHARK_OFFERED_PATH_H

#include "wireshark/capture_file/open_file.h"

G_BEGIN_DECLS

/* All (transfer full). */

/* The folder last written to; at first the capture's, or home for one that was not saved. */
char *hg_offered_folder(const HgOpenFile *file);

/* A file in that folder, named like the capture; `suffix` has its dot. */
char *hg_offered_path(const HgOpenFile *file, const char *suffix);

/* "~/x", and names without a folder, as a shell and a file chooser would take them: the latter go
 * into the offered folder. "" stays empty. */
char *hg_offered_absolute(const char *entered);

G_END_DECLS
#endif
