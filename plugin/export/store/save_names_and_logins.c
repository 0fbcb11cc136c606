/* save_names_and_logins.c - saves the tables undelivered (pending ICMP errors), bindings, names,
 * logins, observations
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "save.h"

#include <string.h>

/* Text, bytes and segment of an address: the columns ADDRESS, KIND, RAW, SEGMENT. */
static void save_address(HgStoreWriter *writer, const HgAddress *address) {
  char *text = hg_address_to_text(address);
  hg_store_text(writer, text);
  hg_store_literal(writer, hg_address_kind_name(address->kind));
  if (address->kind == HG_ADDRESS_OTHER)
    hg_store_hex(writer, address->data, address->length);
  else
    hg_store_null(writer);
  hg_store_integer(writer, address->segment);
  g_free(text);
}

static gint compare_bindings(gconstpointer a, gconstpointer b, gpointer data) {
  const HgBinding *x = hg_binding_table_get(data, *(const guint32 *)a);
  const HgBinding *y = hg_binding_table_get(data, *(const guint32 *)b);
  const gint addresses = hg_address_compare(&x->address, &y->address);
  const int macs = memcmp(x->mac, y->mac, sizeof x->mac);
  return addresses ? addresses : macs ? macs : (gint)x->source - (gint)y->source;
}

static void save_bindings(HgStoreSave *save) {
  const HgBindingTable *bindings = hg_tally_bindings(save->tally);
  const guint32 count = hg_binding_table_count(bindings);
  guint32 *order = hg_store_sorted(count, compare_bindings, bindings);
  hg_store_table(save->writer, "bindings");
  for (guint32 i = 0; i < count; i++) {
    const HgBinding *binding = hg_binding_table_get(bindings, order[i]);
    const HgAddress mac = {
        .kind = HG_ADDRESS_MAC, .length = sizeof binding->mac, .data = binding->mac};
    char *address_text = hg_address_to_text(&binding->address),
         *mac_text = hg_address_to_text(&mac);
    hg_store_integer(save->writer, (gint64)i + 1);
    hg_store_text(save->writer, address_text);
    hg_store_integer(save->writer, binding->address.segment);
    hg_store_text(save->writer, mac_text);
    hg_store_literal(save->writer, hg_binding_source_name(binding->source));
    hg_store_traffic(save->writer, &binding->traffic);
    hg_store_row(save->writer);
    g_free(address_text);
    g_free(mac_text);
  }
  g_free(order);
}

static gint compare_names(gconstpointer a, gconstpointer b, gpointer data) {
  const HgName *x = hg_names_and_logins_name(data, *(const guint32 *)a);
  const HgName *y = hg_names_and_logins_name(data, *(const guint32 *)b);
  const gint addresses = hg_address_compare(&x->address, &y->address);
  return addresses ? addresses : strcmp(x->name, y->name);
}

static void save_names(HgStoreSave *save) {
  const HgNamesAndLogins *names_and_logins = hg_tally_names_and_logins(save->tally);
  const guint32 count = hg_names_and_logins_name_count(names_and_logins);
  guint32 *order = hg_store_sorted(count, compare_names, names_and_logins);
  hg_store_table(save->writer, "names");
  for (guint32 i = 0; i < count; i++) {
    const HgName *name = hg_names_and_logins_name(names_and_logins, order[i]);
    hg_store_integer(save->writer, (gint64)i + 1);
    save_address(save->writer, &name->address);
    hg_store_raw_text(save->writer, name->name);
    hg_store_integer(save->writer, name->sources);
    hg_store_integer(save->writer, name->first_frame);
    hg_store_row(save->writer);
  }
  g_free(order);
}

