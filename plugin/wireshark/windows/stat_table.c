/* stat_table.c - what a sortable table shows, and its rows in Wireshark's form
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stat_table.h"

#include "export/text/text.h"

struct HgStatRows {
  const HgStatColumn *columns;
  guint count;
  stat_tap_table *into;
  stat_tap_table_item_type *row; /* being filled in */
  guint column;
};

static const struct {
  stat_tap_table_item_enum item;
  tap_alignment_type align;
  const char *format;
} types[] = {
    [HG_STAT_TEXT] = {TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "%s"},
    [HG_STAT_COUNT] = {TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "%u"},
    [HG_STAT_BYTES] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "%.0f"},
    [HG_STAT_SCORE] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "%.1f"},
    [HG_STAT_NUMBER] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "%.6g"},
    [HG_STAT_SECONDS] = {TABLE_ITEM_FLOAT, TAP_ALIGN_RIGHT, "%.6f"},
};

stat_tap_table_item *hg_stat_columns_new(const HgStatColumn *columns, guint count) {
  stat_tap_table_item *items = g_new0(stat_tap_table_item, count);

  for (guint i = 0; i < count; i++)
    items[i] = (stat_tap_table_item){types[columns[i].type].item, types[columns[i].type].align,
                                     columns[i].title, types[columns[i].type].format};
  return items;
}

static void add_cell(HgStatRows *rows, stat_tap_table_item_type cell) {
  cell.type = types[rows->columns[rows->column].type].item;
  rows->row[rows->column++] = cell;
  if (rows->column == rows->count) {
    stat_tap_init_table_row(rows->into, rows->into->num_elements, rows->count, rows->row);
    rows->column = 0;
  }
}

void hg_stat_rows_text(HgStatRows *rows, const char *text) {
  GString *plain = g_string_new(NULL);

  hg_text_plain(plain, text != NULL ? text : "", -1);
  add_cell(rows,
           (stat_tap_table_item_type){.value = {.string_value = g_string_free(plain, FALSE)}});
}

void hg_stat_rows_count(HgStatRows *rows, guint64 count) {
  add_cell(rows, (stat_tap_table_item_type){.value = {.uint_value = (guint)MIN(count, G_MAXUINT)}});
}

void hg_stat_rows_number(HgStatRows *rows, double number) {
  add_cell(rows, (stat_tap_table_item_type){.value = {.float_value = number}});
}

void hg_stat_rows_time(HgStatRows *rows, const HgReport *report, gint64 time_ns) {
  hg_stat_rows_number(rows,
                      (double)hg_time_span(hg_tally_start(hg_report_tally(report)), time_ns) / 1e9);
}

/* Wireshark's cells hold integers up to 32 bits. A column of bytes holds fractions only when a number
 * is larger than that, because "12.0 bytes" looks odd. */
static void settle_bytes(stat_tap_table *table, guint column, stat_tap_table_item *title) {
  gboolean large = FALSE;

  for (guint i = 0; i < table->num_elements; i++)
    large |= table->elements[i][column].value.float_value > G_MAXUINT;
  title->type = large ? TABLE_ITEM_FLOAT : TABLE_ITEM_UINT;
  title->field_format = large ? "%.0f" : "%u";
  for (guint i = 0; i < table->num_elements && !large; i++) {
    stat_tap_table_item_type *cell = &table->elements[i][column];

    cell->type = TABLE_ITEM_UINT;
    cell->value.uint_value = (guint)cell->value.float_value;
  }
}

void hg_stat_table_fill(const HgStatTable *table, const HgReport *report, stat_tap_table *into,
                        stat_tap_table_item *titles) {
  HgStatRows rows = {.into = into};

  rows.columns = table->columns(&rows.count);
  rows.row = g_new0(stat_tap_table_item_type, rows.count);
  table->fill(report, &rows);
  for (guint i = 0; i < rows.count; i++) {
    if (rows.columns[i].type == HG_STAT_BYTES)
      settle_bytes(into, i, &titles[i]);
  }
  g_free(rows.row);
}

void hg_stat_cell_clear(stat_tap_table_item_type *cell) {
  if (cell->type == TABLE_ITEM_STRING)
    g_free((char *)cell->value.string_value);
  cell->value.string_value = NULL;
  cell->type = TABLE_ITEM_NONE;
}
