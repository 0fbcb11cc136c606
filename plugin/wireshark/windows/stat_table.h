/* stat_table.h - sortable tables in windows of Wireshark's own, which filter, copy and save
 *
 * A table is one file stat_*.c, which ends in a `const HgStatTable hg_stat_NAME`.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_STAT_TABLE_H
#define HG_WIRESHARK_STAT_TABLE_H

#include "wireshark/compat.h"

#include "export/report/report.h"

G_BEGIN_DECLS

typedef enum {
  HG_STAT_TEXT,
  HG_STAT_COUNT,  /* up to 32 bits: packets, hosts, frames */
  HG_STAT_BYTES,  /* beyond */
  HG_STAT_SCORE,  /* one decimal */
  HG_STAT_NUMBER, /* as many decimals as it has, up to six digits */
  HG_STAT_SECONDS /* six decimals, as in the Time column */
} HgStatType;

typedef struct {
  const char *title;
  HgStatType type;
} HgStatColumn;

/* Where a table's rows go, cell by cell. */
typedef struct HgStatRows HgStatRows;

typedef struct {
  const char *name;                             /* "hosts" */
  const char *title;                            /* "Hosts" */
  const char *what;                             /* for the menu */
  const HgStatColumn *(*columns)(guint *count); /* borrowed, static */
  void (*fill)(const HgReport *report, HgStatRows *rows);
} HgStatTable;

/* The next cell; a row begins by itself. The text may be NULL, and hostile. */
void hg_stat_rows_text(HgStatRows *rows, const char *text);
void hg_stat_rows_count(HgStatRows *rows, guint64 count);
void hg_stat_rows_number(HgStatRows *rows, double number); /* all other types */

/* NULL-terminated, in the order of the menu. */
extern const HgStatTable *const hg_stat_tables[];

/* Makes them known to Wireshark. Does nothing without windows. */
void hg_stat_table_register(void);
void hg_stat_table_shutdown(void);

/* Opens a window with the i-th table. FALSE and `error`: Wireshark does not know it, or the
 * preferences are wrong. */
gboolean hg_stat_table_open(guint i, GError **error);

G_END_DECLS
#endif
