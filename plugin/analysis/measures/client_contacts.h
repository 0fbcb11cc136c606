/* client_contacts.h - the servers that a client tried over each transport, and those that did not
 * answer
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
  guint failed;     /* failed ones among these; later steps only remove some */
  GArray *hosts;    /* HgFirstContact, by time: the first contact with each server */
} HgClientContacts;

/* One list for each transport. They are reused for one client after the other. */
void hg_client_contacts_init(HgClientContacts lists[HG_TRANSPORT_COUNT]);
void hg_client_contacts_clear(HgClientContacts lists[HG_TRANSPORT_COUNT]);

/* Fills in `services` and `failed` for one client, whose first service is number `first`. Returns
 * the number after its last one. Leaves out contacts that have another explanation than a scan:
 * servers that answer on another port, names that were resolved, requests that follow from the
 * client's roles. The lists stay empty if none of them can have `least` failures. */
guint32 hg_client_contacts_gather(HgClientContacts lists[HG_TRANSPORT_COUNT], const HgRuleRun *run,
                                  guint32 first, double least);

/* Removes the contacts of peer-to-peer software, too, and fills in `hosts`. */
void hg_client_contacts_settle(HgClientContacts *contacts);

/* ICMP or ICMPv6. */
gboolean hg_client_contacts_are_echo(const HgClientContacts *contacts);

G_END_DECLS
#endif
