/* baseline.c - a capture against traffic that is known to be normal
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "baseline_private.h"

#include "analysis/scopes.h"

/* --- life --- */

static void clear_service(gpointer data) {
  g_ptr_array_unref(((HgNewService *)data)->services);
}

static void clear_binding(gpointer data) {
  g_strfreev(((HgChangedBinding *)data)->before);
  g_strfreev(((HgChangedBinding *)data)->now);
}

static HgWorkedOut work_out(const HgTally *tally) {
  HgWorkedOut out = {.tally = tally,
                     .services = hg_service_table_new(tally),
                     .scopes = hg_scopes_new(tally),
                     .owners = hg_arp_owners_new(tally)};
  out.roles = hg_roles_new(tally, out.services, out.scopes);
  return out;
}

HgBaseline *hg_baseline_new(const HgWorkedOut *now, const HgTally *normal) {
  HgBaseline *baseline = g_new0(HgBaseline, 1);
  baseline->now = *now;
  baseline->normal = work_out(normal);
  baseline->protocols =
      hg_tally_options(now->tally)->evidence == hg_tally_options(normal)->evidence;
  baseline->hosts = g_array_new(FALSE, FALSE, sizeof(HgNewHost));
  baseline->macs = g_array_new(FALSE, FALSE, sizeof(HgNewMac));
  baseline->conversations = g_array_new(FALSE, FALSE, sizeof(guint32));
  baseline->services = g_array_new(FALSE, FALSE, sizeof(HgNewService));
  baseline->bindings = g_array_new(FALSE, FALSE, sizeof(HgChangedBinding));
  baseline->shifts = g_array_new(FALSE, FALSE, sizeof(HgProtocolShift));
  g_array_set_clear_func(baseline->services, clear_service);
  g_array_set_clear_func(baseline->bindings, clear_binding);
  hg_baseline_compare_hosts(baseline);
  hg_baseline_compare_macs(baseline);
  hg_baseline_compare_services(baseline);
  hg_baseline_compare_protocols(baseline);
  return baseline;
}

void hg_baseline_free(HgBaseline *baseline) {
  if (!baseline)
    return;
  g_array_unref(baseline->hosts);
  g_array_unref(baseline->macs);
  g_array_unref(baseline->conversations);
  g_array_unref(baseline->services);
  g_array_unref(baseline->bindings);
  g_array_unref(baseline->shifts);
  g_free(baseline->twins);
  g_free(baseline->place);
  g_free(baseline->new_pairs);
  hg_roles_free((HgRoles *)baseline->normal.roles);
  hg_arp_owners_free((HgArpOwners *)baseline->normal.owners);
  hg_service_table_free((HgServiceTable *)baseline->normal.services);
  g_free((guint8 *)baseline->normal.scopes);
  g_free(baseline);
}

/* --- hosts and conversations --- */

/* One of the baseline's own network sends what is of use to know first. */
static guint rank_of(const HgBaseline *baseline, guint32 host) {
  switch ((HgScope)baseline->now.scopes[host]) {
  case HG_SCOPE_INTERNAL:
    return 0;
  case HG_SCOPE_LINK_LOCAL:
  case HG_SCOPE_LOOPBACK:
    return 1;
  case HG_SCOPE_EXTERNAL:
    return 3;
  default:
    return 2;
  }
}

gint hg_baseline_order_hosts(const HgBaseline *baseline, guint32 a, guint32 b) {
  if (a == b)
    return 0;
  if (a == HG_NO_HOST || b == HG_NO_HOST)
    return a == HG_NO_HOST ? 1 : -1;
  const guint x = rank_of(baseline, a), y = rank_of(baseline, b);
  if (x != y)
    return x < y ? -1 : 1;
  return hg_address_compare(&hg_tally_host(baseline->now.tally, a)->address,
                            &hg_tally_host(baseline->now.tally, b)->address);
}

static gint compare_hosts(gconstpointer a, gconstpointer b, gpointer baseline) {
  return hg_baseline_order_hosts(baseline, ((const HgNewHost *)a)->host,
                                 ((const HgNewHost *)b)->host);
}

/* The side that comes last in the order of hosts tells where a pair stands: as soon as one end is
 * external, so is the conversation. */
