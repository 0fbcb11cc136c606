/* export_run.h - carries out what was entered in a dialog that writes files
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_EXPORT_RUN_H
#define HG_WIRESHARK_EXPORT_RUN_H

#include "shared_request.h"

G_BEGIN_DECLS

typedef struct {
  HgSharedRequest *shared; /* what is asked for besides: rules, thresholds, layer, ... */
  const char *title;       /* of the window that names the files; static */
  const char *format;      /* NULL: by the suffix; static */
  char *path;
  char *suspects; /* addresses separated by blanks or commas */
  char *filter;   /* display filter; "": all packets */
  gboolean append;
} HgExportEntries;

/* All zero; takes a reference. (transfer full) */
HgExportEntries *hg_export_entries_new(HgSharedRequest *shared);
HgExportEntries *hg_export_entries_copy(const HgExportEntries *from);
void hg_export_entries_free(gpointer entries);

/* Checks everything first, goes over the packets, writes, and opens a window that names the files.
 * When the user stops the pass nothing is written. FALSE and `error`: nothing was written, or not
 * all. */
gboolean hg_export_run(const HgExportEntries *entries, GError **error);

G_END_DECLS
#endif
