/* compared.c - section: what is new or unusual compared with the baseline
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "analysis/basics/wording.h"
#include "export/report/comparison.h"
#include "table.h"

/* More than any list has. */
#define MOST_COLUMNS 12

static HgColumnKind kind_of(const HgAttribute *column, gboolean first, gboolean last) {
  if (first)
    return HG_COLUMN_KEY;
  if (column->type == HG_TYPE_INTEGER || column->type == HG_TYPE_DOUBLE)
    return HG_COLUMN_NUMBER;
  return last ? HG_COLUMN_LIST : HG_COLUMN_WORD;
}

/* How many texts of a list are named; the rest is counted. */
#define NAMED 8

static void append_list(GString *text, char **list) {
  const guint count = list ? g_strv_length(list) : 0;
  for (guint i = 0; i < count && (i < NAMED || count == NAMED + 1); i++)
    g_string_append_printf(text, "%s%s", i ? ", " : "", list[i]);
  if (count > NAMED + 1)
    g_string_append_printf(text, " and %u more", count - NAMED);
}

static void append_number(GString *text, double number, gboolean share) {
  g_autofree char *shown = hg_wording_number(share ? number * 100 : number, share ? 2 : 1);
  g_string_append_printf(text, "%s%s", shown, share ? "%" : "");
}

static void append_cell(const HgReportWriter *writer, const HgAttribute *column, gconstpointer item,
                        GString *text) {
  HgValue value = column->get(writer->report, item);
  if (column->type == HG_TYPE_BOOLEAN)
    g_string_append(text, value.integer ? "yes" : "no");
  else if (column->type == HG_TYPE_LIST)
    append_list(text, value.list);
  else if (column->type == HG_TYPE_DOUBLE)
    append_number(text, value.number, g_strcmp0(column->unit, "of 1") == 0);
  else
    hg_value_to_text(writer->report, column, &value, text);
  hg_value_clear(column, &value);
}

static void print_list(const HgReportWriter *writer, const HgBaseline *baseline,
                       const HgComparisonList *list) {
  const guint count = list->count(baseline), shown = MIN(count, writer->top);
  HgTableColumn columns[MOST_COLUMNS + 1] = {{NULL, HG_COLUMN_WORD}};
  guint width = 0;
  if (count == 0)
    return;
  for (const HgAttribute *column = list->columns; column->name && width < MOST_COLUMNS; column++)
    columns[width++] =
        (HgTableColumn){column->title, kind_of(column, column == list->columns, !column[1].name)};
  HgTable *const table = hg_table_new(columns, 4);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < shown; i++)
    for (guint k = 0; k < width; k++) {
      g_string_truncate(text, 0);
      append_cell(writer, &list->columns[k], list->item(baseline, i), text);
      hg_table_add(table, text->str);
    }
  hg_output_printf(writer->output, "\n  %s (%u)\n", list->title, count);
  hg_table_print(table, writer->output);
  hg_report_writer_more(writer, 4, shown, count);
  hg_table_free(table);
}

static void print_normal(const HgReportWriter *writer, const HgBaseline *baseline) {
  const HgTally *const normal = hg_baseline_normal(baseline)->tally;
  const HgTraffic *const traffic = hg_tally_traffic(normal);
  g_autoptr(GString) span = g_string_new(NULL);
  g_autofree char *amount =
      g_strdup_printf("%" G_GUINT64_FORMAT " packets, %u hosts, %u conversations", traffic->packets,
                      hg_tally_host_count(normal), hg_tally_conversation_count(normal));
  hg_report_writer_labelled(writer, "Baseline", amount);
  hg_report_writer_append_utc(span, traffic->first_ns);
  g_string_append(span, " to ");
  hg_report_writer_append_utc(span, traffic->last_ns);
  hg_report_writer_labelled(writer, "Seen", span->str);
  for (guint cap = 0; cap < HG_CAP_COUNT; cap++) {
    if (hg_tally_left_out(normal, (HgCap)cap) == 0)
      continue;
    g_autofree char *text = g_strdup_printf(
        "%s was reached when the baseline was written: what is missing there looks new here",
        hg_caps[cap].name);
    hg_report_writer_labelled(writer, "Left out", text);
  }
  if (!hg_baseline_has_protocols(baseline))
    hg_report_writer_labelled(writer, "Protocols",
                              "not compared: the baseline was written with another evidence=");
}

/* "53: 22 internal, 31 external" */
static void print_hosts(const HgReportWriter *writer, const HgBaseline *baseline) {
  const GArray *const hosts = hg_baseline_hosts(baseline);
  guint counts[HG_SCOPE_COUNT] = {0};
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < hosts->len; i++)
    counts[hg_host_scope(hg_tally_host(writer->tally, g_array_index(hosts, HgNewHost, i).host))]++;
  g_string_append_printf(text, "%u", hosts->len);
  const char *before = ": ";
  for (int scope = 0; scope < HG_SCOPE_COUNT; scope++) {
    if (counts[scope] == 0)
      continue;
    g_string_append_printf(text, "%s%u %s", before, counts[scope], hg_scope_name((HgScope)scope));
    before = ", ";
  }
  hg_report_writer_labelled(writer, "New hosts", text->str);
}

void hg_section_compared(const HgReportWriter *writer) {
  const HgBaseline *const baseline = hg_comparison_of(writer->report);
  if (!baseline)
    return;
  hg_report_writer_section(writer, "Against the baseline");
  print_normal(writer, baseline);
  print_hosts(writer, baseline);
  for (guint i = 0; hg_comparison_lists[i]; i++)
    print_list(writer, baseline, hg_comparison_lists[i]);
}
