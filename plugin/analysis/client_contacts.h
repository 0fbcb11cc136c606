/* client_contacts.h - whom a client tried over one transport, and who did not answer
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_CLIENT_CONTACTS_H
#define HG_ANALYSIS_CLIENT_CONTACTS_H

#include "first_contact.h"

G_BEGIN_DECLS

typedef struct {
  guint32 client;
  HgTransport transport;
  GArray *services; /* HgFirstContact: one for each server and port */
  GArray *hosts;    /* HgFirstContact, by time: the first one for each server */
} HgClientContacts;

/* Leaves out what has another explanation than a scan: peer-to-peer overlays, servers that answer
 * on something else, names that were looked up. Failures count only when `silence_counts`. */
void hg_client_contacts_init(HgClientContacts *contacts, const HgTally *tally,
                             const HgServiceTable *services, guint32 client, HgTransport transport,
                             gboolean silence_counts);
void hg_client_contacts_clear(HgClientContacts *contacts);

/* ICMP or ICMPv6. */
gboolean hg_client_contacts_are_echo(const HgClientContacts *contacts);

G_END_DECLS
#endif
