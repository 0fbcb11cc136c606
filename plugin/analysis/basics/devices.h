/* devices.h - which hosts are addresses of one machine
 *
 * A device is one machine on the captured link: its MAC address and the IP addresses that it speaks
 * for there. Hosts stay what Wireshark shows; the device links them.
 *
 * A MAC address joins addresses that are proven to be its own: it claims them by ARP or neighbour
 * discovery, they are link-local (RFC 4291, section 2.5.6: routers do not forward them), they are made
 * from the MAC itself (RFC 4291, appendix A), a router advertises their prefix as on the link
 * (RFC 4861, section 4.6.2), or they talk directly to a neighbour in their own subnet that has another
 * MAC. Ambiguity means separate:
 * - an address that several MACs use (a lease that moved, ARP spoofing, both sides of a router)
 *   belongs to no device;
 * - a MAC joins nothing when it forwards (it sends from unproven addresses of several networks),
 *   when it translates for others (several IPv4 or several link-local addresses, or an address
 *   made from another MAC: bridges, repeaters, proxy ARP, ARP spoofing), and when routers share it.
 *
 * Worked out from a tally alone. With pseudonyms an address no longer shows the MAC that it was made
 * from.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DEVICES_H
#define HG_ANALYSIS_DEVICES_H

#include "tally/merge/fold.h"

G_BEGIN_DECLS

/* How an address is known to be its MAC's own; the strongest that applies. */
typedef enum {
  HG_DEVICE_ARP,        /* the MAC claims it by ARP */
  HG_DEVICE_ND,         /* the MAC claims it by neighbour discovery (RFC 4861) */
  HG_DEVICE_LINK_LOCAL, /* the MAC sends from it, and nobody forwards such addresses */
  HG_DEVICE_EUI64,      /* its interface identifier is made from the MAC */
  HG_DEVICE_ON_LINK,    /* a router advertises its prefix as on the link */
  HG_DEVICE_NEIGHBOUR,  /* it talks to an address of its subnet that has another MAC */
  HG_DEVICE_MAC         /* it is the MAC itself */
} HgDeviceEvidence;

/* "claimed by ARP", ... */
const char *hg_device_evidence_text(HgDeviceEvidence evidence);

/* A host that belongs to a device of several. */
typedef struct {
  guint32 host;
  HgDeviceEvidence evidence;
  guint32 frame; /* the first one that shows the address with the MAC */
  guint8 mac[6];
} HgDeviceMember;

typedef struct HgDevices HgDevices;

/* Time: two passes over bindings, one over conversations and hosts.
 * (transfer full) */
HgDevices *hg_devices_new(const HgTally *tally);
/* Each host is a device of its own: for a tally whose hosts are machines or subnets already. (transfer
 * full) */
HgDevices *hg_devices_none(const HgTally *tally);
void hg_devices_free(HgDevices *devices);

/* The host that stands for the device of this host: its IPv4 address, else a global IPv6 address, one
 * of a unique local prefix, a link-local one, the MAC; of several the one with most packets. The host
 * itself where it is the only one of its device. */
guint32 hg_devices_of(const HgDevices *devices, guint32 host);

/* The host that stands for what a packet from or to this host reaches: its device, but a MAC for itself.
 * What passes under MACs is ARP and the like, and by these every machine of a link would be reached from
 * every other. */
guint32 hg_devices_reached_as(const HgDevices *devices, guint32 host);

/* The members of a host's device as a run, the one that stands for it first, then in the order above.
 * NULL and 0: the host is the only one. Borrowed. */
const HgDeviceMember *hg_devices_members(const HgDevices *devices, guint32 host, guint *count);

/* TRUE: some device has several IP addresses that are hosts. */
gboolean hg_devices_have_several_ips(const HgDevices *devices);

/* The devices' tally in which each device is one host, the one that stands for it; the others are its
 * aliases (hg_tally_host_aliases). `macs`: FALSE: only IP addresses become one, and evidence is told
 * about the host that stands for the device. TRUE: the MAC, too, and evidence stays as it was told,
 * since much of it is about MACs. (transfer full) */
HgTally *hg_devices_fold(const HgDevices *devices, const HgTally *tally, gboolean macs);

/* How many of the unicast hosts are devices of their own: those that stand for one. */
guint32 hg_devices_count(const HgDevices *devices);

G_END_DECLS
#endif
