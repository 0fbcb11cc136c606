/* save_findings.c - saves the tables findings, finding_peers, finding_frames, finding_attack
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "save.h"

static void save_finding(HgStoreSave *save, const HgFinding *finding, guint row) {
  HgStoreWriter *writer = save->writer;
  const HgRule *rule = finding->rule;
  hg_store_integer(writer, row);
  hg_store_integer(writer, hg_store_host_row(save, finding->host));
  hg_store_text(writer, rule->id);
  hg_store_text(writer, hg_finding_kind_name(finding->kind));
  hg_store_text(writer, rule->title);
  hg_store_real(writer, finding->strength);
  hg_store_text(writer, finding->evidence ? finding->evidence : "");
  hg_store_real(writer, finding->observed);
  hg_store_real(writer, finding->threshold);
  hg_store_text(writer, finding->protocol);
  hg_store_integer(writer, finding->first_frame);
  hg_store_integer(writer, finding->last_frame);
  hg_store_text(writer, finding->filter ? finding->filter : "");
  hg_store_text(writer, rule->false_positive_if ? rule->false_positive_if : "");
  hg_store_row(writer);
}

static void save_peers(HgStoreSave *save, const HgFinding *finding, guint row) {
  for (guint i = 0; finding->peers && i < finding->peers->len; i++) {
    hg_store_integer(save->writer, row);
    hg_store_integer(save->writer, (gint64)i + 1);
    hg_store_integer(save->writer,
                     hg_store_host_row(save, g_array_index(finding->peers, guint32, i)));
    hg_store_row(save->writer);
  }
}

static void save_frames(HgStoreSave *save, const HgFinding *finding, guint row) {
  for (guint i = 0; finding->frames && i < finding->frames->len; i++) {
    hg_store_integer(save->writer, row);
    hg_store_integer(save->writer, g_array_index(finding->frames, guint32, i));
    hg_store_row(save->writer);
  }
}

static void save_attack(HgStoreSave *save, const HgFinding *finding, guint row) {
  for (const char *const *id = finding->rule->attack; id && *id; id++) {
    hg_store_integer(save->writer, row);
    hg_store_literal(save->writer, *id);
    hg_store_row(save->writer);
  }
}

static void save_suppressed(HgStoreSave *save, const HgSuppressed *suppressed) {
  HgStoreWriter *writer = save->writer;
  const HgFinding *finding = suppressed->finding;
  char *entry = hg_list_entry_text(suppressed->entry);
  hg_store_integer(writer, hg_store_host_row(save, finding->host));
  hg_store_text(writer, finding->rule->id);
  hg_store_text(writer, hg_finding_kind_name(finding->kind));
  hg_store_real(writer, finding->strength);
  hg_store_text(writer, finding->evidence);
  hg_store_integer(writer, finding->first_frame);
  hg_store_text(writer, finding->filter);
  hg_store_text(writer, entry);
  hg_store_text(writer, suppressed->entry->file);
  hg_store_integer(writer, suppressed->entry->line);
  hg_store_row(writer);
  g_free(entry);
}

void hg_store_save_findings(HgStoreSave *save) {
  static const struct {
    const char *table;
    void (*save)(HgStoreSave *, const HgFinding *, guint row);
  } tables[] = {{"findings", save_finding},
                {"finding_peers", save_peers},
                {"finding_frames", save_frames},
                {"finding_attack", save_attack}};
  const HgAnalysis *analysis = hg_report_analysis(save->report);
  for (guint i = 0; i < G_N_ELEMENTS(tables); i++) {
    hg_store_table(save->writer, tables[i].table);
    for (guint j = 0; j < hg_analysis_finding_count(analysis); j++)
      tables[i].save(save, hg_analysis_finding(analysis, j), j + 1);
  }
  hg_store_table(save->writer, "suppressed");
  for (guint i = 0; i < hg_analysis_suppressed_count(analysis); i++)
    save_suppressed(save, hg_analysis_suppressed(analysis, i));
}
