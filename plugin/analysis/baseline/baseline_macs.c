/* baseline_macs.c - MACs that are not in the baseline, and addresses that have other MACs now
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "baseline_private.h"

#include <string.h>

gboolean hg_baseline_has_mac(const HgBaseline *baseline, const guint8 mac[6]) {
  const HgAddress address = {.kind = HG_ADDRESS_MAC, .length = 6, .data = mac};
  return hg_arp_owners_find(baseline->normal.owners, mac) ||
         hg_tally_find_host(baseline->normal.tally, &address);
}

/* Whether the MAC owns the address: it claims it by ARP; if no MAC does, it sends from it and is no
 * gateway. */
static gboolean is_own(const HgArpOwners *owners, const HgArpBinding *binding, gboolean claimed) {
  const HgArpOwner *owner = &g_array_index(owners->owners, HgArpOwner, binding->owner);
  if (hg_arp_owner_is_shared(owner->mac))
    return FALSE;
  return claimed ? binding->arp.packets > 0 : !hg_arp_owner_is_gateway(owner);
}

GArray *hg_baseline_macs_of(const HgArpOwners *owners, const HgAddress *address) {
  GArray *own = g_array_new(FALSE, FALSE, sizeof(guint));
  const GArray *all = owners->bindings;
  const guint from = hg_arp_owners_first(owners, address);
  gboolean claimed;
  if (from == all->len ||
      !hg_address_equal(g_array_index(all, HgArpBinding, from).address, address))
    return own;
  const guint end = hg_arp_owners_run(owners, from, &claimed);
  for (guint i = from; i < end; i++) {
    const HgArpBinding *binding = &g_array_index(all, HgArpBinding, i);
    if (is_own(owners, binding, claimed))
      g_array_append_val(own, binding->owner);
  }
  return own;
}

static const HgArpOwner *owner_at(const HgArpOwners *owners, const GArray *own, guint i) {
  return &g_array_index(owners->owners, HgArpOwner, g_array_index(own, guint, i));
}

/* --- addresses --- */

static gboolean holds(const HgArpOwners *owners, const GArray *own, const guint8 mac[6]) {
  for (guint i = 0; i < own->len; i++)
    if (memcmp(owner_at(owners, own, i)->mac, mac, 6) == 0)
      return TRUE;
  return FALSE;
}

/* The MACs as text. (transfer full) */
static char **name_macs(const HgArpOwners *owners, const GArray *own) {
  char **names = g_new0(char *, (gsize)own->len + 1);
  for (guint i = 0; i < own->len; i++) {
    const HgAddress mac = {
        .kind = HG_ADDRESS_MAC, .length = 6, .data = owner_at(owners, own, i)->mac};
    names[i] = hg_address_to_text(&mac);
  }
  return names;
}

static void compare_binding(HgBaseline *baseline, const HgAddress *address) {
  const HgArpOwners *then = baseline->normal.owners, *now = baseline->now.owners;
  GArray *before = hg_baseline_macs_of(then, address), *after = hg_baseline_macs_of(now, address);
  gboolean changed = FALSE, known = FALSE;
  for (guint i = 0; before->len > 0 && i < after->len; i++) {
    const guint8 *mac = owner_at(now, after, i)->mac;
    if (holds(then, before, mac))
      continue;
    changed = TRUE;
    known |= hg_baseline_has_mac(baseline, mac);
  }
  if (changed) {
    const HgChangedBinding binding = {address, name_macs(then, before), name_macs(now, after),
                                      known};
    g_array_append_val(baseline->bindings, binding);
  }
  g_array_unref(before);
  g_array_unref(after);
}

/* Only addresses of the local network count: packets forwarded by a router have the router's MAC.
 */
static void compare_bindings(HgBaseline *baseline) {
  const HgArpOwners *owners = baseline->now.owners;
  for (guint from = 0, end; from < owners->bindings->len; from = end) {
    gboolean claimed;
    const HgAddress *address = g_array_index(owners->bindings, HgArpBinding, from).address;
    const HgScope scope = hg_tally_scope(baseline->now.tally, address);
    end = hg_arp_owners_run(owners, from, &claimed);
    if (scope == HG_SCOPE_INTERNAL || scope == HG_SCOPE_LINK_LOCAL || claimed)
      compare_binding(baseline, address);
  }
}

/* --- MACs --- */

/* The frames of each owner, added up. (transfer full) */
static HgTraffic *count_frames(const HgArpOwners *owners) {
  HgTraffic *frames = g_new0(HgTraffic, (gsize)owners->owners->len + 1);
  for (guint i = 0; i < owners->bindings->len; i++) {
    const HgArpBinding *binding = &g_array_index(owners->bindings, HgArpBinding, i);
    hg_traffic_merge(&frames[binding->owner], &binding->arp);
    hg_traffic_merge(&frames[binding->owner], &binding->link);
  }
  return frames;
}

static void list_macs(HgBaseline *baseline) {
  const HgArpOwners *owners = baseline->now.owners;
  HgTraffic *frames = count_frames(owners);
  for (guint i = 0; i < owners->owners->len; i++) {
    const HgArpOwner *owner = &g_array_index(owners->owners, HgArpOwner, i);
    HgNewMac fresh = {.traffic = frames[i]};
    if (hg_arp_owner_is_shared(owner->mac) || hg_baseline_has_mac(baseline, owner->mac))
      continue;
    memcpy(fresh.mac, owner->mac, 6);
    fresh.host = hg_arp_owners_host(owners, baseline->now.tally, owner->mac, TRUE);
    g_array_append_val(baseline->macs, fresh);
  }
  g_free(frames);
}

/* Adds what MACs tell about a new address. */
static void complete_host(HgBaseline *baseline, HgNewHost *fresh) {
  const HgAddress *address = &hg_tally_host(baseline->now.tally, fresh->host)->address;
  const HgArpOwners *owners = baseline->now.owners;
  GArray *own = hg_baseline_macs_of(owners, address);
  fresh->claimed = address->kind == HG_ADDRESS_MAC
                       ? hg_baseline_has_mac(baseline, address->data)
                       : hg_arp_owners_knows(baseline->normal.owners, address);
  for (guint i = 0; i < own->len && !fresh->moved; i++)
    fresh->moved = hg_baseline_has_mac(baseline, owner_at(owners, own, i)->mac);
  g_array_unref(own);
}

void hg_baseline_compare_macs(HgBaseline *baseline) {
  compare_bindings(baseline);
  list_macs(baseline);
  for (guint i = 0; i < baseline->hosts->len; i++)
    complete_host(baseline, &g_array_index(baseline->hosts, HgNewHost, i));
}
