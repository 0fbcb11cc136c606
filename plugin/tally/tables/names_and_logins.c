/* names_and_logins.c - logins in the clear and names of addresses, as evidence gave them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "names_and_logins.h"

#include "tally/types/strings.h"

#include <string.h>

struct HgNamesAndLogins {
  GPtrArray *logins;            /* HgLogin, owned */
  GHashTable *logins_by_all;    /* HgLogin, equal when all but traffic is */
  GPtrArray *names;             /* HgName, owned */
  GHashTable *names_by_both;    /* HgName, equal when address and name are */
  GHashTable *names_by_address; /* HgAddress -> GPtrArray of HgName (array owned) */
};

static HgAddress copy_address(const HgAddress *address) {
  HgAddress copy = *address;
  copy.data = g_memdup2(address->data, address->length);
  return copy;
}

static guint login_hash(gconstpointer key) {
  const HgLogin *l = key;
  return hg_address_hash(&l->client) ^ hg_address_hash(&l->server) * 31u ^ g_str_hash(l->user);
}

static gboolean login_equal(gconstpointer a, gconstpointer b) {
  const HgLogin *x = a, *y = b;
  return hg_address_equal(&x->client, &y->client) && hg_address_equal(&x->server, &y->server) &&
         strcmp(x->protocol, y->protocol) == 0 && strcmp(x->user, y->user) == 0;
}

static void login_free(gpointer data) {
  HgLogin *login = data;
  g_free((gpointer)login->client.data);
  g_free((gpointer)login->server.data);
  g_free(login->protocol);
  g_free(login->user);
  g_free(login);
}

static guint name_hash(gconstpointer key) {
  const HgName *n = key;
  return hg_address_hash(&n->address) ^ g_str_hash(n->name);
}

static gboolean name_equal(gconstpointer a, gconstpointer b) {
  const HgName *x = a, *y = b;
  return hg_address_equal(&x->address, &y->address) && strcmp(x->name, y->name) == 0;
}

static void name_free(gpointer data) {
  HgName *name = data;
  g_free((gpointer)name->address.data);
  g_free(name->name);
  g_free(name);
}

HgNamesAndLogins *hg_names_and_logins_new(void) {
  HgNamesAndLogins *names_and_logins = g_new0(HgNamesAndLogins, 1);
  names_and_logins->logins = g_ptr_array_new_with_free_func(login_free);
  names_and_logins->logins_by_all = g_hash_table_new(login_hash, login_equal);
  names_and_logins->names = g_ptr_array_new_with_free_func(name_free);
  names_and_logins->names_by_both = g_hash_table_new(name_hash, name_equal);
  names_and_logins->names_by_address = g_hash_table_new_full(
      hg_address_hash, hg_address_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  return names_and_logins;
}

void hg_names_and_logins_free(HgNamesAndLogins *names_and_logins) {
  if (!names_and_logins)
    return;
  g_hash_table_destroy(names_and_logins->logins_by_all);
  g_hash_table_destroy(names_and_logins->names_by_both);
  g_hash_table_destroy(names_and_logins->names_by_address);
  g_ptr_array_free(names_and_logins->logins, TRUE);
  g_ptr_array_free(names_and_logins->names, TRUE);
  g_free(names_and_logins);
}

gboolean hg_names_and_logins_add_login(HgNamesAndLogins *names_and_logins, const HgAddress *client,
                                       const HgAddress *server, const char *protocol,
                                       const char *user, const HgTraffic *traffic, guint32 max) {
  const HgLogin key = {*client, *server, (char *)protocol, (char *)user, {0}};
  HgLogin *login = g_hash_table_lookup(names_and_logins->logins_by_all, &key);
  if (!login) {
    if (names_and_logins->logins->len >= max)
      return FALSE;
    login = g_new0(HgLogin, 1);
    login->client = copy_address(client);
    login->server = copy_address(server);
    login->protocol = g_strdup(protocol);
    login->user = g_strdup(user);
    g_ptr_array_add(names_and_logins->logins, login);
    g_hash_table_add(names_and_logins->logins_by_all, login);
  }
  hg_traffic_merge(&login->traffic, traffic);
  return TRUE;
}

static HgName *new_name(HgNamesAndLogins *names_and_logins, const HgName *key) {
  HgName *name = g_new0(HgName, 1);
  name->address = copy_address(&key->address);
  name->name = g_strdup(key->name);
  name->first_frame = key->first_frame;
  g_ptr_array_add(names_and_logins->names, name);
  g_hash_table_add(names_and_logins->names_by_both, name);
  GPtrArray *same = g_hash_table_lookup(names_and_logins->names_by_address, &name->address);
  if (!same) {
    same = g_ptr_array_new();
    g_hash_table_insert(names_and_logins->names_by_address, &name->address, same);
  }
  g_ptr_array_add(same, name);
  return name;
}

gboolean hg_names_and_logins_add_name(HgNamesAndLogins *names_and_logins, const HgAddress *address,
                                      const char *text, guint sources, guint32 first_frame,
                                      guint32 max) {
  const HgName key = {*address, (char *)text, 0, first_frame};
  HgName *name = g_hash_table_lookup(names_and_logins->names_by_both, &key);
  if (!name) {
    if (names_and_logins->names->len >= max)
      return FALSE;
    name = new_name(names_and_logins, &key);
  }
  name->sources |= sources;
  name->first_frame = MIN(name->first_frame, first_frame);
  return TRUE;
}

gboolean hg_names_and_logins_has_name(const HgNamesAndLogins *names_and_logins,
                                      const HgAddress *address, const char *text, guint sources,
                                      guint32 first_frame) {
  const HgName key = {*address, (char *)text, 0, first_frame};
  const HgName *name = g_hash_table_lookup(names_and_logins->names_by_both, &key);
  return name && (name->sources & sources) == sources && name->first_frame <= first_frame;
}

guint32 hg_names_and_logins_login_count(const HgNamesAndLogins *names_and_logins) {
  return names_and_logins->logins->len;
}

const HgLogin *hg_names_and_logins_login(const HgNamesAndLogins *names_and_logins, guint32 number) {
  g_return_val_if_fail(number < names_and_logins->logins->len, NULL);
  return g_ptr_array_index(names_and_logins->logins, number);
}

void hg_names_and_logins_date(HgNamesAndLogins *names_and_logins, gint64 ns) {
  for (guint i = 0; i < names_and_logins->logins->len; i++)
    hg_traffic_date(&((HgLogin *)g_ptr_array_index(names_and_logins->logins, i))->traffic, ns);
}

guint32 hg_names_and_logins_name_count(const HgNamesAndLogins *names_and_logins) {
  return names_and_logins->names->len;
}

const HgName *hg_names_and_logins_name(const HgNamesAndLogins *names_and_logins, guint32 number) {
  g_return_val_if_fail(number < names_and_logins->names->len, NULL);
  return g_ptr_array_index(names_and_logins->names, number);
}

char **hg_names_and_logins_names(const HgNamesAndLogins *names_and_logins,
                                 const HgAddress *address) {
  const GPtrArray *same = g_hash_table_lookup(names_and_logins->names_by_address, address);
  GPtrArray *texts = g_ptr_array_new();
  for (guint i = 0; same && i < same->len; i++)
    g_ptr_array_add(texts, g_strdup(((const HgName *)g_ptr_array_index(same, i))->name));
  return hg_strings_to_strv(texts);
}
