/* stat_hosts.c - the table of hosts, with the attributes that they have in exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stat_table.h"

#include <string.h>

#include "export/report/schema.h"

/* Leaves out the label, which repeats other columns, and the kind, which the address shows. */
static gboolean is_shown(const HgAttribute *attribute) {
  return strcmp(attribute->name, "label") != 0 && strcmp(attribute->name, "kind") != 0;
}

static HgStatType type_of(const HgAttribute *attribute) {
  switch (attribute->type) {
  case HG_TYPE_INTEGER:
    return g_str_has_prefix(attribute->name, "bytes") ? HG_STAT_BYTES : HG_STAT_COUNT;
  case HG_TYPE_DOUBLE:
    return HG_STAT_SCORE;
  case HG_TYPE_TIME:
    return HG_STAT_SECONDS;
  default:
    return HG_STAT_TEXT;
  }
}

static const HgStatColumn *columns(guint *count) {
  static HgStatColumn all[64];
  guint used = 0;

  for (const HgAttribute *at = hg_node_attributes_ever();
       at->name != NULL && used < G_N_ELEMENTS(all); at++) {
    if (is_shown(at))
      all[used++] = (HgStatColumn){at->title, type_of(at)};
  }
  *count = used;
  return all;
}

static void add_cell(const HgReport *report, const HgAttribute *attribute, const HgHost *host,
                     HgStatRows *rows) {
  HgValue value = attribute->get(report, host);
  GString *text;

  switch (type_of(attribute)) {
  case HG_STAT_COUNT:
    hg_stat_rows_count(rows, (guint64)value.integer);
    break;
  case HG_STAT_BYTES:
    hg_stat_rows_number(rows, (double)value.integer);
    break;
  case HG_STAT_SCORE:
    hg_stat_rows_number(rows, value.number);
    break;
  case HG_STAT_SECONDS:
    hg_stat_rows_time(rows, report, value.integer);
    break;
  default:
    text = g_string_new(NULL);
    if (attribute->type == HG_TYPE_BOOLEAN)
      g_string_append(text, value.integer ? "yes" : "");
    else
      hg_value_to_text(report, attribute, &value, text);
    hg_stat_rows_text(rows, text->str);
    g_string_free(text, TRUE);
  }
  hg_value_clear(attribute, &value);
}

/* The cell of an attribute that this report does not have. */
static void add_blank(const HgAttribute *attribute, HgStatRows *rows) {
  if (type_of(attribute) == HG_STAT_TEXT)
    hg_stat_rows_text(rows, NULL);
  else if (type_of(attribute) == HG_STAT_COUNT)
    hg_stat_rows_count(rows, 0);
  else
    hg_stat_rows_number(rows, 0);
}

static void add_host(const HgReport *report, const HgHost *host, HgStatRows *rows) {
  const HgAttribute *given = hg_node_attributes(report); /* a prefix of all */

  for (const HgAttribute *at = hg_node_attributes_ever(); at->name != NULL; at++) {
    if (is_shown(at) && given->name != NULL)
      add_cell(report, given, host, rows);
    else if (is_shown(at))
      add_blank(at, rows);
    given += given->name != NULL;
  }
}

static void fill(const HgReport *report, HgStatRows *rows) {
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    add_host(report, hg_tally_host(hg_report_tally(report), hg_report_host(report, i)), rows);
}

const HgStatTable hg_stat_hosts = {
    .name = "hosts",
    .title = "Hosts",
    .what = "Every host with packets, peers, roles and score, to be sorted",
    .columns = columns,
    .fill = fill,
};
