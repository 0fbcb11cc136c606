/* comparison.h - the comparison with a baseline, as lists that all formats share
 *
 * Each list is declared once: its name, its columns, its items. A format iterates over
 * hg_comparison_lists and writes the columns like the attributes of hosts and edges.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_COMPARISON_H
#define HG_EXPORT_COMPARISON_H

#include "schema.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;           /* stable key: "new_hosts" */
  const char *title;          /* for people: "New hosts" */
  const HgAttribute *columns; /* ended by an entry without a name */
  guint (*count)(const HgBaseline *baseline);
  gconstpointer (*item)(const HgBaseline *baseline, guint i);
} HgComparisonList;

/* NULL-terminated. */
extern const HgComparisonList *const hg_comparison_lists[];

/* A number that describes the comparison as a whole. */
typedef struct {
  const char *name;  /* stable key: "packets" */
  const char *title; /* for people */
  gint64 (*get)(const HgBaseline *baseline);
} HgComparisonFact;

/* What the known-normal traffic holds. Ended by an entry without a name. */
extern const HgComparisonFact hg_comparison_facts[];

/* NULL: no baseline was given. */
const HgBaseline *hg_comparison_of(const HgReport *report);

G_END_DECLS
#endif
