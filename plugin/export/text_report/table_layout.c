/* table_layout.c - the widths of a table's columns, and which of them are moved
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "table_layout.h"

#include "export/text/columns.h"

/* The preferred width of texts such as names; more is rarely worth the room. */
#define TEXT_MAX 32

const char *hg_table_cell(const HgTable *table, guint row, guint column) {
  return table->cells->pdata[row * table->count + column];
}

guint hg_table_rows(const HgTable *table) {
  return table->cells->len / table->count;
}

static gboolean is_text(const HgTable *table, guint column) {
  return table->columns[column].kind == HG_COLUMN_TEXT ||
         table->columns[column].kind == HG_COLUMN_LIST;
}

/* The widest cell of a column, at most `most` and at least its title. */
static guint widest(const HgTable *table, guint column, guint most) {
  guint width = hg_columns_width(table->columns[column].title);
  for (guint row = 0; row < hg_table_rows(table); row++) {
    const guint own = hg_columns_width(hg_table_cell(table, row, column));
    if (own > width && own <= most)
      width = own;
  }
  return width;
}

static gboolean is_empty(const HgTable *table, guint column) {
  for (guint row = 0; row < hg_table_rows(table); row++) {
    if (*hg_table_cell(table, row, column) != '\0')
      return FALSE;
  }
  return TRUE;
}

static guint sum(const HgTable *table, const HgPlace *places) {
  guint total = table->indent;
  for (guint i = 0; i < table->count; i++) {
    if (places[i].kind == HG_PLACE_COLUMN)
      total += places[i].width + (i ? HG_TABLE_GAP : 0);
  }
  return total;
}

static guint excess(const HgTable *table, const HgPlace *places) {
  const guint total = sum(table, places);
  return total > HG_COLUMNS_LINE ? total - HG_COLUMNS_LINE : 0;
}

/* The preferred width of a column. */
static HgPlace natural(const HgTable *table, guint column) {
  HgPlace place = {HG_PLACE_COLUMN, widest(table, column, G_MAXUINT)};
  if (!is_text(table, column))
    return place;
  place.width = MIN(place.width, MAX(TEXT_MAX, hg_columns_width(table->columns[column].title)));
  if (is_empty(table, column))
    place.kind = HG_PLACE_NOWHERE;
  return place;
}

static void shrink_texts(const HgTable *table, HgPlace *places) {
  for (guint i = table->count; i-- > 0;) {
    const guint floor =
        table->columns[i].kind == HG_COLUMN_LIST ? HG_TABLE_LIST_MIN : HG_TABLE_TEXT_MIN;
    const guint least = MAX(floor, hg_columns_width(table->columns[i].title));
    if (is_text(table, i) && places[i].kind == HG_PLACE_COLUMN && places[i].width > least)
      places[i].width -= MIN(excess(table, places), places[i].width - least);
  }
}

static void move_list(const HgTable *table, HgPlace *places) {
  HgPlace *const last = &places[table->count - 1];
  if (table->columns[table->count - 1].kind == HG_COLUMN_LIST && last->kind == HG_PLACE_COLUMN)
    last->kind = HG_PLACE_UNDER;
}

/* Keys share the remaining width equally; wider ones get their own line. */
static void shrink_keys(const HgTable *table, HgPlace *places) {
  guint keys = 0, taken = 0;
  for (guint i = 0; i < table->keys; i++) {
    if (table->columns[i].kind == HG_COLUMN_KEY) {
      keys++;
      taken += places[i].width;
    }
  }
  const guint over = excess(table, places);
  const guint share = taken > over ? (taken - over) / keys : 0;
  for (guint i = 0; i < table->keys; i++) {
    if (table->columns[i].kind == HG_COLUMN_KEY)
      places[i].width = widest(table, i, share);
  }
}

/* Texts get the width that the other steps did not need. */
static void grow_texts(const HgTable *table, HgPlace *places) {
  for (guint i = 0; i < table->count; i++) {
    const guint total = sum(table, places);
    if (is_text(table, i) && places[i].kind == HG_PLACE_COLUMN && total < HG_COLUMNS_LINE)
      places[i].width = MIN(places[i].width + HG_COLUMNS_LINE - total, natural(table, i).width);
  }
}

HgPlace *hg_table_layout(const HgTable *table) {
  HgPlace *const places = g_new(HgPlace, table->count);
  for (guint i = 0; i < table->count; i++)
    places[i] = natural(table, i);
  if (excess(table, places) > 0)
    shrink_texts(table, places);
  if (excess(table, places) > 0)
    move_list(table, places);
  if (excess(table, places) > 0)
    shrink_keys(table, places);
  grow_texts(table, places);
  return places;
}
