/* format.c - writes a report in a format: all files that it makes, or none
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "format.h"

#include <string.h>

const char *hg_format_suffix(const HgFormat *format, const char *path) {
  const gsize length = strlen(path);
  for (const char *const *suffix = format->suffixes; *suffix; suffix++) {
    const gsize own = strlen(*suffix) + 1; /* with its dot */
    const char *dot = path + length - own;
    if (own <= length && *dot == '.' && g_ascii_strcasecmp(dot + 1, *suffix) == 0)
      return dot;
  }
  return NULL;
}

char **hg_format_targets(const HgFormat *format, const char *path) {
  GPtrArray *targets = g_ptr_array_new();
  if (!format->parts) {
    g_ptr_array_add(targets, g_strdup(path));
  } else {
    const char *suffix = hg_format_suffix(format, path);
    const gsize stem = suffix ? (gsize)(suffix - path) : strlen(path);
    for (const char *const *part = format->parts; *part; part++)
      g_ptr_array_add(targets, g_strdup_printf("%.*s.%s", (int)stem, path, *part));
  }
  g_ptr_array_add(targets, NULL);
  return (char **)g_ptr_array_free(targets, FALSE);
}

/* For formats that a library writes: it takes only a path. */
static gboolean save_by_path(const HgFormat *format, const HgReport *report, const char *path,
                             GError **error) {
  HgFileSet *files = hg_file_set_new();
  const char *reserved = hg_file_set_reserve(files, path, error);
  gboolean ok = reserved != NULL;
  if (ok && !format->save(report, reserved, error)) {
    g_autofree char *shown = g_filename_display_name(path);
    g_prefix_error(error, "cannot write %s: ", shown);
    ok = FALSE;
  }
  ok = ok && hg_file_set_commit(files, error);
  hg_file_set_free(files);
  return ok;
}

gboolean hg_format_check_target(const HgFormat *format, const char *path, GError **error) {
  return format->save ? hg_output_check_regular(path, error) : hg_output_check(path, error);
}

gboolean hg_format_save(const HgFormat *format, const HgReport *report, const char *path,
                        GError **error) {
  if (format->save)
    return save_by_path(format, report, path, error);
  char **targets = hg_format_targets(format, path);
  HgFileSet *files = hg_file_set_new();
  GPtrArray *outputs = g_ptr_array_new();
  gboolean ok = TRUE;

  for (char **target = targets; ok && *target; target++) {
    HgOutput *output = hg_file_set_open(files, *target, error);
    ok = output != NULL;
    g_ptr_array_add(outputs, output);
  }
  if (ok) {
    format->write(report, (HgOutput *const *)outputs->pdata);
    ok = hg_file_set_commit(files, error);
  }
  g_ptr_array_free(outputs, TRUE);
  hg_file_set_free(files);
  g_strfreev(targets);
  return ok;
}

char *hg_format_to_string(const HgFormat *format, const HgReport *report) {
  g_return_val_if_fail(!format->parts && format->write, NULL);
  HgOutput *output = hg_output_new_string();
  format->write(report, &output);
  return hg_output_take_string(output);
}
