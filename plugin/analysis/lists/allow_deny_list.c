/* allow_deny_list.c - looks up entries by network and by domain
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "allow_deny_list_private.h"

#include "analysis/basics/dns_name.h"

#include <string.h>

#define MAX_BITS 128
#define BLOCK 1024 /* entries allocated at once */

/* The kinds of address that have networks. */
#define KINDS (HG_ADDRESS_MAC + 1)

struct HgAllowDenyList {
  GHashTable *networks;                /* HgListEntry as key and value: by kind, bits and bytes */
  GHashTable *domains;                 /* name -> HgListEntry */
  guint8 lengths[KINDS][MAX_BITS + 1]; /* which prefix lengths the list has */
  GStringChunk *strings;
  GPtrArray *blocks; /* of BLOCK entries each */
  guint32 count;
};

static guint network_hash(gconstpointer data) {
  const HgNetwork *network = &((const HgListEntry *)data)->network;
  guint32 hash = 2166136261u ^ network->kind; /* FNV-1a */
  hash = (hash ^ network->bits) * 16777619u;
  for (guint i = 0; i < sizeof network->bytes; i++)
    hash = (hash ^ network->bytes[i]) * 16777619u;
  return hash ^ (hash >> 15);
}

static gboolean network_equal(gconstpointer a, gconstpointer b) {
  const HgListEntry *x = a, *y = b;
  return hg_network_compare(&x->network, &y->network) == 0;
}

HgAllowDenyList *hg_allow_deny_list_new(void) {
  HgAllowDenyList *list = g_new0(HgAllowDenyList, 1);
  list->networks = g_hash_table_new(network_hash, network_equal);
  list->domains = g_hash_table_new(g_str_hash, g_str_equal);
  list->strings = g_string_chunk_new(4096);
  list->blocks = g_ptr_array_new_with_free_func(g_free);
  return list;
}

void hg_allow_deny_list_free(HgAllowDenyList *list) {
  if (!list)
    return;
  g_hash_table_destroy(list->networks);
  g_hash_table_destroy(list->domains);
  g_string_chunk_free(list->strings);
  g_ptr_array_free(list->blocks, TRUE);
  g_free(list);
}

const char *hg_allow_deny_list_file(HgAllowDenyList *list, const char *file) {
  return g_string_chunk_insert_const(list->strings, file);
}

static HgListEntry *copy_entry(HgAllowDenyList *list, const HgListEntry *entry) {
  if (list->count % BLOCK == 0)
    g_ptr_array_add(list->blocks, g_new(HgListEntry, BLOCK));
  HgListEntry *block = g_ptr_array_index(list->blocks, list->blocks->len - 1);
  HgListEntry *copy = &block[list->count++ % BLOCK];
  *copy = *entry;
  copy->next = NULL;
  return copy;
}

void hg_allow_deny_list_insert(HgAllowDenyList *list, const HgListEntry *entry,
                               const char *domain) {
  HgListEntry *first = domain ? g_hash_table_lookup(list->domains, domain)
                              : g_hash_table_lookup(list->networks, entry);
  HgListEntry *last = first;
  for (HgListEntry *at = first; at; at = at->next) {
    if (at->rule == entry->rule)
      return;
    last = at;
  }
  HgListEntry *copy = copy_entry(list, entry);
  if (last) {
    copy->domain = last->domain;
    last->next = copy;
  } else if (domain) {
    copy->domain = g_string_chunk_insert(list->strings, domain);
    g_hash_table_insert(list->domains, (gpointer)copy->domain, copy);
  } else {
    g_hash_table_add(list->networks, copy);
    list->lengths[entry->network.kind][entry->network.bits] = TRUE;
  }
}

guint32 hg_allow_deny_list_count(const HgAllowDenyList *list) {
  return list->count;
}

const HgListEntry *hg_allow_deny_list_entry(const HgAllowDenyList *list, guint32 number) {
  const HgListEntry *block = g_ptr_array_index(list->blocks, number / BLOCK);
  return &block[number % BLOCK];
}

gboolean hg_allow_deny_list_has_macs(const HgAllowDenyList *list) {
  return memchr(list->lengths[HG_ADDRESS_MAC], TRUE, MAX_BITS + 1) != NULL;
}

gboolean hg_allow_deny_list_has_domains(const HgAllowDenyList *list) {
  return g_hash_table_size(list->domains) > 0;
}

/* --- looking up --- */

static const HgListEntry *choose(const HgListEntry *entry, const struct HgRule *rule,
                                 gboolean named) {
  while (entry && rule && entry->rule != rule && (entry->rule || named))
    entry = entry->next;
  return entry;
}

const HgListEntry *hg_allow_deny_list_address(const HgAllowDenyList *list, const HgAddress *address,
                                              const struct HgRule *rule, gboolean named) {
  const guint bits = hg_network_address_bits(address->kind);
  if (bits == 0 || address->length != bits / 8)
    return NULL;
  HgListEntry key = {.network = hg_network_of(address, bits)};
  for (gint length = (gint)bits; length >= 0; length--) {
    if (!list->lengths[address->kind][length])
      continue;
    hg_network_widen(&key.network, (guint)length);
    const HgListEntry *found = choose(g_hash_table_lookup(list->networks, &key), rule, named);
    if (found)
      return found;
  }
  return NULL;
}

const HgListEntry *hg_allow_deny_list_name(const HgAllowDenyList *list, const char *name,
                                           const struct HgRule *rule, gboolean named) {
  if (!hg_allow_deny_list_has_domains(list))
    return NULL;
  char *lower = g_ascii_strdown(name, -1);
  const gsize length = strlen(lower);
  if (length > 0 && lower[length - 1] == '.')
    lower[length - 1] = '\0';
  const HgListEntry *found = NULL;
  for (const char *at = lower; *at && !found; at += *at == '.') {
    found = choose(g_hash_table_lookup(list->domains, at), rule, named);
    while (*at && *at != '.')
      at += hg_dns_name_step(at);
  }
  g_free(lower);
  return found;
}

char *hg_list_entry_text(const HgListEntry *entry) {
  return entry->domain ? g_strdup(entry->domain) : hg_network_to_text(&entry->network);
}
