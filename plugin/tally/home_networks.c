/* home_networks.c - networks that are one's own, and how that is known
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "home_networks.h"

#include <string.h>

const char *hg_home_source_name(HgHomeSource source) {
  static const char *const names[HG_HOME_COUNT] = {
      [HG_HOME_GIVEN] = "home=",   [HG_HOME_PRIVATE] = "private", [HG_HOME_LEASE] = "dhcp",
      [HG_HOME_ROUTER] = "router", [HG_HOME_ARP] = "arp",         [HG_HOME_ND] = "nd"};
  return names[source];
}

/* Those that hg_address_scope calls internal. */
void hg_home_networks_add_private(GArray *networks) {
  static const HgNetwork ranges[] = {{HG_ADDRESS_IPV4, 8, {10}},
                                     {HG_ADDRESS_IPV4, 12, {172, 16}},
                                     {HG_ADDRESS_IPV4, 16, {192, 168}},
                                     {HG_ADDRESS_IPV4, 10, {100, 64}},
                                     {HG_ADDRESS_IPV6, 7, {0xfc}}};
  g_array_append_vals(networks, ranges, G_N_ELEMENTS(ranges));
}

static gint compare_networks(gconstpointer a, gconstpointer b) {
  return hg_network_compare(a, b);
}

void hg_home_networks_settle_given(GArray *networks) {
  guint kept = 0;
  g_array_sort(networks, compare_networks);
  for (guint i = 0; i < networks->len; i++) {
    const HgNetwork network = g_array_index(networks, HgNetwork, i);
    if (kept == 0 || !hg_network_covers(&g_array_index(networks, HgNetwork, kept - 1), &network))
      g_array_index(networks, HgNetwork, kept++) = network;
  }
  g_array_set_size(networks, kept);
}

static gint compare_home(gconstpointer a, gconstpointer b) {
  const HgHomeNetwork *x = a, *y = b;
  const gint order = hg_network_compare(&x->network, &y->network);
  if (order)
    return order;
  if (x->source != y->source)
    return x->source < y->source ? -1 : 1;
  if (x->frame != y->frame)
    return x->frame < y->frame ? -1 : 1;
  return hg_network_compare(&x->teller, &y->teller);
}

void hg_home_networks_settle(GArray *home) {
  guint kept = 0;
  g_array_sort(home, compare_home);
  for (guint i = 0; i < home->len; i++) {
    const HgHomeNetwork one = g_array_index(home, HgHomeNetwork, i);
    if (kept == 0 ||
        !hg_network_covers(&g_array_index(home, HgHomeNetwork, kept - 1).network, &one.network))
      g_array_index(home, HgHomeNetwork, kept++) = one;
  }
  g_array_set_size(home, kept);
}

/* IPv4-mapped (RFC 4291): the IPv4 address at its end. */
static HgAddress unmapped(const HgAddress *address) {
  static const guint8 mapped[12] = {[10] = 0xff, [11] = 0xff};
  if (address->kind == HG_ADDRESS_IPV6 && memcmp(address->data, mapped, sizeof mapped) == 0)
    return (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = address->data + sizeof mapped};
  return *address;
}

/* No network covers another one, so only the last that begins at or before the address can have
 * it. */
HgHomeNetwork *hg_home_networks_find(const GArray *home, const HgAddress *address) {
  const HgAddress wanted = unmapped(address);
  const guint bits = hg_network_address_bits(wanted.kind);
  if (bits == 0 || home->len == 0)
    return NULL;
  const HgNetwork key = hg_network_of(&wanted, bits);
  guint low = 0, high = home->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (hg_network_compare(&g_array_index(home, HgHomeNetwork, middle).network, &key) <= 0)
      low = middle + 1;
    else
      high = middle;
  }
  HgHomeNetwork *last = low > 0 ? &g_array_index(home, HgHomeNetwork, low - 1) : NULL;
  return last && hg_network_has(&last->network, &wanted) ? last : NULL;
}

gboolean hg_home_network_matters(const HgHomeNetwork *home) {
  return home->hosts > 0 || home->source == HG_HOME_GIVEN;
}

/* "255.255.255.0" (transfer full) */
static char *mask_text(const HgNetwork *network) {
  HgNetwork mask = {.kind = network->kind};
  memset(mask.bytes, 0xff, sizeof mask.bytes);
  hg_network_widen(&mask, network->bits);
  const HgAddress address = hg_network_address(&mask);
  return hg_address_to_text(&address);
}

char *hg_home_network_why(const HgHomeNetwork *home) {
  g_autofree char *teller = home->teller.kind == HG_ADDRESS_NONE
                                ? g_strdup("somebody")
                                : hg_network_to_text(&home->teller);
  switch (home->source) {
  case HG_HOME_LEASE: {
    g_autofree char *mask = mask_text(&home->network);
    return g_strdup_printf("DHCP lease of %s, mask %s", teller, mask);
  }
  case HG_HOME_ROUTER:
    return g_strdup_printf("router advertisement of %s", teller);
  case HG_HOME_ARP:
    return home->network.bits == 32 ? g_strdup("it speaks ARP on the captured link")
                                    : g_strdup_printf("%s asks for neighbours by ARP", teller);
  case HG_HOME_ND:
    return g_strdup_printf("%s is a neighbour on the captured link", teller);
  case HG_HOME_GIVEN:
  case HG_HOME_PRIVATE:
  case HG_HOME_COUNT:
    break;
  }
  return g_strdup(hg_home_source_name(home->source));
}
