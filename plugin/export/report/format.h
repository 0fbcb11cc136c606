/* format.h - what an export format is
 *
 * A format is one file in formats/, which ends in one `const HgFormat hg_format_NAME`. The table
 * of all formats is generated from the files there (see formats/all_formats.h).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_FORMAT_H
#define HG_EXPORT_FORMAT_H

#include "export/files/output.h"
#include "export/report/report.h"
#include "tally/types/known_packets.h"

G_BEGIN_DECLS

typedef struct HgFormat {
  const char *name;            /* "graphml": also for format=NAME */
  const char *const *suffixes; /* without dot, NULL-terminated, the usual suffix first */
  const char *title;           /* "GraphML" */
  const char *what;            /* which program reads it, one clause */

  /* The suffixes that replace the target's suffix, NULL-terminated, one file each; NULL: one file,
   * the target itself. csv: "hosts.csv", "edges.csv". */
  const char *const *parts;

  gboolean draws_graph; /* nodes can be groups of hosts (group=) */
  gboolean as_tallied;  /* hosts are those that packets show, whatever layer= asks for */

  /* Writes to `outputs` (one for each part). Write errors are reported at commit. */
  void (*write)(const HgReport *report, HgOutput *const *outputs);

  /* Instead of `write`, if a library writes the one file by its path: fills the empty file `path`,
   * which is renamed to the target later. FALSE and `error`: the reason only. */
  gboolean (*save)(const HgReport *report, const char *path, GError **error);

  /* For formats that can be added to; else NULL. `load` reads the tally back (transfer full). */
  HgTally *(*load)(const char *path, GError **error);
  /* Tells beforehand whether that works and whether a tally with these options can be added, and which
   * packets the file has: see hg_store_load_known. (transfer full) */
  HgKnownPackets *(*load_known)(const char *path, const HgTallyOptions *options,
                                const guint64 hash_key[2], GError **error);
} HgFormat;

/* Where a suffix of this format begins in `path`, at its dot; NULL: `path` has none of them. */
const char *hg_format_suffix(const HgFormat *format, const char *path);

/* The files that writing `path` in this format makes: a new strv (transfer full). */
char **hg_format_targets(const HgFormat *format, const char *path);

/* Writes the report: all files or none. */
gboolean hg_format_save(const HgFormat *format, const HgReport *report, const char *path,
                        GError **error);

/* Whether `path`, one of the targets of a format, can be written as far as can be seen. Changes
 * nothing. */
gboolean hg_format_check_target(const HgFormat *format, const char *path, GError **error);

/* For tests and windows: the text of a format that has `write` and makes one file. (transfer full)
 */
char *hg_format_to_string(const HgFormat *format, const HgReport *report);

G_END_DECLS
#endif
