/* host.h - the hosts of a capture: addresses that Wireshark shows as Source or Destination
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_HOST_H
#define HG_TALLY_HOST_H

#include "binding.h"
#include "tally/types/address.h"
#include "tally/types/traffic.h"

G_BEGIN_DECLS

/* No host, wherever a host number is expected. */
#define HG_NO_HOST G_MAXUINT32

typedef struct HgHost {
  HgAddress address; /* owned by the host */
  guint8 bytes[16];  /* the address, when it is no longer than this: it is in the same cache line */
  char *text;        /* the address as Wireshark shows it unresolved, with its segment in brackets
                        where it is told apart by that */
  HgBinding *binding; /* the binding of one of its last packets; NULL: none */
  gboolean unicast;   /* hg_scope_is_unicast of the scope of the address alone */
  guint32 number;     /* its place in the tally, from 0, in order of first sight */
  /* hg_tally_finish sums these up: */
  HgTraffic sent;
  HgTraffic received;
  HgCopies sent_copies, received_copies; /* of its conversations */
  guint32 peers;           /* distinct other hosts that it exchanged packets with, either way */
  guint32 peers_out;       /* distinct other hosts that it sent to */
  guint32 peers_in;        /* distinct other hosts that sent to it */
  gboolean link_broadcast; /* a frame to it went to ff:ff:ff:ff:ff:ff */
  HgScope scope; /* of its address, with what is known of home networks; see hg_host_scope */
} HgHost;

typedef struct HgHostTable HgHostTable;

HgHostTable *hg_host_table_new(void);
void hg_host_table_free(HgHostTable *table);

/* NULL when no host has this address. Borrowed; lives as long as the table. */
HgHost *hg_host_table_find(const HgHostTable *table, const HgAddress *address);
/* The address must be new. `segment`: the name of its segment, for the host's text; may be NULL. */
HgHost *hg_host_table_add(HgHostTable *table, const HgAddress *address, const char *segment);
/* Fetch ahead for a look-up of this address; see hash_index.h. */
void hg_host_table_fetch_slots(const HgHostTable *table, const HgAddress *address);
void hg_host_table_fetch_host(const HgHostTable *table, const HgAddress *address);

HgHost *hg_host_table_get(const HgHostTable *table, guint32 number);
guint32 hg_host_table_count(const HgHostTable *table);

/* The scope of its address, in which hosts of home networks are internal; a silent IPv4 address that
 * link broadcasts went to is a subnet's broadcast address. */
HgScope hg_host_scope(const HgHost *host);

/* TRUE when the host can be a suspect, a target or a hop: its scope is a unicast one. */
gboolean hg_host_is_unicast(const HgHost *host);

/* Sent and received together; without packets (the end of a tunnel) the times are HG_TIME_NONE. */
HgTraffic hg_host_traffic(const HgHost *host);

G_END_DECLS
#endif
