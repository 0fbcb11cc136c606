/* json_text.c - writes JSON piece by piece into a buffer
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "json_text.h"

#include <string.h>

#include "tally/types/packet_time.h"
#include "text.h"

#define MAX_SAFE_INTEGER (G_GINT64_CONSTANT(1) << 53)

void hg_json_separate(GString *out) {
  if (out->len > 0 && !strchr("{[", out->str[out->len - 1]))
    g_string_append_c(out, ',');
}

void hg_json_key(GString *out, const char *name) {
  hg_json_separate(out);
  g_string_append_c(out, '"');
  g_string_append(out, name);
  g_string_append(out, "\":");
}

void hg_json_list(GString *out, const char *name) {
  hg_json_key(out, name);
  g_string_append_c(out, '[');
}

void hg_json_string(GString *out, const char *name, const char *value) {
  hg_json_key(out, name);
  hg_text_json(out, value ? value : "", -1);
}

void hg_json_integer(GString *out, const char *name, gint64 value) {
  hg_json_key(out, name);
  hg_text_integer(out, value);
  if (value <= MAX_SAFE_INTEGER)
    return;
  g_string_append_printf(out, ",\"%s_text\":\"", name);
  hg_text_integer(out, value);
  g_string_append_c(out, '"');
}

void hg_json_count(GString *out, const char *name, guint64 value) {
  hg_json_integer(out, name, (gint64)MIN(value, (guint64)G_MAXINT64));
}

void hg_json_double(GString *out, const char *name, double value) {
  hg_json_key(out, name);
  hg_text_double(out, value);
}

void hg_json_time(GString *out, const char *name, gint64 ns) {
  hg_json_key(out, name);
  if (hg_time_is_known(ns))
    hg_text_seconds(out, ns);
  else
    g_string_append(out, "null");
}

void hg_json_boolean(GString *out, const char *name, gboolean value) {
  hg_json_key(out, name);
  g_string_append(out, value ? "true" : "false");
}

void hg_json_strings(GString *out, const char *name, const char *const *values) {
  hg_json_list(out, name);
  for (; values && *values; values++) {
    hg_json_separate(out);
    hg_text_json(out, *values, -1);
  }
  g_string_append_c(out, ']');
}
