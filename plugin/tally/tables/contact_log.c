/* contact_log.c - every unicast packet, for traces
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "contact_log.h"

#include "tally/memory/chunked_array.h"

#include <stdlib.h>
#include <string.h>

struct HgContactLog {
  HgChunkedArray contacts; /* HgContact, or HgContactRun, which begins with one */
  gboolean unsorted;
};

/* `element`: the size of a contact or of a run. */
static HgContactLog *log_of(gsize element) {
  HgContactLog *log = g_new0(HgContactLog, 1);
  hg_chunked_array_init(&log->contacts, element);
  return log;
}

HgContactLog *hg_contact_log_new(void) {
  return log_of(sizeof(HgContact));
}

void hg_contact_log_free(HgContactLog *log) {
  if (!log)
    return;
  hg_chunked_array_clear(&log->contacts);
  g_free(log);
}

static HgContact *at(const HgContactLog *log, guint64 i) {
  return hg_chunked_array_get(&log->contacts, i);
}

static int compare(const void *a, const void *b) {
  const HgContact *x = a, *y = b;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

/* Room for a new element, which will begin with `contact`. */
static gpointer add(HgContactLog *log, const HgContact *contact) {
  const guint64 count = log->contacts.count;
  if (count > 0 && compare(at(log, count - 1), contact) > 0)
    log->unsorted = TRUE;
  return hg_chunked_array_add_unset(&log->contacts);
}

static void add_run(HgContactLog *log, const HgContactRun *run) {
  memcpy(add(log, &run->contact), run, sizeof *run);
}

static HgContactRun run_of_one(const HgContact *contact) {
  return (HgContactRun){*contact, contact->time_ns, contact->frame, 1};
}

/* Turns a log of contacts into a log of runs. */
static void widen(HgContactLog *log) {
  HgContactLog *const wide = log_of(sizeof(HgContactRun));
  for (guint64 i = 0; i < log->contacts.count; i++) {
    const HgContactRun run = run_of_one(at(log, i));
    add_run(wide, &run);
  }
  hg_chunked_array_clear(&log->contacts);
  *log = *wide;
  g_free(wide);
}

void hg_contact_log_append(HgContactLog *log, const HgContact *contact) {
  if (hg_contact_log_has_runs(log)) {
    const HgContactRun run = run_of_one(contact);
    add_run(log, &run);
  } else {
    memcpy(add(log, contact), contact, sizeof *contact);
  }
}

void hg_contact_log_append_run(HgContactLog *log, const HgContactRun *run) {
  if (!hg_contact_log_has_runs(log))
    widen(log);
  add_run(log, run);
}

void hg_contact_log_sort(HgContactLog *log) {
  if (!log->unsorted)
    return;
  const guint64 count = log->contacts.count;
  const gsize size = log->contacts.element;
  char *all = g_malloc(count * size);
  for (guint64 i = 0; i < count; i++)
    memcpy(all + i * size, at(log, i), size);
  qsort(all, count, size, compare); /* frames differ, so the order is total */
  for (guint64 i = 0; i < count; i++)
    memcpy(at(log, i), all + i * size, size);
  g_free(all);
  log->unsorted = FALSE;
}

void hg_contact_log_date(HgContactLog *log, gint64 ns) {
  for (guint64 i = 0; i < log->contacts.count; i++)
    if (at(log, i)->time_ns == HG_TIME_NONE)
      at(log, i)->time_ns = ns;
}

guint64 hg_contact_log_count(const HgContactLog *log) {
  return log->contacts.count;
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
  return log->contacts.element == sizeof(HgContactRun);
}
