/* comparison_private.h - the lists of a comparison, and what they share
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_COMPARISON_PRIVATE_H
#define HG_EXPORT_COMPARISON_PRIVATE_H

#include "comparison.h"

G_BEGIN_DECLS

extern const HgComparisonList hg_comparison_new_hosts, hg_comparison_new_macs,
    hg_comparison_changed_bindings, hg_comparison_new_services, hg_comparison_new_conversations,
    hg_comparison_moved_protocols;

/* "" for HG_NO_HOST. */
static inline HgValue hg_comparison_host(const HgReport *report, guint32 host) {
  return (HgValue){.string = host == HG_NO_HOST ? "" : hg_report_host_id(report, host)};
}

static inline HgValue hg_comparison_count(guint64 count) {
  return (HgValue){.integer = (gint64)MIN(count, (guint64)G_MAXINT64)};
}

G_END_DECLS
#endif
