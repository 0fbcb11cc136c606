/* protocol.h - the names in the Protocol column, numbered in order of first sight
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PROTOCOL_H
#define HG_TALLY_PROTOCOL_H

#include "tally/types/traffic.h"

G_BEGIN_DECLS

/* The packet list shows no protocol, or the table is full. */
#define HG_PROTOCOL_UNKNOWN 0

typedef struct {
  char *name;         /* as the column shows it; "" for HG_PROTOCOL_UNKNOWN */
  gboolean transport; /* only names a transport or network header (TCP, UDP, ICMP, IPv4, ...) */
  gboolean arp;       /* ARP and its kin: finds out addresses of a link */
  gboolean carrier;   /* begins connections that go on as others, or look like them (RDP: TLS) */
  gboolean doubtful;  /* shown for what is only taken for the protocol of a port */
  HgTraffic traffic;  /* every packet, with or without addresses. None: only detected */
} HgProtocol;

typedef struct HgProtocolTable HgProtocolTable;

HgProtocolTable *hg_protocol_table_new(void);
void hg_protocol_table_free(HgProtocolTable *table);

/* The number of `name` (NULL or "" is HG_PROTOCOL_UNKNOWN), adding it when it is new.
 * The table holds at most 65,535 names; later ones answer HG_PROTOCOL_UNKNOWN. */
guint16 hg_protocol_table_intern(HgProtocolTable *table, const char *name);

/* Borrowed; valid until the next intern. */
HgProtocol *hg_protocol_table_get(const HgProtocolTable *table, guint16 protocol);
guint hg_protocol_table_count(const HgProtocolTable *table); /* with HG_PROTOCOL_UNKNOWN */

/* Whether the column shows TLS, or SSL before it, of whatever version. */
gboolean hg_protocol_name_is_tls(const char *name);

G_END_DECLS
#endif
