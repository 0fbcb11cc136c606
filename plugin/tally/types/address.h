/* address.h - an address as bytes: parsing, text, comparison and scope
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_ADDRESS_H
#define HG_TALLY_ADDRESS_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HG_ADDRESS_NONE, /* the packet shows no address on this side */
  HG_ADDRESS_IPV4, /* 4 bytes, network order */
  HG_ADDRESS_IPV6, /* 16 bytes, network order */
  HG_ADDRESS_MAC,  /* 6 bytes */
  HG_ADDRESS_OTHER /* UTF-8 text as Wireshark shows it (USB, IPX, Fibre Channel, ...) */
} HgAddressKind;

/* The longest text kept of an HG_ADDRESS_OTHER, bytes; longer ones are cut. */
#define HG_ADDRESS_MAX_LENGTH 255

/* A view: `data` is borrowed from whatever filled it in. A zeroed struct is "no address". */
typedef struct {
  HgAddressKind kind;
  guint8 length; /* bytes in data */
  guint16
      segment; /* IP: in which network segment, by number in the tally's table (segment.h); else 0 */
  const guint8 *data;
} HgAddress;

typedef enum {
  HG_SCOPE_INTERNAL,   /* a home network (from the address alone: RFC 1918, RFC 4193, RFC 6598),
                          unicast MAC, any other kind */
  HG_SCOPE_EXTERNAL,   /* every other unicast IP address */
  HG_SCOPE_MULTICAST,  /* IP multicast, MAC group bit */
  HG_SCOPE_BROADCAST,  /* 255.255.255.255, ff:ff:ff:ff:ff:ff, a subnet's (see HgHost.link_broadcast)
                        */
  HG_SCOPE_LINK_LOCAL, /* 169.254.0.0/16, fe80::/10 */
  HG_SCOPE_LOOPBACK,   /* 127.0.0.0/8, ::1 */
  HG_SCOPE_UNSPECIFIED, /* 0.0.0.0/8, ::, 00:00:00:00:00:00 */
  HG_SCOPE_COUNT
} HgScope;

/* TRUE when there is no address: such packets have no host on this side. */
static inline gboolean hg_address_is_none(const HgAddress *address) {
  return address->kind == HG_ADDRESS_NONE || address->length == 0;
}

guint hg_address_hash(gconstpointer address);                /* GHashFunc over HgAddress */
gboolean hg_address_equal(gconstpointer a, gconstpointer b); /* GEqualFunc over HgAddress */

/* TRUE for IPv4 and IPv6: what is behind such an address depends on the segment. */
static inline gboolean hg_address_is_ip(const HgAddress *address) {
  return address->kind == HG_ADDRESS_IPV4 || address->kind == HG_ADDRESS_IPV6;
}

/* The same address whatever the segment is. Borrows its bytes. */
static inline HgAddress hg_address_without_segment(const HgAddress *address) {
  HgAddress bare = *address;
  bare.segment = 0;
  return bare;
}

/* Kind and first HG_ADDRESS_HEAD_BYTES bytes (of IPv4 also the segment) as one number, for sorting and
 * searching many. Two heads that differ are in the order of hg_address_compare; of addresses that have
 * no more bytes (IPv4, MAC) equal heads mean equal addresses. */
#define HG_ADDRESS_HEAD_BYTES 7
guint64 hg_address_head(const HgAddress *address);

/* The order in which reports list addresses: IPv4 by number, then IPv6, MAC, others by text; of one
 * address by segment. < 0, 0, > 0. */
gint hg_address_compare(const HgAddress *a, const HgAddress *b);

/* The text that Wireshark shows unresolved ("10.0.0.1", "fe80::1", "00:11:22:aa:bb:cc").
 * Returns a new string (transfer full); "" for HG_ADDRESS_NONE. */
char *hg_address_to_text(const HgAddress *address);

/* Room for any address that hg_address_parse can fill in. */
typedef struct {
  guint8 bytes[HG_ADDRESS_MAX_LENGTH];
} HgAddressBuffer;

/* Reads IPv4, IPv6 (no zone, no brackets), MAC (with : or -), else takes the text as
 * HG_ADDRESS_OTHER. `address->data` points into `buffer`. FALSE only for an empty text. */
gboolean hg_address_parse(const char *text, HgAddress *address, HgAddressBuffer *buffer);

/* The scope that follows from the address alone; hg_tally_scope knows home networks, too. */
HgScope hg_address_scope(const HgAddress *address);

/* "internal", "external", "multicast", "broadcast", "link-local", "loopback", "unspecified". */
const char *hg_scope_name(HgScope scope);

/* "ipv4", "ipv6", "mac", "other"; "" for HG_ADDRESS_NONE. */
const char *hg_address_kind_name(HgAddressKind kind);

/* Internal, external, link-local or loopback: such hosts can be suspects, targets and hops. */
gboolean hg_scope_is_unicast(HgScope scope);

G_END_DECLS
#endif
