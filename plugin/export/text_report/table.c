/* table.c - a table for people, fitted into a line's columns
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "table.h"

#include "columns.h"

#include <string.h>

/* Blanks between columns. */
#define GAP 2
/* Texts are not cut below this, nor is a cell kept that is wider than a line. */
#define TEXT_MIN 10
/* Names and the like: more is rarely worth the room. */
#define TEXT_MAX 32

typedef struct {
  char *text;
  gboolean wrap;
} Note;

struct HgTable {
  const HgColumn *columns;
  guint count; /* columns */
  guint keys;  /* leading columns up to and with the last key */
  guint indent;
  GPtrArray *cells;  /* char *, row by row */
  GHashTable *notes; /* row number -> Note */
};

static void note_free(gpointer data) {
  Note *const note = data;
  g_free(note->text);
  g_free(note);
}

HgTable *hg_table_new(const HgColumn *columns, guint indent) {
  HgTable *const table = g_new0(HgTable, 1);
  table->columns = columns;
  table->indent = indent;
  for (; columns[table->count].title; table->count++) {
    if (columns[table->count].kind == HG_COLUMN_KEY)
      table->keys = table->count + 1;
  }
  table->cells = g_ptr_array_new_with_free_func(g_free);
  table->notes = g_hash_table_new_full(NULL, NULL, NULL, note_free);
  return table;
}

void hg_table_free(HgTable *table) {
  if (!table)
    return;
  g_ptr_array_unref(table->cells);
  g_hash_table_unref(table->notes);
  g_free(table);
}

void hg_table_add(HgTable *table, const char *text) {
  GString *const cell = g_string_new(NULL);
  hg_columns_cut(cell, text, HG_COLUMNS_LINE);
  g_ptr_array_add(table->cells, g_string_free(cell, FALSE));
}

void hg_table_add_number(HgTable *table, guint64 number) {
  g_ptr_array_add(table->cells, g_strdup_printf("%" G_GUINT64_FORMAT, number));
}

void hg_table_note(HgTable *table, const char *text, gboolean wrap) {
  Note *const note = g_new0(Note, 1);
  note->text = g_strdup(text);
  note->wrap = wrap;
  g_hash_table_insert(table->notes, GUINT_TO_POINTER(table->cells->len / table->count - 1), note);
}

/* --- widths --- */

static const char *cell(const HgTable *table, guint row, guint column) {
  return table->cells->pdata[row * table->count + column];
}

static guint rows(const HgTable *table) {
  return table->cells->len / table->count;
}

/* The widest cell of a column that is no wider than `most`; at least its title. */
static guint widest(const HgTable *table, guint column, guint most) {
  guint width = hg_columns_width(table->columns[column].title);
  for (guint row = 0; row < rows(table); row++) {
    const guint own = hg_columns_width(cell(table, row, column));
    if (own > width && own <= most)
      width = own;
  }
  return width;
}

static guint sum(const HgTable *table, const guint *widths) {
  guint total = table->indent;
  for (guint i = 0; i < table->count; i++)
    total += widths[i] + (i ? GAP : 0);
  return total;
}

static guint excess(const HgTable *table, const guint *widths) {
  const guint total = sum(table, widths);
  return total > HG_COLUMNS_LINE ? total - HG_COLUMNS_LINE : 0;
}

static void shrink_texts(const HgTable *table, guint *widths) {
  for (guint i = table->count; i-- > 0;) {
    const guint least = MAX(TEXT_MIN, hg_columns_width(table->columns[i].title));
    if (table->columns[i].kind == HG_COLUMN_TEXT && widths[i] > least)
      widths[i] -= MIN(excess(table, widths), widths[i] - least);
  }
}

/* Keys get an equal share of the room that is left; wider ones will stand on their own line. */
static void shrink_keys(const HgTable *table, guint *widths) {
  guint keys = 0, taken = 0;
  for (guint i = 0; i < table->keys; i++) {
    if (table->columns[i].kind == HG_COLUMN_KEY) {
      keys++;
      taken += widths[i];
    }
  }
  const guint over = excess(table, widths);
  const guint share = taken > over ? (taken - over) / keys : 0;
  for (guint i = 0; i < table->keys; i++) {
    if (table->columns[i].kind == HG_COLUMN_KEY)
      widths[i] = widest(table, i, share);
  }
}

/* Texts take back what shrinking the keys set free. */
static void grow_texts(const HgTable *table, guint *widths, const guint *wanted) {
  for (guint i = 0; i < table->count; i++) {
    const guint total = sum(table, widths);
    if (table->columns[i].kind == HG_COLUMN_TEXT && total < HG_COLUMNS_LINE)
      widths[i] += MIN(HG_COLUMNS_LINE - total, wanted[i] - widths[i]);
  }
}

