/* tables.c - the tables of a store that hold the attributes of all formats
 *
 * So a new attribute is in the store as well, with the same name as elsewhere.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tables.h"

/* SQLite's types. Times are seconds, as in all formats and as SQLite's date functions expect. */
static const char *column_type(HgType type) {
  switch (type) {
  case HG_TYPE_INTEGER:
  case HG_TYPE_BOOLEAN:
    return "INTEGER";
  case HG_TYPE_DOUBLE:
  case HG_TYPE_TIME:
  case HG_TYPE_DURATION:
    return "REAL";
  default:
    return "TEXT";
  }
}

char *hg_store_attribute_table(const char *name, const char *comment, const char *head,
                               const HgAttribute *attributes) {
  GString *sql = g_string_new(NULL);
  g_string_append_printf(sql, "CREATE TABLE %s ( -- %s\n  %s", name, comment, head);
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++)
    g_string_append_printf(sql, ",\n  \"%s\" %s /* %s%s%s */", attribute->name,
                           column_type(attribute->type), attribute->title,
                           attribute->unit ? ", " : "", attribute->unit ? attribute->unit : "");
  g_string_append(sql, ");\n");
  return g_string_free(sql, FALSE);
}
