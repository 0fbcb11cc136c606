/* csv_table.h - items with attributes as a table of comma-separated values (RFC 4180)
 *
 * A table has no header but the names of its columns, and readers take a comment for a row. So what other
 * formats say in their headers of whole Info texts is a last column here, the same in each row.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_CSV_TABLE_H
#define HG_EXPORT_CSV_TABLE_H

#include "export/files/output.h"
#include "schema.h"

G_BEGIN_DECLS

typedef struct {
  const HgReport *report;
  const HgAttribute *attributes;
  HgOutput *output;
  GString *line, *text; /* reused buffers */
} HgCsvTable;

/* Writes the names of the columns, which must all be plain words. */
HgCsvTable hg_csv_table_begin(const HgReport *report, HgOutput *output,
                              const HgAttribute *attributes);
void hg_csv_table_row(HgCsvTable *table, gconstpointer item);
void hg_csv_table_end(HgCsvTable *table);

G_END_DECLS
#endif
