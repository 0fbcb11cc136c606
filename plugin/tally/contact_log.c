/* contact_log.c - every unicast packet, in pieces that never move
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "contact_log.h"

#include <stdlib.h>

/* 64 Ki contacts = 1 MiB a piece. */
#define PIECE_SHIFT 16
#define PIECE_COUNT (1u << PIECE_SHIFT)

struct HgContactLog {
  GPtrArray *pieces; /* HgContact[PIECE_COUNT], owned */
  guint64 count;
  gboolean unsorted;
};

HgContactLog *hg_contact_log_new(void) {
  HgContactLog *log = g_new0(HgContactLog, 1);
  log->pieces = g_ptr_array_new_with_free_func(g_free);
  return log;
}

void hg_contact_log_free(HgContactLog *log) {
  if (!log)
    return;
  g_ptr_array_free(log->pieces, TRUE);
  g_free(log);
}

static HgContact *at(const HgContactLog *log, guint64 i) {
  HgContact *piece = g_ptr_array_index(log->pieces, (guint)(i >> PIECE_SHIFT));
  return &piece[i & (PIECE_COUNT - 1)];
}

static int compare(const void *a, const void *b) {
  const HgContact *x = a, *y = b;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

void hg_contact_log_append(HgContactLog *log, const HgContact *contact) {
  if ((log->count & (PIECE_COUNT - 1)) == 0)
    g_ptr_array_add(log->pieces, g_new(HgContact, PIECE_COUNT));
  if (log->count > 0 && compare(at(log, log->count - 1), contact) > 0)
    log->unsorted = TRUE;
  *at(log, log->count++) = *contact;
}

void hg_contact_log_sort(HgContactLog *log) {
  if (!log->unsorted)
    return;
  HgContact *all = g_new(HgContact, log->count);
  for (guint64 i = 0; i < log->count; i++)
    all[i] = *at(log, i);
  qsort(all, log->count, sizeof *all, compare); /* frames differ, so the order is total */
  for (guint64 i = 0; i < log->count; i++)
    *at(log, i) = all[i];
  g_free(all);
  log->unsorted = FALSE;
}

guint64 hg_contact_log_count(const HgContactLog *log) {
  return log->count;
}

const HgContact *hg_contact_log_get(const HgContactLog *log, guint64 i) {
  return at(log, i);
}
