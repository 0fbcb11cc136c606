/* binding.c - which MAC address was used with which IP address
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "binding.h"

#include "tally/types/strings.h"

#include <string.h>

struct HgBindingTable {
  GPtrArray *bindings;    /* HgBinding, owned */
  GHashTable *by_content; /* HgBinding, equal when MAC, address and source are */
  GHashTable *by_address; /* HgAddress -> GPtrArray of HgBinding (both borrowed, array owned) */
};

static guint content_hash(gconstpointer key) {
  const HgBinding *b = key;
  const HgAddress mac = {.kind = HG_ADDRESS_MAC, .length = 6, .data = b->mac};
  return hg_address_hash(&b->address) * 31u + hg_address_hash(&mac) * 2u + b->source;
}

static gboolean content_equal(gconstpointer a, gconstpointer b) {
  const HgBinding *x = a, *y = b;
  return x->source == y->source && memcmp(x->mac, y->mac, 6) == 0 &&
         hg_address_equal(&x->address, &y->address);
}

static void binding_free(gpointer data) {
  HgBinding *binding = data;
  g_free((gpointer)binding->address.data);
  g_free(binding);
}

static const char *const names[HG_BINDING_COUNT] = {
    [HG_BINDING_LINK] = "link", [HG_BINDING_ARP] = "arp", [HG_BINDING_ND] = "nd"};

const char *hg_binding_source_name(HgBindingSource source) {
  return names[source];
}

HgBindingSource hg_binding_source_find(const char *name) {
  HgBindingSource source = 0;
  while (source < HG_BINDING_COUNT && strcmp(names[source], name) != 0)
    source++;
  return source;
}

HgBindingTable *hg_binding_table_new(void) {
  HgBindingTable *table = g_new0(HgBindingTable, 1);
  table->bindings = g_ptr_array_new_with_free_func(binding_free);
  table->by_content = g_hash_table_new(content_hash, content_equal);
  table->by_address = g_hash_table_new_full(hg_address_hash, hg_address_equal, NULL,
                                            (GDestroyNotify)g_ptr_array_unref);
  return table;
}

void hg_binding_table_free(HgBindingTable *table) {
  if (!table)
    return;
  g_hash_table_destroy(table->by_content);
  g_hash_table_destroy(table->by_address);
  g_ptr_array_free(table->bindings, TRUE);
  g_free(table);
}

static HgBinding *add(HgBindingTable *table, const HgBinding *key) {
  HgBinding *binding = g_new(HgBinding, 1);
  *binding = *key;
  binding->address.data = g_memdup2(key->address.data, key->address.length);
  g_ptr_array_add(table->bindings, binding);
  g_hash_table_add(table->by_content, binding);
  GPtrArray *same = g_hash_table_lookup(table->by_address, &binding->address);
  if (!same) {
    same = g_ptr_array_new();
    g_hash_table_insert(table->by_address, &binding->address, same);
  }
  g_ptr_array_add(same, binding);
  return binding;
}

HgBinding *hg_binding_table_intern(HgBindingTable *table, const guint8 mac[6],
                                   const HgAddress *address, HgBindingSource source, guint32 max) {
  HgBinding key = {.source = source, .address = *address};
  memcpy(key.mac, mac, 6);
  HgBinding *binding = g_hash_table_lookup(table->by_content, &key);
  if (binding || table->bindings->len >= max)
    return binding;
  return add(table, &key);
}

const HgBinding *hg_binding_table_get(const HgBindingTable *table, guint32 number) {
  g_return_val_if_fail(number < table->bindings->len, NULL);
  return g_ptr_array_index(table->bindings, number);
}

void hg_binding_table_date(HgBindingTable *table, gint64 ns) {
  for (guint i = 0; i < table->bindings->len; i++)
    hg_traffic_date(&((HgBinding *)g_ptr_array_index(table->bindings, i))->traffic, ns);
}

guint32 hg_binding_table_count(const HgBindingTable *table) {
  return table->bindings->len;
}

char **hg_binding_table_macs(const HgBindingTable *table, const HgAddress *address) {
  const GPtrArray *same = g_hash_table_lookup(table->by_address, address);
  GPtrArray *texts = g_ptr_array_new();
  for (guint i = 0; same && i < same->len; i++) {
    const HgBinding *binding = g_ptr_array_index(same, i);
    const HgAddress mac = {.kind = HG_ADDRESS_MAC, .length = 6, .data = binding->mac};
    g_ptr_array_add(texts, hg_address_to_text(&mac));
  }
  return hg_strings_to_strv(texts);
}

gboolean hg_binding_table_is_contested(const HgBindingTable *table, const HgAddress *address) {
  const GPtrArray *same = g_hash_table_lookup(table->by_address, address);
  for (guint i = 1; same && i < same->len; i++) {
    const HgBinding *first = g_ptr_array_index(same, 0), *other = g_ptr_array_index(same, i);
    if (memcmp(first->mac, other->mac, sizeof first->mac) != 0)
      return TRUE;
  }
  return FALSE;
}
