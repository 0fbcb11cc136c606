/* host.c - the hosts of a capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "host.h"

#include <string.h>

struct HgHostTable {
  GPtrArray *hosts;       /* HgHost, owned */
  GHashTable *by_address; /* HgAddress (in the host) -> HgHost */
};

static void host_free(gpointer data) {
  HgHost *host = data;
  if (host->address.data != host->bytes)
    g_free((gpointer)host->address.data);
  g_free(host->text);
  g_free(host);
}

HgHostTable *hg_host_table_new(void) {
  HgHostTable *table = g_new0(HgHostTable, 1);
  table->hosts = g_ptr_array_new_with_free_func(host_free);
  table->by_address = g_hash_table_new(hg_address_hash, hg_address_equal);
  return table;
}

void hg_host_table_free(HgHostTable *table) {
  if (!table)
    return;
  g_hash_table_destroy(table->by_address);
  g_ptr_array_free(table->hosts, TRUE);
  g_free(table);
}

HgHost *hg_host_table_find(const HgHostTable *table, const HgAddress *address) {
  return g_hash_table_lookup(table->by_address, address);
}

HgHost *hg_host_table_add(HgHostTable *table, const HgAddress *address) {
  HgHost *host = g_new0(HgHost, 1);
  host->address = *address;
  if (address->length <= sizeof host->bytes) {
    memcpy(host->bytes, address->data, address->length);
    host->address.data = host->bytes;
  } else {
    host->address.data = g_memdup2(address->data, address->length);
  }
  host->text = hg_address_to_text(address);
  host->unicast = hg_scope_is_unicast(hg_address_scope(address));
  host->number = table->hosts->len;
  g_ptr_array_add(table->hosts, host);
  g_hash_table_insert(table->by_address, &host->address, host);
  return host;
}

HgHost *hg_host_table_get(const HgHostTable *table, guint32 number) {
  g_return_val_if_fail(number < table->hosts->len, NULL);
  return g_ptr_array_index(table->hosts, number);
}

guint32 hg_host_table_count(const HgHostTable *table) {
  return table->hosts->len;
}

HgScope hg_host_scope(const HgHost *host) {
  if (host->address.kind == HG_ADDRESS_IPV4 && host->link_broadcast && host->sent.packets == 0)
    return HG_SCOPE_BROADCAST;
  return hg_address_scope(&host->address);
}

gboolean hg_host_is_unicast(const HgHost *host) {
  return hg_scope_is_unicast(hg_host_scope(host));
}

HgTraffic hg_host_traffic(const HgHost *host) {
  HgTraffic both = host->sent;
  hg_traffic_merge(&both, &host->received);
  return both;
}
