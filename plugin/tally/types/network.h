/* network.h - a network: an address and how many leading bits of it count (CIDR, RFC 4632)
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_NETWORK_H
#define HG_TALLY_NETWORK_H

#include "address.h"

G_BEGIN_DECLS

typedef struct {
  guint8 kind;      /* HgAddressKind: IPv4, IPv6, MAC */
  guint8 bits;      /* prefix length */
  guint8 bytes[16]; /* the address; 0 beyond the prefix, so equal networks have equal bytes */
} HgNetwork;

/* Bits of an address of this kind: 32, 128, 48. 0: the kind has no networks. */
guint hg_network_address_bits(HgAddressKind kind);

/* The network of the first `bits` bits of an address whose kind has networks. */
HgNetwork hg_network_of(const HgAddress *address, guint bits);

/* The first address of the network, which is borrowed from it. */
HgAddress hg_network_address(const HgNetwork *network);

/* Shortens the prefix. `bits`: at most as many as it has. */
void hg_network_widen(HgNetwork *network, guint bits);

/* Reads "10.0.0.0/8", "2001:db8::/32", "00:25:b3:00:00:00/24"; an address alone is a network of
 * itself. NULL: done; else why the text is none (a static text). */
const char *hg_network_parse(const char *text, HgNetwork *network);

/* As hg_network_parse reads it, in the shortest form. (transfer full) */
char *hg_network_to_text(const HgNetwork *network);

gboolean hg_network_has(const HgNetwork *network, const HgAddress *address);
gboolean hg_network_covers(const HgNetwork *network, const HgNetwork *other);

/* What is taken for the subnet of an IP address of which nothing more is known, bits: 24, of IPv6 64. */
guint hg_network_usual_bits(HgAddressKind kind);

/* How many leading bits two addresses of the same kind share. */
guint hg_network_common_bits(const HgAddress *a, const HgAddress *b);

/* By kind and address, and of networks that begin alike the largest first: what covers others stands
 * before them. */
gint hg_network_compare(const HgNetwork *a, const HgNetwork *b);

G_END_DECLS
#endif
