/* client_contacts.h - whom a client tried over each transport, and who did not answer
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
  guint failed;     /* of these; later steps can only take away */
  GArray *hosts;    /* HgFirstContact, by time: the first one for each server */
} HgClientContacts;

/* One list for each transport; they serve one client after the other. */
void hg_client_contacts_init(HgClientContacts lists[HG_TRANSPORT_COUNT]);
void hg_client_contacts_clear(HgClientContacts lists[HG_TRANSPORT_COUNT]);

/* Fills in `services` and `failed` for the client of service number `first`, which is its first
 * one; answers the number after its last. Leaves out what has another explanation than a scan:
 * servers that answer on something else, names that were looked up, what the client's roles make it
 * ask, and, unless `datagrams`, all silence but TCP's. The lists stay empty where none of them can
 * have `least` failures. */
guint32 hg_client_contacts_gather(HgClientContacts lists[HG_TRANSPORT_COUNT], const HgRuleRun *run,
                                  guint32 first, gboolean datagrams, double least);

/* Takes peer-to-peer overlays out, too, and fills in `hosts`. */
void hg_client_contacts_settle(HgClientContacts *contacts);

/* ICMP or ICMPv6. */
gboolean hg_client_contacts_are_echo(const HgClientContacts *contacts);

G_END_DECLS
#endif
