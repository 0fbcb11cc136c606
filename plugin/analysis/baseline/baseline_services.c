/* baseline_services.c - services that servers did not offer before, and protocols whose share moved
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "baseline_private.h"

#include "analysis/basics/statistics.h"

#include <math.h>
#include <string.h>

/* --- services --- */

/* What each server of the known-normal traffic offers, by its number there. (transfer full) */
static HgServiceBook *list_offers(const HgBaseline *baseline) {
  const HgWorkedOut *normal = &baseline->normal;
  HgServiceBook *book = hg_service_book_new(baseline->protocols);
  for (guint32 i = 0; i < hg_service_table_count(normal->services); i++) {
    const HgService *service = hg_service_table_get(normal->services, i);
    hg_service_book_add(book, service->server, normal->tally, normal->roles, service);
  }
  return book;
}

/* A client was answered, or spoke a recognised protocol. A port that was only tried is no service.
 */
static gboolean is_service(const HgBaseline *baseline, const HgService *service) {
  const HgWorkedOut *now = &baseline->now;
  if (!hg_scope_is_unicast((HgScope)now->scopes[service->client]) ||
      !hg_scope_is_unicast((HgScope)now->scopes[service->server]))
    return FALSE;
  if (service->established + service->midstream > 0)
    return TRUE;
  const HgProtocol *protocol = hg_tally_protocol(now->tally, service->protocol);
  return service->transport == HG_TRANSPORT_UDP && *protocol->name && !protocol->transport;
}

static gint compare_offers(gconstpointer a, gconstpointer b, gpointer data) {
  const HgBaseline *baseline = data;
  const HgService *x = *(const HgService *const *)a, *y = *(const HgService *const *)b;
  gint order = hg_baseline_order_hosts(baseline, x->server, y->server);
  if (!order)
    order = hg_service_compare_offer(baseline->now.tally, x, y);
  return order ? order : hg_baseline_order_hosts(baseline, x->client, y->client);
}

static void add_service(HgBaseline *baseline, const HgService *service) {
  GArray *all = baseline->services;
  HgNewService *last =
      all->len > 0 ? &g_array_index(all, HgNewService, all->len - 1) : (HgNewService *)NULL;
  if (!last || hg_service_compare_offer(baseline->now.tally, g_ptr_array_index(last->services, 0),
                                        service) != 0) {
    const HgNewService fresh = {.services = g_ptr_array_new(),
                                .first_frame = service->first_frame,
                                .known_server = baseline->twins[service->server] != HG_NO_HOST};
    g_array_append_val(all, fresh);
    last = &g_array_index(all, HgNewService, all->len - 1);
  }
  g_ptr_array_add(last->services, (gpointer)service);
  last->packets += service->packets[0] + service->packets[1];
  last->first_frame = MIN(last->first_frame, service->first_frame);
}

void hg_baseline_compare_services(HgBaseline *baseline) {
  const HgWorkedOut *now = &baseline->now;
  HgServiceBook *book = list_offers(baseline);
  GPtrArray *fresh = g_ptr_array_new();
  for (guint32 i = 0; i < hg_service_table_count(now->services); i++) {
    const HgService *service = hg_service_table_get(now->services, i);
    const guint32 server = baseline->twins[service->server];
    if (is_service(baseline, service) &&
        (server == HG_NO_HOST ||
         !hg_service_book_has(book, server, now->tally, now->roles, service)))
      g_ptr_array_add(fresh, (gpointer)service);
  }
  g_ptr_array_sort_with_data(fresh, compare_offers, baseline);
  for (guint i = 0; i < fresh->len; i++)
    add_service(baseline, g_ptr_array_index(fresh, i));
  g_ptr_array_unref(fresh);
  hg_service_book_free(book);
}

/* --- protocols --- */

gboolean hg_protocol_shift_has_moved(const HgProtocolShift *shift, double z, double factor) {
  return fabs(shift->z) >= z && (shift->odds >= factor || shift->odds * factor <= 1);
}

static gboolean has_moved(const HgProtocolShift *shift) {
  return hg_protocol_shift_has_moved(shift, HG_BASELINE_Z, HG_BASELINE_FACTOR);
}

static gint compare_shifts(gconstpointer a, gconstpointer b) {
  const HgProtocolShift *x = a, *y = b;
  const gboolean x_moved = has_moved(x), y_moved = has_moved(y);
  if (x_moved != y_moved)
    return x_moved ? -1 : 1;
  if (fabs(x->z) != fabs(y->z))
    return fabs(x->z) > fabs(y->z) ? -1 : 1;
  return strcmp(x->name, y->name);
}

/* The entry of the protocol, which is made if there is none. */
static HgProtocolShift *shift_of(GHashTable *shifts, const HgProtocol *protocol) {
  HgProtocolShift *shift = g_hash_table_lookup(shifts, protocol->name);
  if (!shift) {
    shift = g_new0(HgProtocolShift, 1);
    shift->name = protocol->name;
    g_hash_table_insert(shifts, protocol->name, shift);
  }
  return shift;
}

static GHashTable *count_protocols(const HgBaseline *baseline) {
  GHashTable *shifts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
  const HgTally *before = baseline->normal.tally, *now = baseline->now.tally;
  for (guint i = 1; i < hg_tally_protocol_count(now); i++) {
    const HgProtocol *protocol = hg_tally_protocol(now, (guint16)i);
    HgProtocolShift *shift = shift_of(shifts, protocol);
    shift->protocol = (guint16)i;
    shift->now = protocol->traffic.packets;
  }
  for (guint i = 1; i < hg_tally_protocol_count(before); i++) {
    const HgProtocol *protocol = hg_tally_protocol(before, (guint16)i);
    shift_of(shifts, protocol)->before = protocol->traffic.packets;
  }
  return shifts;
}

void hg_baseline_compare_protocols(HgBaseline *baseline) {
  const guint64 before = hg_tally_traffic(baseline->normal.tally)->packets;
  const guint64 now = hg_tally_traffic(baseline->now.tally)->packets;
  GHashTableIter iter;
  gpointer value;
  if (!baseline->protocols || before == 0 || now == 0)
    return;
  GHashTable *shifts = count_protocols(baseline);
  g_hash_table_iter_init(&iter, shifts);
  while (g_hash_table_iter_next(&iter, NULL, &value)) {
    HgProtocolShift *shift = value;
    shift->share_before = (double)shift->before / (double)before;
    shift->share_now = (double)shift->now / (double)now;
    shift->z = hg_statistics_share_z(shift->before, before, shift->now, now);
    shift->odds = hg_statistics_share_odds(shift->before, before, shift->now, now);
    if (shift->before + shift->now > 0)
      g_array_append_val(baseline->shifts, *shift);
  }
  g_hash_table_destroy(shifts);
  g_array_sort(baseline->shifts, compare_shifts);
  while (baseline->moved < baseline->shifts->len &&
         has_moved(&g_array_index(baseline->shifts, HgProtocolShift, baseline->moved)))
    baseline->moved++;
}
