/* arp_owners.h - which MAC addresses speak for which IP addresses on the local network
 *
 * Gathered from bindings and from ARP. Speaking for an address by ARP says that it is here; packets
 * of an address that nobody speaks for so are passed on by a router.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ARP_OWNERS_H
#define HG_ANALYSIS_ARP_OWNERS_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* A MAC and an IP address. Packets are 0 in what was not seen. */
typedef struct {
  guint64 head;             /* hg_address_head of the address */
  guint owner;              /* index into the speakers */
  const HgAddress *address; /* borrowed from the tally */
  HgTraffic arp;            /* messages in which the MAC claims the address */
  HgTraffic link;           /* packets with both as senders */
} HgAddressBinding;

typedef struct {
  guint8 mac[6];
  guint claimed; /* addresses that it claims by ARP */
  guint passed; /* addresses of others, claimed by nobody, whose packets it was the first to send */
  guint32 host; /* its own address; HG_NO_HOST: not known */
  guint askers; /* other MACs that ask for an address which it claims */
} HgArpOwner;

typedef struct {
  GArray *owners; /* HgArpOwner, by MAC */
  GArray *spoken; /* HgAddressBinding, by address, then MAC */
} HgArpOwners;

/* The tally must outlive it and not change meanwhile. (transfer full) */
HgArpOwners *hg_arp_owners_new(const HgTally *tally);
void hg_arp_owners_free(HgArpOwners *owners);

/* NULL when it was not seen. */
const HgArpOwner *hg_arp_owners_find(const HgArpOwners *owners, const guint8 mac[6]);

/* Whether anything came from the address: what it asks would be seen, too. */
gboolean hg_arp_owners_knows(const HgArpOwners *owners, const HgAddress *address);

/* Whether a MAC that claims the address passes on packets of others. */
gboolean hg_arp_owners_passes(const HgArpOwners *owners, const HgAddress *address);

/* Where the entries of an address begin; where they would, when there are none. */
guint hg_arp_owners_first(const HgArpOwners *owners, const HgAddress *address);

/* Where the entries of the address at `from` end; `*claimed`: somebody claims it by ARP. */
guint hg_arp_owners_run(const HgArpOwners *owners, guint from, gboolean *claimed);

/* A router: it passes on packets of several others, or most of the network asks for it. */
gboolean hg_arp_owner_is_gateway(const HgArpOwner *owner);

/* One of the addresses that VRRP (RFC 5798), CARP, HSRP and GLBP share between routers. */
gboolean hg_arp_owner_is_shared(const guint8 mac[6]);

/* The host that a finding about this MAC is of: the MAC's own where packets show it (layers auto
 * and link); else the host whose packets come from it alone; HG_NO_HOST when there is none. */
guint32 hg_arp_owners_host(const HgArpOwners *owners, const HgTally *tally, const guint8 mac[6],
                           gboolean prefer_ip);

G_END_DECLS
#endif
