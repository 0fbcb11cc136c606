/* offered_path.h - the path that a dialog offers, and what a path that the user types means
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_OFFERED_PATH_H
#define HG_WIRESHARK_OFFERED_PATH_H

#include "wireshark/capture_file/open_file.h"

G_BEGIN_DECLS

/* All (transfer full). */

/* The folder last written to; before that the capture's folder, or home when the capture has not been
 * saved. */
char *hg_offered_folder(const HgOpenFile *file);

/* A file in that folder, named like the capture; `suffix` has its dot. */
char *hg_offered_path(const HgOpenFile *file, const char *suffix);

/* The absolute path of what the user typed. "~/x" is in the home folder, as in a shell; a name without
 * a folder is in the offered folder, as in a file chooser. "" stays empty. */
char *hg_offered_absolute(const char *entered);

G_END_DECLS
#endif
