/* list_file.c - reads allow and deny lists
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "list_file.h"

#include <errno.h>
#include <stdio.h>

/* Reads files and pipes. 0 or errno. */
static int read_all(const char *path, GString *text) {
  FILE *const stream = fopen(path, "rb");
  if (!stream)
    return errno;
  char bytes[65536];
  gsize length;
  errno = 0;
  while ((length = fread(bytes, 1, sizeof bytes, stream)) > 0)
    g_string_append_len(text, bytes, (gssize)length);
  const int problem = ferror(stream) ? errno : 0;
  fclose(stream);
  return problem;
}

gboolean hg_list_file_read(HgAllowDenyList *list, const char *path,
                           const struct HgRule *const *rules, GError **error) {
  g_autoptr(GString) text = g_string_new(NULL);
  const int problem = read_all(path, text);
  if (problem) {
    g_set_error_literal(error, G_FILE_ERROR, g_file_error_from_errno(problem), g_strerror(problem));
    return FALSE;
  }
  return hg_allow_deny_list_add(list, path, text->str, text->len, rules, error);
}
