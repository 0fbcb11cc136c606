/* home_networks.h - networks that are one's own, and how that is known
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_HOME_NETWORKS_H
#define HG_TALLY_HOME_NETWORKS_H

#include "tally/types/network.h"

G_BEGIN_DECLS

/* The strongest first: of the same network by two sources the first counts. */
typedef enum {
  HG_HOME_GIVEN,   /* the user said so; then nothing else counts */
  HG_HOME_PRIVATE, /* RFC 1918, RFC 6598 (shared with a provider), RFC 4193 */
  HG_HOME_LEASE,   /* a DHCP lease with its mask */
  HG_HOME_ROUTER,  /* a router advertised the prefix as on the link */
  HG_HOME_ARP,     /* ARP on the captured link */
  HG_HOME_ND,      /* neighbour discovery on the captured link */
  HG_HOME_COUNT
} HgHomeSource;

/* "home=", "private", "dhcp", "router", "arp", "nd" */
const char *hg_home_source_name(HgHomeSource source);

typedef struct {
  HgNetwork network;
  HgNetwork
      teller; /* all bits of one address: the DHCP server, the router, the neighbour that speaks
                       or asks; of kind HG_ADDRESS_NONE: nobody told */
  HgHomeSource source;
  guint32 frame; /* of the first packet that told; 0: none did */
  guint32 hosts; /* IP hosts of the tally that are in it */
} HgHomeNetwork;

/* Adds the private ranges to an array of HgNetwork. */
void hg_home_networks_add_private(GArray *networks);

/* Sorts an array of HgNetwork; what is there twice or covered by another one goes. */
void hg_home_networks_settle_given(GArray *networks);

/* The same for an array of HgHomeNetwork: of equal ones the strongest source stays, then the first
 * that told. */
void hg_home_networks_settle(GArray *home);

/* The network (HgHomeNetwork, of a settled array) that the address is in; NULL: none. An IPv4-mapped
 * IPv6 address is the IPv4 address. */
HgHomeNetwork *hg_home_networks_find(const GArray *home, const HgAddress *address);

/* Whether reports name it: a host is in it, or the user named it. */
gboolean hg_home_network_matters(const HgHomeNetwork *home);

/* Why the network is one's own: "private", "DHCP lease of 192.0.2.1, mask 255.255.255.0". (transfer
 * full) */
char *hg_home_network_why(const HgHomeNetwork *home);

G_END_DECLS
#endif
