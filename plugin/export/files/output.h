/* output.h - files that appear whole or not at all
 *
 * The files of a set are written beside their targets under temporary names and renamed at commit.
 * Until then old files stay as they are; after an error, or if the set is freed without commit,
 * nothing is left behind. A target that is no regular file (a pipe, /dev/stdout) is written to
 * directly.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_OUTPUT_H
#define HG_EXPORT_OUTPUT_H

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/* One stream. Writing after an error does nothing; the error is reported at close. */
typedef struct HgOutput HgOutput;

/* Writes to a stream that the caller keeps (standard output). */
HgOutput *hg_output_new_stream(FILE *stream, const char *name);
/* Writes to memory, until hg_output_take_string. */
HgOutput *hg_output_new_string(void);
char *hg_output_take_string(HgOutput *output);

void hg_output_write(HgOutput *output, const char *bytes, gsize length);
void hg_output_puts(HgOutput *output, const char *text);
void hg_output_printf(HgOutput *output, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Flushes and frees the output, but not a caller's stream. FALSE and `error` (G_FILE_ERROR, names
 * the target and the reason): any write since it was opened failed. */
gboolean hg_output_close(HgOutput *output, GError **error);

/* A set of files that are committed together. */
typedef struct HgFileSet HgFileSet;

HgFileSet *hg_file_set_new(void);
/* Frees the set and removes files that were not committed. */
void hg_file_set_free(HgFileSet *set);

/* Opens a file of the set; the set owns it, commit closes it. NULL and `error`: it cannot be
 * created. */
HgOutput *hg_file_set_open(HgFileSet *set, const char *path, GError **error);

/* A path beside `path`, on the same file system, that a library (SQLite) may create and fill; it is
 * renamed to `path` at commit. Borrowed; NULL and `error` as above. */
const char *hg_file_set_reserve(HgFileSet *set, const char *path, GError **error);

/* Flushes, syncs and renames all files. On an error every old file stays and no new one remains. */
gboolean hg_file_set_commit(HgFileSet *set, GError **error);

/* Whether hg_file_set_open can succeed: the folder exists and is writable, and the target is no
 * folder. Changes nothing. */
gboolean hg_output_check(const char *path, GError **error);
/* The same for hg_file_set_reserve: the target must be no pipe or device, too. */
gboolean hg_output_check_regular(const char *path, GError **error);

G_END_DECLS
#endif
