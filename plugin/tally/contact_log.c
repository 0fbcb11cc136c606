/* contact_log.c - every unicast packet, in pieces that never move
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "contact_log.h"

#include <stdlib.h>
#include <string.h>

/* 64 Ki contacts = 1 MiB a piece, or 2 MiB of runs. */
#define PIECE_SHIFT 16
#define PIECE_COUNT (1u << PIECE_SHIFT)

struct HgContactLog {
  GPtrArray *pieces; /* PIECE_COUNT elements each, owned */
  gsize element;     /* size: of an HgContact, or of an HgContactRun, which begins with one */
  guint64 count;
  gboolean unsorted;
};

HgContactLog *hg_contact_log_new(void) {
  HgContactLog *log = g_new0(HgContactLog, 1);
  log->pieces = g_ptr_array_new_with_free_func(g_free);
  log->element = sizeof(HgContact);
  return log;
}

void hg_contact_log_free(HgContactLog *log) {
  if (!log)
    return;
  g_ptr_array_free(log->pieces, TRUE);
  g_free(log);
}

static HgContact *at(const HgContactLog *log, guint64 i) {
  char *piece = g_ptr_array_index(log->pieces, (guint)(i >> PIECE_SHIFT));
  return (HgContact *)(void *)(piece + (i & (PIECE_COUNT - 1)) * log->element);
}

static int compare(const void *a, const void *b) {
  const HgContact *x = a, *y = b;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

/* `element`: as many bytes as the log's elements have. */
static void append(HgContactLog *log, const void *element) {
  if ((log->count & (PIECE_COUNT - 1)) == 0)
    g_ptr_array_add(log->pieces, g_malloc(PIECE_COUNT * log->element));
  if (log->count > 0 && compare(at(log, log->count - 1), element) > 0)
    log->unsorted = TRUE;
  memcpy(at(log, log->count++), element, log->element);
}

static HgContactRun run_of_one(const HgContact *contact) {
  return (HgContactRun){*contact, contact->time_ns, contact->frame, 1};
}

/* Makes room for the ends of runs. */
static void widen(HgContactLog *log) {
  HgContactLog *const wide = hg_contact_log_new();
  wide->element = sizeof(HgContactRun);
  for (guint64 i = 0; i < log->count; i++) {
    const HgContactRun run = run_of_one(at(log, i));
    append(wide, &run);
  }
  g_ptr_array_free(log->pieces, TRUE);
  *log = *wide;
  g_free(wide);
}

void hg_contact_log_append(HgContactLog *log, const HgContact *contact) {
  if (hg_contact_log_has_runs(log)) {
    const HgContactRun run = run_of_one(contact);
    append(log, &run);
  } else {
    append(log, contact);
  }
}

void hg_contact_log_append_run(HgContactLog *log, const HgContactRun *run) {
  if (!hg_contact_log_has_runs(log))
    widen(log);
  append(log, run);
}

void hg_contact_log_sort(HgContactLog *log) {
  if (!log->unsorted)
    return;
  char *all = g_malloc(log->count * log->element);
  for (guint64 i = 0; i < log->count; i++)
    memcpy(all + i * log->element, at(log, i), log->element);
  qsort(all, log->count, log->element, compare); /* frames differ, so the order is total */
  for (guint64 i = 0; i < log->count; i++)
    memcpy(at(log, i), all + i * log->element, log->element);
  g_free(all);
  log->unsorted = FALSE;
}

guint64 hg_contact_log_count(const HgContactLog *log) {
  return log->count;
}

const HgContact *hg_contact_log_get(const HgContactLog *log, guint64 i) {
  return at(log, i);
}

HgContactRun hg_contact_log_run(const HgContactLog *log, guint64 i) {
  if (!hg_contact_log_has_runs(log))
    return run_of_one(at(log, i));
  HgContactRun run;
  memcpy(&run, at(log, i), sizeof run);
  return run;
}

gboolean hg_contact_log_has_runs(const HgContactLog *log) {
  return log->element == sizeof(HgContactRun);
}
