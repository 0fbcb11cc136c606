/* contacts.c - the contact log for the page: smaller, but with the same traces
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "contacts.h"

#define NOTHING G_MAXUINT64
/* By direction and payload. */
#define KINDS 4

/* The burst that a device takes part in, kept at the one with the lower number. */
typedef struct {
  guint64 first[KINDS], last[KINDS];
} Burst;

typedef struct {
  HgHtmlContacts *contacts;
  guint32 *partner; /* by device: the only peer in its current burst; HG_NO_HOST: none yet */
  Burst *bursts;    /* by device */
} Bursts;

/* The devices that sent and received a contact that can carry a trace; FALSE: it cannot. */
static gboolean carries(const HgTally *tally, const HgDevices *devices, const HgContact *contact,
                        guint32 *source, guint32 *destination) {
  hg_tally_contact_ends(tally, contact, source, destination);
  if (*source == HG_NO_HOST || *destination == HG_NO_HOST ||
      !hg_host_is_unicast(hg_tally_host(tally, *source)) ||
      !hg_host_is_unicast(hg_tally_host(tally, *destination)))
    return FALSE;
  *source = hg_devices_reached_as(devices, *source);
  *destination = hg_devices_reached_as(devices, *destination);
  return *source != *destination;
}

static void end_burst(Bursts *all, guint32 host) {
  const guint32 partner = all->partner[host];
  if (partner == HG_NO_HOST)
    return;
  const Burst *burst = &all->bursts[MIN(host, partner)];
  for (int kind = 0; kind < KINDS; kind++) {
    if (burst->first[kind] == NOTHING)
      continue;
    g_array_append_val(all->contacts->kept, burst->first[kind]);
    if (burst->last[kind] != burst->first[kind])
      g_array_append_val(all->contacts->kept, burst->last[kind]);
  }
  all->partner[host] = all->partner[partner] = HG_NO_HOST;
}

static void begin_burst(Bursts *all, guint32 a, guint32 b) {
  end_burst(all, a);
  end_burst(all, b);
  all->partner[a] = b;
  all->partner[b] = a;
  Burst *burst = &all->bursts[MIN(a, b)];
  for (int kind = 0; kind < KINDS; kind++)
    burst->first[kind] = burst->last[kind] = NOTHING;
}

static gint compare_places(gconstpointer a, gconstpointer b) {
  const guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
  return x < y ? -1 : x > y;
}

static void keep_bursts(HgHtmlContacts *contacts, const HgTally *tally, const HgDevices *devices) {
  const HgContactLog *log = hg_tally_contacts(tally);
  const guint32 hosts = hg_tally_host_count(tally);
  Bursts all = {contacts, g_new(guint32, hosts), g_new(Burst, hosts)};
  guint32 source, destination;
  for (guint32 i = 0; i < hosts; i++)
    all.partner[i] = HG_NO_HOST;
  for (guint64 i = 0; i < hg_contact_log_count(log); i++) {
    const HgContact *contact = hg_contact_log_get(log, i);
    if (!carries(tally, devices, contact, &source, &destination))
      continue;
    if (all.partner[source] != destination)
      begin_burst(&all, source, destination);
    Burst *burst = &all.bursts[MIN(source, destination)];
    const int kind = (source < destination ? 0 : 2) + (contact->payload ? 1 : 0);
    if (burst->first[kind] == NOTHING)
      burst->first[kind] = i;
    burst->last[kind] = i;
  }
  for (guint32 i = 0; i < hosts; i++)
    end_burst(&all, i);
  g_free(all.partner);
  g_free(all.bursts);
  g_array_sort(contacts->kept, compare_places);
}

static void keep_all(HgHtmlContacts *contacts, const HgTally *tally, const HgDevices *devices) {
  const HgContactLog *log = hg_tally_contacts(tally);
  guint32 source, destination;
  for (guint64 i = 0; i < hg_contact_log_count(log); i++)
    if (carries(tally, devices, hg_contact_log_get(log, i), &source, &destination))
      g_array_append_val(contacts->kept, i);
}

static guint64 count_carrying(const HgTally *tally, const HgDevices *devices) {
  const HgContactLog *log = hg_tally_contacts(tally);
  guint32 source, destination;
  guint64 count = 0;
  for (guint64 i = 0; i < hg_contact_log_count(log); i++)
    count += carries(tally, devices, hg_contact_log_get(log, i), &source, &destination);
  return count;
}

void hg_html_contacts_init(HgHtmlContacts *contacts, const HgTally *tally, const HgDevices *devices,
                           guint64 exact, guint64 most) {
  *contacts = (HgHtmlContacts){.kept = g_array_new(FALSE, FALSE, sizeof(guint64)),
                               .carrying = count_carrying(tally, devices)};
  contacts->merged = contacts->carrying > exact;
  if (contacts->merged)
    keep_bursts(contacts, tally, devices);
  else
    keep_all(contacts, tally, devices);
  contacts->cut = contacts->kept->len > most;
  if (contacts->cut)
    g_array_set_size(contacts->kept, (guint)most);
}

void hg_html_contacts_clear(HgHtmlContacts *contacts) {
  g_array_unref(contacts->kept);
}
