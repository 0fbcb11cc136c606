/* tables.h - the tables of a store
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_TABLES_H
#define HG_EXPORT_STORE_TABLES_H

#include "export/report/schema.h"

G_BEGIN_DECLS

/* The text of tables.sql and views.sql, to be run before and after the rows are written. */
extern const char hg_store_tables[];
extern const char hg_store_indices_and_views[];

/* CREATE TABLE for the attributes that all formats share (schema.h); `head`: the first columns.
 * (transfer full) */
char *hg_store_attribute_table(const char *name, const char *comment, const char *head,
                               const HgAttribute *attributes);

G_END_DECLS
#endif
