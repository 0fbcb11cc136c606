/* binding.h - which MAC address was used with which IP address, and where that was seen
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_BINDING_H
#define HG_TALLY_BINDING_H

#include "tally/types/address.h"
#include "tally/types/traffic.h"

G_BEGIN_DECLS

typedef enum {
  HG_BINDING_LINK, /* link and network header of the same frame */
  HG_BINDING_ARP,  /* an ARP sender's claim */
  HG_BINDING_ND,   /* a claim in IPv6 neighbour discovery */
  HG_BINDING_COUNT
} HgBindingSource;

/* "link", "arp", "nd" */
const char *hg_binding_source_name(HgBindingSource source);
/* HG_BINDING_COUNT: there is no such source. */
HgBindingSource hg_binding_source_find(const char *name);

typedef struct HgBinding {
  guint8 mac[6];
  HgBindingSource source;
  HgAddress address; /* IPv4 or IPv6; owned by the binding */
  HgTraffic traffic; /* of the frames that showed the binding */
} HgBinding;

typedef struct HgBindingTable HgBindingTable;

HgBindingTable *hg_binding_table_new(void);
void hg_binding_table_free(HgBindingTable *table);

/* Finds or adds a binding. NULL when it would be new and the table has `max` already. Borrowed;
 * never moves. */
HgBinding *hg_binding_table_intern(HgBindingTable *table, const guint8 mac[6],
                                   const HgAddress *address, HgBindingSource source, guint32 max);
const HgBinding *hg_binding_table_get(const HgBindingTable *table, guint32 number);
guint32 hg_binding_table_count(const HgBindingTable *table);

/* Gives the bindings that have no time this one. */
void hg_binding_table_date(HgBindingTable *table, gint64 ns);

/* The MAC addresses of one IP address as text, sorted and without repetitions: a new strv (transfer
 * full). Takes time for the bindings of this address only. */
char **hg_binding_table_macs(const HgBindingTable *table, const HgAddress *address);

/* Whether several MAC addresses are bound to the address. */
gboolean hg_binding_table_is_contested(const HgBindingTable *table, const HgAddress *address);

G_END_DECLS
#endif
