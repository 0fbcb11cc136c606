/* export_run.h - writes the files that the user asked for in a dialog
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_EXPORT_RUN_H
#define HG_WIRESHARK_EXPORT_RUN_H

#include "shared_request.h"

G_BEGIN_DECLS

typedef struct {
  HgSharedRequest *shared; /* rules, thresholds, layer and so on */
  const char *title;       /* of the window that names the files; static */
  const char *format;      /* NULL: by the suffix; static */
  char *path;
  char *suspects; /* addresses separated by blanks or commas */
  char *filter;   /* display filter; "": all packets */
  gboolean append;
} HgExportEntries;

/* Entries that are all empty; keeps a reference to the request. (transfer full) */
HgExportEntries *hg_export_entries_new(HgSharedRequest *shared);
HgExportEntries *hg_export_entries_copy(const HgExportEntries *from);
void hg_export_entries_free(gpointer entries);

/* Checks the entries, goes over the packets, writes, and opens a window that names the files. Writes
 * nothing when the user stops the pass. FALSE and `error`: not all files were written, or none. */
gboolean hg_export_run(const HgExportEntries *entries, GError **error);

G_END_DECLS
#endif
