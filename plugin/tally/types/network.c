/* network.c - a network: an address and how many leading bits of it count
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "network.h"

#include <string.h>

guint hg_network_address_bits(HgAddressKind kind) {
  return kind == HG_ADDRESS_IPV4   ? 32
         : kind == HG_ADDRESS_IPV6 ? 128
         : kind == HG_ADDRESS_MAC  ? 48
                                   : 0;
}

guint hg_network_usual_bits(HgAddressKind kind) {
  return kind == HG_ADDRESS_IPV4 ? 24 : 64;
}

/* Clears the bits beyond the prefix. FALSE: some were set. */
static gboolean mask(guint8 bytes[16], guint bits) {
  gboolean clean = TRUE;
  for (guint i = 0; i < 16; i++) {
    const guint8 kept = bits >= 8 * (i + 1) ? 0xff
                        : bits <= 8 * i     ? 0
                                            : (guint8)(0xff << (8 * (i + 1) - bits));
    clean &= (bytes[i] & ~kept) == 0;
    bytes[i] &= kept;
  }
  return clean;
}

HgNetwork hg_network_of(const HgAddress *address, guint bits) {
  HgNetwork network = {.kind = (guint8)address->kind, .bits = (guint8)bits};
  memcpy(network.bytes, address->data, MIN(address->length, sizeof network.bytes));
  mask(network.bytes, bits);
  return network;
}

HgAddress hg_network_address(const HgNetwork *network) {
  const HgAddressKind kind = (HgAddressKind)network->kind;
  return (HgAddress){
      .kind = kind, .length = (guint8)(hg_network_address_bits(kind) / 8), .data = network->bytes};
}

void hg_network_widen(HgNetwork *network, guint bits) {
  network->bits = (guint8)bits;
  mask(network->bytes, bits);
}

const char *hg_network_parse(const char *text, HgNetwork *network) {
  const char *const slash = strchr(text, '/');
  g_autofree char *before = slash ? g_strndup(text, (gsize)(slash - text)) : g_strdup(text);
  HgAddressBuffer buffer;
  HgAddress address;
  if (!hg_address_parse(before, &address, &buffer) || hg_network_address_bits(address.kind) == 0)
    return "neither an IP address, a MAC nor a network of them";
  const guint most = hg_network_address_bits(address.kind);
  guint64 bits = most;
  if (slash && !g_ascii_string_to_unsigned(slash + 1, 10, 0, most, &bits, NULL))
    return most == 32    ? "after the slash comes a prefix length of 0 to 32"
           : most == 128 ? "after the slash comes a prefix length of 0 to 128"
                         : "after the slash comes a prefix length of 0 to 48";
  *network = hg_network_of(&address, (guint)bits);
  return memcmp(network->bytes, address.data, address.length) == 0
             ? NULL
             : "the address has bits beyond the prefix length";
}

char *hg_network_to_text(const HgNetwork *network) {
  const HgAddress address = hg_network_address(network);
  g_autofree char *text = hg_address_to_text(&address);
  return network->bits == address.length * 8 ? g_steal_pointer(&text)
                                             : g_strdup_printf("%s/%u", text, network->bits);
}

gboolean hg_network_has(const HgNetwork *network, const HgAddress *address) {
  const HgAddress first = hg_network_address(network);
  return first.kind == address->kind && hg_network_common_bits(&first, address) >= network->bits;
}

gboolean hg_network_covers(const HgNetwork *network, const HgNetwork *other) {
  const HgAddress first = hg_network_address(other);
  return network->bits <= other->bits && hg_network_has(network, &first);
}

guint hg_network_common_bits(const HgAddress *a, const HgAddress *b) {
  const guint bytes = MIN(a->length, b->length);
  guint at = 0;
  while (at < bytes && a->data[at] == b->data[at])
    at++;
  if (at == bytes)
    return at * 8;
  return at * 8 + 8 - g_bit_storage((gulong)(a->data[at] ^ b->data[at]));
}

gint hg_network_compare(const HgNetwork *a, const HgNetwork *b) {
  const gint order =
      a->kind != b->kind ? (gint)a->kind - b->kind : memcmp(a->bytes, b->bytes, sizeof a->bytes);
  return order ? order : (gint)a->bits - b->bits;
}
