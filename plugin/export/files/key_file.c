/* key_file.c - the user's secret key for pseudonyms
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "key_file.h"

#include <errno.h>
#include <stdio.h>

/* Reads at most one byte more than a key may have, because a device has no end. `*problem`: an
 * errno, or 0. */
static gsize read_bytes(const char *path, guint8 *bytes, int *problem) {
  FILE *const stream = fopen(path, "rb");
  if (!stream) {
    *problem = errno;
    return 0;
  }
  errno = 0;
  const gsize length = fread(bytes, 1, HG_KEY_MAX + 1, stream);
  *problem = ferror(stream) ? errno : 0;
  fclose(stream);
  return length;
}

/* What is wrong with a key of this length; NULL: nothing. */
static const char *fault_of(gsize length, int problem) {
  if (problem != 0)
    return g_strerror(problem);
  if (length < HG_KEY_MIN)
    return "a key has at least 16 bytes; make one with: head -c 32 /dev/urandom > FILE";
  return length > HG_KEY_MAX ? "more than 1 MiB: no key" : NULL;
}

HgPseudonyms *hg_key_file_read(const char *path, GError **error) {
  guint8 *const bytes = g_malloc(HG_KEY_MAX + 1);
  int problem = 0;
  const gsize length = read_bytes(path, bytes, &problem);
  const char *const fault = fault_of(length, problem);
  HgPseudonyms *const pseudonyms = fault ? NULL : hg_pseudonyms_new(bytes, length);
  if (fault)
    g_set_error_literal(error, G_FILE_ERROR,
                        problem ? g_file_error_from_errno(problem) : G_FILE_ERROR_INVAL, fault);
  g_free(bytes);
  return pseudonyms;
}
