/* save_attributes.c - saves the tables nodes and edges and those of the comparison: the attributes
 * of every other format
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/comparison.h"
#include "export/report/schema.h"
#include "save.h"

static void save_attribute(HgStoreSave *save, const HgAttribute *attribute, gconstpointer item,
                           GString *text) {
  HgValue value = attribute->get(save->report, item);
  switch (attribute->type) {
  case HG_TYPE_STRING:
    hg_store_text(save->writer, value.string);
    break;
  case HG_TYPE_INTEGER:
  case HG_TYPE_BOOLEAN:
    hg_store_integer(save->writer, value.integer);
    break;
  case HG_TYPE_DOUBLE:
    hg_store_real(save->writer, value.number);
    break;
  case HG_TYPE_TIME:
  case HG_TYPE_DURATION:
    if (hg_time_is_known(value.integer))
      hg_store_real(save->writer, (double)value.integer / 1e9);
    else
      hg_store_null(save->writer);
    break;
  case HG_TYPE_LIST:
  case HG_TYPE_COUNTS:
  case HG_TYPE_PORTS:
    g_string_truncate(text, 0);
    hg_value_to_text(save->report, attribute, &value, text);
    hg_store_text(save->writer, text->str);
    break;
  }
  hg_value_clear(attribute, &value);
}

static void save_all(HgStoreSave *save, const HgAttribute *attributes, gconstpointer item,
                     GString *text) {
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++)
    save_attribute(save, attribute, item, text);
  hg_store_row(save->writer);
}

static void save_comparison(HgStoreSave *save, GString *text) {
  const HgBaseline *baseline = hg_comparison_of(save->report);
  for (guint k = 0; hg_comparison_lists[k]; k++) {
    const HgComparisonList *list = hg_comparison_lists[k];
    hg_store_table(save->writer, list->name);
    for (guint i = 0; baseline && i < list->count(baseline); i++) {
      hg_store_integer(save->writer, (gint64)i + 1);
      save_all(save, list->columns, list->item(baseline, i), text);
    }
  }
}

void hg_store_save_attributes(HgStoreSave *save) {
  GString *text = g_string_new(NULL);
  hg_store_table(save->writer, "nodes");
  for (guint32 i = 0; i < hg_report_host_count(save->report); i++) {
    hg_store_integer(save->writer, (gint64)i + 1);
    save_all(save, hg_node_attributes(save->report),
             hg_tally_host(save->tally, hg_report_host(save->report, i)), text);
  }
  hg_store_table(save->writer, "edges");
  for (guint32 i = 0; i < hg_report_edge_count(save->report); i++) {
    const HgEdge *edge = hg_report_edge(save->report, i);
    hg_store_integer(save->writer, (gint64)i + 1);
    if (edge->conversation != HG_NO_CONVERSATION)
      hg_store_integer(save->writer, save->conversation[edge->conversation]);
    else
      hg_store_null(save->writer);
    hg_store_integer(save->writer, hg_store_host_row(save, edge->source));
    hg_store_integer(save->writer, hg_store_host_row(save, edge->target));
    save_all(save, hg_edge_attributes(save->report), edge, text);
  }
  save_comparison(save, text);
  g_string_free(text, TRUE);
}
