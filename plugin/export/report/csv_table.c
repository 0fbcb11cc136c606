/* csv_table.c - items with attributes as a table of comma-separated values (RFC 4180)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "csv_table.h"

#include "export/text/text.h"

/* Gephi recognises node tables and edge tables by exactly these column names. */
static const char *column_name(const HgAttribute *attribute) {
  static const char *const gephi[] = {"Id", "Label", "Source", "Target", "Weight"};
  for (gsize i = 0; i < G_N_ELEMENTS(gephi); i++)
    if (g_ascii_strcasecmp(attribute->name, gephi[i]) == 0)
      return gephi[i];
  return attribute->name;
}

HgCsvTable hg_csv_table_begin(const HgReport *report, HgOutput *output,
                              const HgAttribute *attributes) {
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++)
    hg_output_printf(output, "%s%s", attribute == attributes ? "" : ",", column_name(attribute));
  hg_output_puts(output, hg_report_has_full_info(report) ? ",info_texts\n" : "\n");
  return (HgCsvTable){report, attributes, output, g_string_new(NULL), g_string_new(NULL)};
}

void hg_csv_table_row(HgCsvTable *table, gconstpointer item) {
  GString *line = table->line;
  g_string_truncate(line, 0);
  for (const HgAttribute *attribute = table->attributes; attribute->name; attribute++) {
    if (attribute != table->attributes)
      g_string_append_c(line, ',');
    hg_value_escape(table->report, attribute, item, hg_text_csv, table->text, line);
  }
  g_string_append(line, hg_report_has_full_info(table->report) ? ",full\n" : "\n");
  hg_output_write(table->output, line->str, line->len);
}

void hg_csv_table_end(HgCsvTable *table) {
  g_string_free(table->line, TRUE);
  g_string_free(table->text, TRUE);
}
