/* save_contacts.c - saves the table contacts
 *
 * The contact log is sorted by time, so a run of packets is complete when the next contact of its
 * kind comes too late. It makes no difference if the contacts are runs themselves: those at most a
 * gap apart are merged.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "save.h"

/* The kind of a contact: there is one open run for each conversation protocol, direction and
 * payload. */
static gsize kind_of(const HgContact *contact) {
  return (gsize)contact->conversation_protocol * 4 + contact->direction * 2u + contact->payload;
}

static gboolean continues(const HgContactRun *run, const HgContactRun *next) {
  return hg_time_is_known(run->last_ns) &&
         (next->contact.time_ns <= run->last_ns ||
          hg_time_distance(next->contact.time_ns, run->last_ns) <= HG_CONTACT_GAP_NS);
}

static void extend(HgContactRun *run, const HgContactRun *next) {
  run->packets =
      run->packets > G_MAXUINT32 - next->packets ? G_MAXUINT32 : run->packets + next->packets;
  if (next->last_ns > run->last_ns ||
      (next->last_ns == run->last_ns && next->last_frame > run->last_frame)) {
    run->last_ns = next->last_ns;
    run->last_frame = next->last_frame;
  }
}

/* Runs in the order of their first packets: an array of HgContactRun (transfer full). */
static GArray *gather(const HgTally *tally) {
  const HgContactLog *log = hg_tally_contacts(tally);
  GArray *runs = g_array_new(FALSE, FALSE, sizeof(HgContactRun));
  guint32 *open = g_new0(guint32, (gsize)hg_tally_conversation_protocol_count(tally) * 4 + 1);
  for (guint64 i = 0; i < hg_contact_log_count(log); i++) {
    const HgContactRun next = hg_contact_log_run(log, i);
    guint32 *place = &open[kind_of(&next.contact)]; /* index in runs + 1 */
    HgContactRun *run = *place ? &g_array_index(runs, HgContactRun, *place - 1) : NULL;
    if (run && continues(run, &next)) {
      extend(run, &next);
    } else {
      g_array_append_val(runs, next);
      *place = runs->len;
    }
  }
  g_free(open);
  return runs;
}

void hg_store_save_contacts(HgStoreSave *save) {
  HgStoreWriter *writer = save->writer;
  GArray *runs = gather(save->tally);
  hg_store_table(writer, "contacts");
  for (guint i = 0; i < runs->len; i++) {
    const HgContactRun *run = &g_array_index(runs, HgContactRun, i);
    const guint32 spoken = run->contact.conversation_protocol;
    const guint32 conversation = hg_tally_conversation_protocol(save->tally, spoken)->conversation;
    hg_store_integer(writer, (gint64)i + 1);
    hg_store_integer(writer, save->spoken[spoken]);
    hg_store_integer(writer, run->contact.direction ^ (save->flipped[conversation] ? 1u : 0u));
    hg_store_integer(writer, run->contact.payload);
    hg_store_integer(writer, run->packets);
    hg_store_time(writer, run->contact.time_ns);
    hg_store_time(writer, run->last_ns);
    hg_store_integer(writer, run->contact.frame);
    hg_store_integer(writer, run->last_frame);
    hg_store_row(writer);
  }
  g_array_unref(runs);
}
