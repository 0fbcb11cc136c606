/* naming.c - the ids and names of hosts in exports
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "naming.h"

#include <string.h>

#include "export/text/text.h"

/* The id of an address from which cleaning leaves nothing. */
#define NAMELESS "?"

/* The part by which two ids must differ: csv puts an apostrophe before some. */
static const char *key_of(const char *id) {
  return id + strspn(id, "'");
}

/* Whether text that somebody wrote is in the address of a host, or in the name of its segment. */
static gboolean has_free_text(const HgTally *tally) {
  const guint32 count = hg_tally_host_count(tally);
  for (guint32 i = 0; i < count; i++) {
    const HgAddress *address = &hg_tally_host(tally, i)->address;
    if (address->kind == HG_ADDRESS_OTHER || hg_tally_segment(tally, address))
      return TRUE;
  }
  return FALSE;
}

/* Adds " (2)", " (3)", ... until the id is unique. */
static void tell_apart(GString *id, GHashTable *taken) {
  if (*key_of(id->str) == '\0')
    g_string_append(id, NAMELESS);
  const gsize length = id->len;
  for (guint i = 2; g_hash_table_contains(taken, key_of(id->str)); i++) {
    g_string_truncate(id, length);
    g_string_append_printf(id, " (%u)", i);
  }
}

GPtrArray *hg_naming_ids(const HgTally *tally, const guint32 *order) {
  const guint32 count = hg_tally_host_count(tally);
  GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_set_size(ids, (gint)count);
  /* IP and MAC addresses alone are unique; free text can be the same once it is cleaned or cut. */
  GHashTable *taken = has_free_text(tally) ? g_hash_table_new(g_str_hash, g_str_equal) : NULL;

  for (guint32 i = 0; i < count; i++) {
    GString *id = g_string_new(NULL);
    hg_text_plain(id, hg_tally_host(tally, order[i])->text, -1);
    if (taken)
      tell_apart(id, taken);
    char *text = g_string_free(id, FALSE);
    ids->pdata[order[i]] = text;
    if (taken)
      g_hash_table_add(taken, (gpointer)key_of(text));
  }
  if (taken)
    g_hash_table_unref(taken);
  return ids;
}

GArray *hg_naming_find(const HgTally *tally, const GPtrArray *ids, const char *text) {
  HgAddressBuffer buffer;
  HgAddress address;
  if (!hg_address_parse(text, &address, &buffer))
    return g_array_new(FALSE, FALSE, sizeof(guint32));
  GArray *found = hg_tally_find_hosts(tally, &address);
  if (address.kind != HG_ADDRESS_OTHER)
    return found;
  for (guint32 i = 0; i < ids->len && found->len == 0; i++)
    if (strcmp(ids->pdata[i], text) == 0)
      g_array_append_val(found, i);
  return found;
}

/* How well a source of names identifies the host itself: names from the capture's owner or the host
 * come before names that others use; a DNS answer often names a shared front end. */
static int source_rank(guint sources) {
  static const HgNameSource best_first[] = {HG_NAME_RESOLVED, HG_NAME_DHCP, HG_NAME_TLS,
                                            HG_NAME_HTTP, HG_NAME_DNS};
  int rank = 0;
  while (rank < (int)G_N_ELEMENTS(best_first) && !(sources & (1u << best_first[rank])))
    rank++;
  return rank;
}

/* Whether the name is more than the address (an HTTP Host header may be just that). */
static gboolean tells_something(const HgName *name, const HgHost *host) {
  return *name->name && strcmp(name->name, host->text) != 0;
}

static gboolean is_better(const HgName *a, const HgName *b) {
  const int rank_a = source_rank(a->sources), rank_b = source_rank(b->sources);
  if (rank_a != rank_b)
    return rank_a < rank_b;
  if (a->first_frame != b->first_frame)
    return a->first_frame < b->first_frame;
  return strcmp(a->name, b->name) < 0;
}

const char **hg_naming_names(const HgTally *tally) {
  const HgNamesAndLogins *names_and_logins = hg_tally_names_and_logins(tally);
  const guint32 hosts = hg_tally_host_count(tally);
  const HgName **best = g_new0(const HgName *, hosts + 1);
  for (guint32 i = 0; i < hg_names_and_logins_name_count(names_and_logins); i++) {
    const HgName *name = hg_names_and_logins_name(names_and_logins, i);
    const HgHost *host = hg_tally_find_host(tally, &name->address);
    if (host && tells_something(name, host) &&
        (!best[host->number] || is_better(name, best[host->number])))
      best[host->number] = name;
  }
  const char **names = g_new0(const char *, hosts + 1);
  for (guint32 i = 0; i < hosts; i++)
    names[i] = best[i] ? best[i]->name : NULL;
  g_free(best);
  return names;
}