static gint compare_pairs(gconstpointer a, gconstpointer b, gpointer data) {
  const HgBaseline *baseline = data;
  const guint32 *x = hg_tally_conversation(baseline->now.tally, *(const guint32 *)a)->host;
  const guint32 *y = hg_tally_conversation(baseline->now.tally, *(const guint32 *)b)->host;
  const int x_last = hg_baseline_order_hosts(baseline, x[0], x[1]) > 0 ? 0 : 1;
  const int y_last = hg_baseline_order_hosts(baseline, y[0], y[1]) > 0 ? 0 : 1;
  const guint x_rank = x[x_last] == HG_NO_HOST ? 4 : rank_of(baseline, x[x_last]);
  const guint y_rank = y[y_last] == HG_NO_HOST ? 4 : rank_of(baseline, y[y_last]);
  if (x_rank != y_rank)
    return x_rank < y_rank ? -1 : 1;
  const gint order = hg_baseline_order_hosts(baseline, x[1 - x_last], y[1 - y_last]);
  return order ? order : hg_baseline_order_hosts(baseline, x[x_last], y[y_last]);
}

static guint32 twin_of(const HgBaseline *baseline, guint32 host) {
  return host == HG_NO_HOST ? HG_NO_HOST : baseline->twins[host];
}

static gboolean is_new_pair(const HgBaseline *baseline, const HgConversation *conversation) {
  const guint32 a = twin_of(baseline, conversation->host[0]);
  const guint32 b = twin_of(baseline, conversation->host[1]);
  if ((a == HG_NO_HOST && conversation->host[0] != HG_NO_HOST) ||
      (b == HG_NO_HOST && conversation->host[1] != HG_NO_HOST))
    return TRUE;
  return !hg_tally_find_conversation(baseline->normal.tally, a, b, NULL);
}

void hg_baseline_compare_hosts(HgBaseline *baseline) {
  const HgTally *tally = baseline->now.tally;
  const guint32 hosts = hg_tally_host_count(tally), pairs = hg_tally_conversation_count(tally);
  baseline->twins = g_new(guint32, (gsize)hosts + 1);
  baseline->place = g_new(guint32, (gsize)hosts + 1);
  baseline->new_pairs = g_new(guint8, (gsize)pairs + 1);
  for (guint32 host = 0; host < hosts; host++) {
    const HgHost *twin =
        hg_tally_find_host(baseline->normal.tally, &hg_tally_host(tally, host)->address);
    const HgNewHost fresh = {.host = host};
    baseline->twins[host] = twin ? twin->number : HG_NO_HOST;
    baseline->place[host] = HG_NO_HOST;
    if (!twin)
      g_array_append_val(baseline->hosts, fresh);
  }
  g_array_sort_with_data(baseline->hosts, compare_hosts, baseline);
  for (guint i = 0; i < baseline->hosts->len; i++)
    baseline->place[g_array_index(baseline->hosts, HgNewHost, i).host] = i;
  for (guint32 i = 0; i < pairs; i++) {
    baseline->new_pairs[i] = is_new_pair(baseline, hg_tally_conversation(tally, i));
    if (baseline->new_pairs[i])
      g_array_append_val(baseline->conversations, i);
  }
  g_array_sort_with_data(baseline->conversations, compare_pairs, baseline);
}

/* --- what was found --- */

const HgWorkedOut *hg_baseline_normal(const HgBaseline *baseline) {
  return &baseline->normal;
}

gboolean hg_baseline_has_protocols(const HgBaseline *baseline) {
  return baseline->protocols;
}

guint32 hg_baseline_twin(const HgBaseline *baseline, guint32 host) {
  return baseline->twins[host];
}

gboolean hg_baseline_is_new_pair(const HgBaseline *baseline, guint32 conversation) {
  return baseline->new_pairs[conversation];
}

const HgNewHost *hg_baseline_new_host(const HgBaseline *baseline, guint32 host) {
  const guint32 place = baseline->place[host];
  return place == HG_NO_HOST ? NULL : &g_array_index(baseline->hosts, HgNewHost, place);
}

const GArray *hg_baseline_hosts(const HgBaseline *baseline) {
  return baseline->hosts;
}

const GArray *hg_baseline_macs(const HgBaseline *baseline) {
  return baseline->macs;
}

const GArray *hg_baseline_conversations(const HgBaseline *baseline) {
  return baseline->conversations;
}

const GArray *hg_baseline_services(const HgBaseline *baseline) {
  return baseline->services;
}

const GArray *hg_baseline_bindings(const HgBaseline *baseline) {
  return baseline->bindings;
}

const GArray *hg_baseline_shifts(const HgBaseline *baseline) {
  return baseline->shifts;
}

guint hg_baseline_moved(const HgBaseline *baseline) {
  return baseline->moved;
}
