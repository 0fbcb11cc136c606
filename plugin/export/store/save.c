/* save.c - saves a report and its tally as a store
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "save.h"

#include "export/report/comparison.h"

#include "store.h"
#include "tables.h"

static void create_tables(HgStoreWriter *writer, const HgReport *report) {
  static const char as_elsewhere[] = "as in every other format, when the store was written";
  char *nodes =
      hg_store_attribute_table("nodes", as_elsewhere, "host INTEGER PRIMARY KEY REFERENCES hosts",
                               hg_node_attributes(report));
  char *edges = hg_store_attribute_table(
      "edges", as_elsewhere,
      "edge INTEGER PRIMARY KEY,"
      " conversation INTEGER REFERENCES conversations, -- NULL: a tunnel and nothing else\n"
      "  source_host INTEGER NOT NULL REFERENCES hosts,"
      " target_host INTEGER NOT NULL REFERENCES hosts",
      hg_edge_attributes(report));
  hg_store_writer_run(writer, hg_store_tables);
  for (guint i = 0; hg_comparison_lists[i]; i++) {
    const HgComparisonList *list = hg_comparison_lists[i];
    char *table = hg_store_attribute_table(list->name, "against baseline=; empty without",
                                           "row INTEGER PRIMARY KEY", list->columns);
    hg_store_writer_run(writer, table);
    g_free(table);
  }
  hg_store_writer_run(writer, nodes);
  hg_store_writer_run(writer, edges);
  g_free(nodes);
  g_free(edges);
}

gboolean hg_store_save(const HgReport *report, const char *path, GError **error) {
  static void (*const parts[])(HgStoreSave *) = {hg_store_save_meta,
                                                 hg_store_save_protocols,
                                                 hg_store_save_hosts,
                                                 hg_store_save_conversations,
                                                 hg_store_save_services,
                                                 hg_store_save_contacts,
                                                 hg_store_save_names_and_logins,
                                                 hg_store_save_findings,
                                                 hg_store_save_attributes};
  HgStoreWriter writer;
  HgStoreSave save = {.report = report, .tally = hg_report_tally(report), .writer = &writer};
  hg_store_writer_init(&writer, path);
  create_tables(&writer, report);
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
    parts[i](&save);
  hg_store_writer_run(&writer, hg_store_indices_and_views);
  g_free(save.protocol);
  g_free(save.conversation);
  g_free(save.flipped);
  g_free(save.spoken);
  return hg_store_writer_finish(&writer, error);
}