static void fit(const HgTable *table, guint *widths) {
  g_autofree guint *wanted = g_new(guint, table->count);
  for (guint i = 0; i < table->count; i++) {
    widths[i] = widest(table, i, G_MAXUINT);
    if (table->columns[i].kind == HG_COLUMN_TEXT)
      widths[i] = MIN(widths[i], MAX(TEXT_MAX, hg_columns_width(table->columns[i].title)));
    wanted[i] = widths[i];
  }
  if (excess(table, widths) > 0)
    shrink_texts(table, widths);
  if (excess(table, widths) > 0) {
    shrink_keys(table, widths);
    grow_texts(table, widths, wanted);
  }
}

/* --- lines --- */

static void end_line(GString *line, HgOutput *output) {
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate(line, line->len - 1);
  g_string_append_c(line, '\n');
  hg_output_write(output, line->str, line->len);
  g_string_truncate(line, 0);
}

static void append_cell(const HgTable *table, GString *line, guint column, const char *text,
                        guint width) {
  const guint own = hg_columns_width(text);
  const guint pad = own < width ? width - own : 0;
  hg_columns_blanks(line, column ? GAP : table->indent);
  if (table->columns[column].kind == HG_COLUMN_NUMBER)
    hg_columns_blanks(line, pad);
  if (table->columns[column].kind == HG_COLUMN_TEXT && own > width)
    hg_columns_cut(line, text, width);
  else
    g_string_append(line, text);
  if (table->columns[column].kind != HG_COLUMN_NUMBER)
    hg_columns_blanks(line, pad);
}

static gboolean keys_overflow(const HgTable *table, guint row, const guint *widths) {
  for (guint i = 0; i < table->keys; i++) {
    if (hg_columns_width(cell(table, row, i)) > widths[i])
      return TRUE;
  }
  return FALSE;
}

/* Widest that each key can be on a line of its own, beside the short words between them. */
static guint room_of_keys(const HgTable *table, const guint *widths) {
  guint keys = 0, taken = table->indent;
  for (guint i = 0; i < table->keys; i++) {
    if (table->columns[i].kind == HG_COLUMN_KEY)
      keys++;
    else
      taken += widths[i];
    taken += i ? GAP : 0;
  }
  return (HG_COLUMNS_LINE - taken) / keys;
}

/* The keys on their own line; then blanks where they would have been. */
static void print_keys(const HgTable *table, guint row, const guint *widths, GString *line,
                       HgOutput *output) {
  const guint room = room_of_keys(table, widths);
  guint taken = 0;
  for (guint i = 0; i < table->keys; i++) {
    if (table->columns[i].kind == HG_COLUMN_KEY) {
      hg_columns_blanks(line, i ? GAP : table->indent);
      hg_columns_cut(line, cell(table, row, i), room);
    } else {
      append_cell(table, line, i, cell(table, row, i), widths[i]);
    }
    taken += widths[i] + (i ? GAP : table->indent);
  }
  end_line(line, output);
  hg_columns_blanks(line, taken);
}

static void print_note(const HgTable *table, const Note *note, GString *line, HgOutput *output) {
  const guint indent = table->indent + 2 * GAP;
  hg_columns_blanks(line, indent);
  if (note->wrap) {
    hg_columns_wrap(line, note->text, indent, indent + GAP);
    hg_output_write(output, line->str, line->len);
    g_string_truncate(line, 0);
  } else {
    hg_columns_cut(line, note->text, HG_COLUMNS_LINE - indent);
    end_line(line, output);
  }
}

static void print_row(const HgTable *table, guint row, const guint *widths, GString *line,
                      HgOutput *output) {
  guint first = 0;
  if (keys_overflow(table, row, widths)) {
    print_keys(table, row, widths, line, output);
    first = table->keys;
  }
  for (guint i = first; i < table->count; i++)
    append_cell(table, line, i, cell(table, row, i), widths[i]);
  end_line(line, output);
  const Note *const note = g_hash_table_lookup(table->notes, GUINT_TO_POINTER(row));
  if (note)
    print_note(table, note, line, output);
}

void hg_table_print(const HgTable *table, HgOutput *output) {
  g_autofree guint *widths = g_new(guint, table->count);
  g_autoptr(GString) line = g_string_new(NULL);
  if (rows(table) == 0)
    return;
  fit(table, widths);
  for (guint i = 0; i < table->count; i++)
    append_cell(table, line, i, table->columns[i].title, widths[i]);
  end_line(line, output);
  for (guint row = 0; row < rows(table); row++)
    print_row(table, row, widths, line, output);
}
