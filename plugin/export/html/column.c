/* column.c - writes lists of a JSON object piece by piece
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "column.h"

#include "export/text/json_text.h"
#include "export/text/text.h"

#define PIECE 65536
#define EXACT (G_GINT64_CONSTANT(1) << 53)

HgColumn hg_column_begin(HgOutput *output, const char *separator, const char *name) {
  HgColumn column = {output, g_string_new(separator)};
  g_string_append_printf(column.text, "\"%s\":[", name);
  return column;
}

GString *hg_column_next(HgColumn *column) {
  hg_json_separate(column->text);
  if (column->text->len >= PIECE) {
    hg_output_write(column->output, column->text->str, column->text->len);
    g_string_truncate(column->text, 0);
  }
  return column->text;
}

void hg_column_integer(HgColumn *column, gint64 value) {
  GString *out = hg_column_next(column);
  const gboolean exact = value <= EXACT && value >= -EXACT;
  g_string_append(out, exact ? "" : "\"");
  hg_text_integer(out, value);
  g_string_append(out, exact ? "" : "\"");
}

void hg_column_end(HgColumn *column) {
  g_string_append_c(column->text, ']');
  hg_output_write(column->output, column->text->str, column->text->len);
  g_string_free(column->text, TRUE);
}