static gint compare_logins(gconstpointer a, gconstpointer b, gpointer data) {
  const HgLogin *x = hg_names_and_logins_login(data, *(const guint32 *)a);
  const HgLogin *y = hg_names_and_logins_login(data, *(const guint32 *)b);
  gint order = hg_address_compare(&x->client, &y->client);
  if (order == 0)
    order = hg_address_compare(&x->server, &y->server);
  if (order == 0)
    order = strcmp(x->protocol, y->protocol);
  return order ? order : strcmp(x->user, y->user);
}

static void save_logins(HgStoreSave *save) {
  const HgNamesAndLogins *names_and_logins = hg_tally_names_and_logins(save->tally);
  const guint32 count = hg_names_and_logins_login_count(names_and_logins);
  guint32 *order = hg_store_sorted(count, compare_logins, names_and_logins);
  hg_store_table(save->writer, "logins");
  for (guint32 i = 0; i < count; i++) {
    const HgLogin *login = hg_names_and_logins_login(names_and_logins, order[i]);
    hg_store_integer(save->writer, (gint64)i + 1);
    save_address(save->writer, &login->client);
    save_address(save->writer, &login->server);
    hg_store_text(save->writer, login->protocol);
    hg_store_raw_text(save->writer, login->user);
    hg_store_traffic(save->writer, &login->traffic);
    hg_store_row(save->writer);
  }
  g_free(order);
}

static gint compare_observations(gconstpointer a, gconstpointer b, gpointer data) {
  const HgObservation *x = hg_observation_table_get(data, *(const guint32 *)a);
  const HgObservation *y = hg_observation_table_get(data, *(const guint32 *)b);
  const gint words = strcmp(hg_observations[x->kind].word, hg_observations[y->kind].word);
  return words ? words : hg_observation_compare(x, y);
}

static void save_observations(HgStoreSave *save) {
  const HgObservationTable *observations = hg_tally_observations(save->tally);
  const guint32 count = hg_observation_table_count(observations);
  guint32 *order = hg_store_sorted(count, compare_observations, observations);
  hg_store_table(save->writer, "observations");
  for (guint32 i = 0; i < count; i++) {
    const HgObservation *observation = hg_observation_table_get(observations, order[i]);
    hg_store_integer(save->writer, (gint64)i + 1);
    hg_store_literal(save->writer, hg_observations[observation->kind].word);
    save_address(save->writer, &observation->actor);
    save_address(save->writer, &observation->peer);
    hg_store_raw_text(save->writer, observation->subject);
    hg_store_traffic(save->writer, &observation->traffic);
    hg_store_row(save->writer);
  }
  g_free(order);
}

static gint compare_pending_errors(gconstpointer a, gconstpointer b, gpointer data) {
  const GArray *all = data;
  const guint32 x = g_array_index(all, HgPendingIcmpError, *(const guint32 *)a).frame;
  const guint32 y = g_array_index(all, HgPendingIcmpError, *(const guint32 *)b).frame;
  return x < y ? -1 : x > y;
}

static void save_pending_errors(HgStoreSave *save) {
  const GArray *all = hg_tally_pending_icmp_errors(save->tally);
  guint32 *order = hg_store_sorted(all->len, compare_pending_errors, all);
  hg_store_table(save->writer, "undelivered");
  for (guint i = 0; i < all->len; i++) {
    const HgPendingIcmpError *one = &g_array_index(all, HgPendingIcmpError, order[i]);
    hg_store_integer(save->writer, (gint64)i + 1);
    save_address(save->writer, &one->source);
    save_address(save->writer, &one->destination);
    hg_store_literal(save->writer, hg_transport_name(one->transport));
    hg_store_integer(save->writer, one->source_port);
    hg_store_integer(save->writer, one->destination_port);
    hg_store_integer(save->writer, one->frame);
    hg_store_time(save->writer, one->time_ns);
    hg_store_row(save->writer);
  }
  g_free(order);
}

void hg_store_save_names_and_logins(HgStoreSave *save) {
  save_pending_errors(save);
  save_bindings(save);
  save_names(save);
  save_logins(save);
  save_observations(save);
}
