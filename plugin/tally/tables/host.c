/* host.c - the hosts of a capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "host.h"

#include <string.h>

#include "tally/memory/hash_index.h"

struct HgHostTable {
  HgChunkedArray hosts;   /* HgHost */
  HgHashIndex by_address; /* a host begins with its address */
};
G_STATIC_ASSERT(G_STRUCT_OFFSET(HgHost, address) == 0);

HgHostTable *hg_host_table_new(void) {
  HgHostTable *table = g_new0(HgHostTable, 1);
  hg_chunked_array_init(&table->hosts, sizeof(HgHost));
  hg_hash_index_init(&table->by_address, &table->hosts, hg_address_equal);
  return table;
}

static void clear(HgHost *host) {
  if (host->address.data != host->bytes)
    g_free((gpointer)host->address.data);
  g_free(host->text);
}

void hg_host_table_free(HgHostTable *table) {
  if (!table)
    return;
  hg_hash_index_clear(&table->by_address);
  for (guint64 i = 0; i < table->hosts.count; i++)
    clear(hg_chunked_array_get(&table->hosts, i));
  hg_chunked_array_clear(&table->hosts);
  g_free(table);
}

HgHost *hg_host_table_find(const HgHostTable *table, const HgAddress *address) {
  return hg_hash_index_find(&table->by_address, hg_address_hash(address), address);
}

void hg_host_table_fetch_slots(const HgHostTable *table, const HgAddress *address) {
  hg_hash_index_fetch_slots(&table->by_address, hg_address_hash(address));
}

void hg_host_table_fetch_host(const HgHostTable *table, const HgAddress *address) {
  hg_hash_index_fetch_element(&table->by_address, hg_address_hash(address),
                              G_STRUCT_OFFSET(HgHost, sent));
}

static char *text_of(const HgAddress *address, const char *segment) {
  char *text = hg_address_to_text(address);
  if (!segment)
    return text;
  char *both = g_strdup_printf("%s (%s)", text, segment);
  g_free(text);
  return both;
}

HgHost *hg_host_table_add(HgHostTable *table, const HgAddress *address, const char *segment) {
  HgHost *host = hg_chunked_array_add(&table->hosts);
  host->address = *address;
  if (address->length <= sizeof host->bytes) {
    memcpy(host->bytes, address->data, address->length);
    host->address.data = host->bytes;
  } else {
    host->address.data = g_memdup2(address->data, address->length);
  }
  host->text = text_of(address, segment);
  host->scope = hg_address_scope(address);
  host->unicast = hg_scope_is_unicast(host->scope);
  host->number = (guint32)(table->hosts.count - 1);
  hg_hash_index_add(&table->by_address, hg_address_hash(address));
  return host;
}

HgHost *hg_host_table_get(const HgHostTable *table, guint32 number) {
  g_return_val_if_fail(number < table->hosts.count, NULL);
  return hg_chunked_array_get(&table->hosts, number);
}

guint32 hg_host_table_count(const HgHostTable *table) {
  return (guint32)table->hosts.count;
}

HgScope hg_host_scope(const HgHost *host) {
  if (host->address.kind == HG_ADDRESS_IPV4 && host->link_broadcast && host->sent.packets == 0)
    return HG_SCOPE_BROADCAST;
  return host->scope;
}

gboolean hg_host_is_unicast(const HgHost *host) {
  return hg_scope_is_unicast(hg_host_scope(host));
}

HgTraffic hg_host_traffic(const HgHost *host) {
  HgTraffic both = host->sent;
  hg_traffic_merge(&both, &host->received);
  if (both.packets == 0)
    both.first_ns = both.last_ns = HG_TIME_NONE;
  return both;
}
