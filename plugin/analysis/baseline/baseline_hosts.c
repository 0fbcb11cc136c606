/* baseline_hosts.c - hosts and conversations that the known-normal traffic does not have
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "baseline_private.h"

/* Hosts of one's own network come first: a change there matters most. */
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

/* Conversations are sorted by the host that comes last in the order of hosts: a conversation with
 * one external end counts as external. */
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
