/* table.c - a table for people, fitted into the width of a line
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "table.h"

#include "export/text/columns.h"
#include "table_layout.h"

typedef struct {
  char *text;
  gboolean wrap;
} Note;

static void note_free(gpointer data) {
  Note *const note = data;
  g_free(note->text);
  g_free(note);
}

HgTable *hg_table_new(const HgTableColumn *columns, guint indent) {
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
  g_hash_table_insert(table->notes, GUINT_TO_POINTER(hg_table_rows(table) - 1), note);
}

/* --- printing --- */

typedef struct {
  const HgTable *table;
  const HgPlace *places;
  GString *line;
  HgOutput *output;
} Printer;

static void end_line(const Printer *p) {
  while (p->line->len > 0 && p->line->str[p->line->len - 1] == ' ')
    g_string_truncate(p->line, p->line->len - 1);
  g_string_append_c(p->line, '\n');
  hg_output_write(p->output, p->line->str, p->line->len);
  g_string_truncate(p->line, 0);
}

static void append_cell(const Printer *p, guint column, const char *text) {
  const HgPlace *const place = &p->places[column];
  const gboolean number = p->table->columns[column].kind == HG_COLUMN_NUMBER;
  const guint own = hg_columns_width(text);
  const guint pad = own < place->width ? place->width - own : 0;
  if (place->kind != HG_PLACE_COLUMN)
    return;
  hg_columns_blanks(p->line, column ? HG_TABLE_GAP : p->table->indent);
  hg_columns_blanks(p->line, number ? pad : 0);
  hg_columns_cut(p->line, text, MAX(place->width, number ? own : 0));
  hg_columns_blanks(p->line, number ? 0 : pad);
}

static gboolean keys_overflow(const Printer *p, guint row) {
  for (guint i = 0; i < p->table->keys; i++) {
    if (hg_columns_width(hg_table_cell(p->table, row, i)) > p->places[i].width)
      return TRUE;
  }
  return FALSE;
}

/* The largest width of each key on a line of its own, beside the short words between them. */
static guint room_of_keys(const Printer *p) {
  guint keys = 0, taken = p->table->indent;
  for (guint i = 0; i < p->table->keys; i++) {
    if (p->table->columns[i].kind == HG_COLUMN_KEY)
      keys++;
    else
      taken += p->places[i].width;
    taken += i ? HG_TABLE_GAP : 0;
  }
  return (HG_COLUMNS_LINE - taken) / keys;
}

static gboolean is_under(const Printer *p, guint column) {
  return p->places[column].kind == HG_PLACE_UNDER;
}

static guint under_indent(const Printer *p) {
  return p->table->indent + 2 * HG_TABLE_GAP;
}

/* Appends a moved list to the line of the keys, if there is room. */
static gboolean append_list(const Printer *p, guint row) {
  const guint last = p->table->count - 1;
  const guint used = hg_columns_width(p->line->str) + HG_TABLE_GAP;
  const char *const text = hg_table_cell(p->table, row, last);
  if (!is_under(p, last) || used + HG_TABLE_LIST_MIN > HG_COLUMNS_LINE)
    return FALSE;
  hg_columns_blanks(p->line, HG_TABLE_GAP);
  hg_columns_cut(p->line, text, HG_COLUMNS_LINE - used);
  return TRUE;
}

/* Prints the keys on their own line, then blanks in their place. Returns whether the list is on
 * that line, too. */
static gboolean print_keys(const Printer *p, guint row) {
  const guint room = room_of_keys(p);
  guint taken = 0;
  for (guint i = 0; i < p->table->keys; i++) {
    const char *const text = hg_table_cell(p->table, row, i);
    if (p->table->columns[i].kind == HG_COLUMN_KEY) {
      hg_columns_blanks(p->line, i ? HG_TABLE_GAP : p->table->indent);
      hg_columns_cut(p->line, text, room);
    } else {
      append_cell(p, i, text);
    }
    taken += p->places[i].width + (i ? HG_TABLE_GAP : p->table->indent);
  }
  const gboolean list = append_list(p, row);
  end_line(p);
  hg_columns_blanks(p->line, taken);
  return list;
}

static void print_under(const Printer *p, const char *text, gboolean wrap) {
  const guint indent = under_indent(p);
  if (*text == '\0')
    return;
  hg_columns_blanks(p->line, indent);
  if (wrap) {
    hg_columns_wrap(p->line, text, indent, indent + HG_TABLE_GAP);
    g_string_truncate(p->line, p->line->len - 1);
  } else {
    hg_columns_cut(p->line, text, HG_COLUMNS_LINE - indent);
  }
  end_line(p);
}

static void print_row(const Printer *p, guint row) {
  const guint last = p->table->count - 1;
  const gboolean overflow = keys_overflow(p, row);
  const gboolean list = overflow && print_keys(p, row);
  for (guint i = overflow ? p->table->keys : 0; i <= last; i++)
    append_cell(p, i, hg_table_cell(p->table, row, i));
  end_line(p);
  if (is_under(p, last) && !list)
    print_under(p, hg_table_cell(p->table, row, last), FALSE);
  const Note *const note = g_hash_table_lookup(p->table->notes, GUINT_TO_POINTER(row));
  if (note)
    print_under(p, note->text, note->wrap);
}

static void print_titles(const Printer *p) {
  const guint last = p->table->count - 1;
  for (guint i = 0; i <= last; i++)
    append_cell(p, i, p->table->columns[i].title);
  end_line(p);
  if (is_under(p, last))
    print_under(p, p->table->columns[last].title, FALSE);
}

void hg_table_print(const HgTable *table, HgOutput *output) {
  if (hg_table_rows(table) == 0)
    return;
  g_autofree HgPlace *places = hg_table_layout(table);
  g_autoptr(GString) line = g_string_new(NULL);
  const Printer printer = {table, places, line, output};
  print_titles(&printer);
  for (guint row = 0; row < hg_table_rows(table); row++)
    print_row(&printer, row);
}
