/* arp_owners.h - which MAC addresses own which IP addresses on the local network
 *
 * Gathered from ARP and from the addresses in frames. A MAC that claims an address in ARP messages
 * (as sender) owns it. Packets from an address that no MAC claims so are forwarded by a router.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_ARP_OWNERS_H
#define HG_ANALYSIS_ARP_OWNERS_H

#include "tally/tally.h"

G_BEGIN_DECLS

/* A MAC and an IP address that it claims, or from which it sends. A source that was not seen has 0
 * packets. */
typedef struct {
  guint64 head;             /* hg_address_head of the address */
  guint owner;              /* index into `owners` */
  const HgAddress *address; /* borrowed from the tally */
  HgTraffic arp;            /* ARP messages in which the MAC claims the address as its own */
  HgTraffic link;           /* packets that have both as their source */
} HgArpBinding;

typedef struct {
  guint8 mac[6];
  guint claimed; /* how many addresses it claims by ARP */
  /* how many addresses that no MAC claims it was the first to send from: it forwards for others */
  guint passed;
  guint32 host;   /* host number of its own address; HG_NO_HOST: not known */
  guint networks; /* of IPv4 24 bits: in how many it claims addresses by turns; 0: in one */
  guint askers;   /* how many other MACs ask for an address that it claims */
} HgArpOwner;

typedef struct {
  GArray *owners;   /* HgArpOwner, by MAC */
  GArray *bindings; /* HgArpBinding, by address, then MAC */
} HgArpOwners;

/* The tally must outlive it and not change meanwhile. (transfer full) */
HgArpOwners *hg_arp_owners_new(const HgTally *tally);
void hg_arp_owners_free(HgArpOwners *owners);

/* NULL: the MAC was not seen. */
const HgArpOwner *hg_arp_owners_find(const HgArpOwners *owners, const guint8 mac[6]);

/* Whether packets from the address were captured, so that its ARP requests would be captured, too.
 */
gboolean hg_arp_owners_knows(const HgArpOwners *owners, const HgAddress *address);

/* Whether a MAC that claims the address forwards packets of others. */
gboolean hg_arp_owners_passes(const HgArpOwners *owners, const HgAddress *address);

/* The index at which the entries of an address begin, or would begin if there were any. */
guint hg_arp_owners_first(const HgArpOwners *owners, const HgAddress *address);

/* The index at which the entries of the address at `from` end. `*claimed`: some MAC claims it by
 * ARP. */
guint hg_arp_owners_run(const HgArpOwners *owners, guint from, gboolean *claimed);

/* Whether the MAC is a router: it forwards packets of several others, has addresses in several networks,
 * or most of the network asks for it. */
gboolean hg_arp_owner_is_gateway(const HgArpOwner *owner);

/* Whether the MAC is one that routers share by VRRP (RFC 5798), CARP, HSRP or GLBP. */
gboolean hg_arp_owner_is_shared(const guint8 mac[6]);

/* The host to which a finding about this MAC belongs: the MAC itself where it is a host of the
 * tally (layers auto and link); else the host whose packets come from this MAC alone; HG_NO_HOST:
 * none. */
guint32 hg_arp_owners_host(const HgArpOwners *owners, const HgTally *tally, const guint8 mac[6],
                           gboolean prefer_ip);

G_END_DECLS
#endif
