/* dialog_memory.h - what the export dialog offers: remembered, else derived from the capture
 *
 * Remembered until Wireshark ends.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_DIALOG_MEMORY_H
#define HG_WIRESHARK_DIALOG_MEMORY_H

#include "export/request.h"
#include "gui_file.h"

G_BEGIN_DECLS

void hg_dialog_memory_store(const char *path, const char *suspects);
void hg_dialog_memory_forget(void);

/* The folder of the last export; at first the capture's, or home for one that was not saved.
 * (transfer full) */
char *hg_dialog_memory_folder(const HgGuiFile *file);

/* A target named like the capture, with the last suffix. A request's own export comes first.
 * (transfer full) */
char *hg_dialog_memory_path(const HgGuiFile *file, const HgRequest *request);

/* Separated by blanks. A request's own suspects come first. (transfer full) */
char *hg_dialog_memory_suspects(const HgRequest *request);

/* "File (.csv, .dot, ...)", from the table of formats. (transfer full) */
char *hg_dialog_memory_file_label(void);

G_END_DECLS
#endif
