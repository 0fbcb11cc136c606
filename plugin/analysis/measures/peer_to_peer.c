/* peer_to_peer.c - tells the contacts of peer-to-peer software from those of a scan
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "peer_to_peer.h"

/* The first port that programs of users may listen on (RFC 6335, section 6). */
#define FIRST_PEER_PORT 1024

/* With fewer failures there is no scan, and too little to tell one from peer-to-peer software. */
#define MIN_FAILED 5

typedef struct {
  GHashTable *answering;       /* hosts that answered */
  GHashTable *failing, *ports; /* hosts that did not answer, and the ports tried there */
  guint failed;                /* pairs of host and port without an answer: at least MIN_FAILED */
} Census;

static gboolean may_be_peer(const HgFirstContact *contact) {
  return contact->port >= FIRST_PEER_PORT;
}

static void count_contact(Census *census, const HgFirstContact *contact) {
  if (!contact->failed) {
    g_hash_table_add(census->answering, GUINT_TO_POINTER(contact->server));
    return;
  }
  census->failed++;
  g_hash_table_add(census->failing, GUINT_TO_POINTER(contact->server));
  g_hash_table_add(census->ports, GUINT_TO_POINTER(contact->port));
}

static gboolean is_peer_to_peer(const Census *census) {
  const guint hosts = g_hash_table_size(census->failing);
  const guint answering = g_hash_table_size(census->answering);
  /* about one port for each pair */
  return g_hash_table_size(census->ports) * 2 >= census->failed &&
         census->failed <= hosts * 2 && /* not many ports on each host */
         /* and a tenth of the hosts answers */
         answering * 10 >= hosts + answering;
}

static guint count_failed_peers(const GArray *contacts) {
  guint failed = 0;
  for (guint i = 0; i < contacts->len; i++) {
    const HgFirstContact *contact = &g_array_index(contacts, HgFirstContact, i);
    failed += contact->failed && may_be_peer(contact);
  }
  return failed;
}

void hg_peer_to_peer_remove(GArray *contacts) {
  if (count_failed_peers(contacts) < MIN_FAILED)
    return;
  Census census = {g_hash_table_new(NULL, NULL), g_hash_table_new(NULL, NULL),
                   g_hash_table_new(NULL, NULL), 0};
  for (guint i = 0; i < contacts->len; i++) {
    const HgFirstContact *contact = &g_array_index(contacts, HgFirstContact, i);
    if (may_be_peer(contact))
      count_contact(&census, contact);
  }
  if (is_peer_to_peer(&census)) {
    guint kept = 0;
    for (guint i = 0; i < contacts->len; i++) {
      const HgFirstContact contact = g_array_index(contacts, HgFirstContact, i);
      if (!may_be_peer(&contact))
        g_array_index(contacts, HgFirstContact, kept++) = contact;
    }
    g_array_set_size(contacts, kept);
  }
  g_hash_table_destroy(census.answering);
  g_hash_table_destroy(census.failing);
  g_hash_table_destroy(census.ports);
}
