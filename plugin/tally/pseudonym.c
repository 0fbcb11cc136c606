/* pseudonym.c - keyed pseudonyms for addresses and names
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pseudonym.h"

#include "home_networks.h"

#include <string.h>

#define DIGEST_LENGTH 32 /* SHA-256, bytes */

struct HgPseudonyms {
  GHmac *keyed; /* copied for each use */
};

HgPseudonyms *hg_pseudonyms_new(const guint8 *key, gsize length) {
  HgPseudonyms *pseudonyms = g_new(HgPseudonyms, 1);
  pseudonyms->keyed = g_hmac_new(G_CHECKSUM_SHA256, key, length);
  return pseudonyms;
}

void hg_pseudonyms_free(HgPseudonyms *pseudonyms) {
  if (!pseudonyms)
    return;
  g_hmac_unref(pseudonyms->keyed);
  g_free(pseudonyms);
}

/* `purpose` keeps uses apart: no digest of one says anything about another. */
static void digest_of(const HgPseudonyms *pseudonyms, const char *purpose, const void *data,
                      gsize length, guint8 digest[DIGEST_LENGTH]) {
  gsize size = DIGEST_LENGTH;
  GHmac *hmac = g_hmac_copy(pseudonyms->keyed);
  g_hmac_update(hmac, (const guchar *)purpose, (gssize)strlen(purpose) + 1);
  g_hmac_update(hmac, data, (gssize)length);
  g_hmac_get_digest(hmac, digest, &size);
  g_hmac_unref(hmac);
}

/* --- IP ---
 *
 * Addresses are leaves of a binary tree; the key decides at each node whether its two branches
 * change places, which is what preserves prefixes. At the nodes above a range of its own scope
 * they never do: addresses of the range stay in it, and no others get into it. */

typedef struct {
  guint length; /* bits of `prefix` that define the range */
  guint kept;   /* bits of an address in it that stay as they are; at least `length` */
  guint8 prefix[16];
} Range;

static const Range ranges_ipv4[] = {
    {8, 8, {0}},
    {32, 32, {0}},
    {8, 8, {10}},
    {10, 10, {100, 64}},
    {8, 8, {127}},
    {32, 32, {127, 0, 0, 1}},
    {16, 16, {169, 254}},
    {12, 12, {172, 16}},
    {16, 16, {192, 168}},
    {4, 4, {224}},
    {32, 32, {255, 255, 255, 255}},
};

/* Where an IPv6 address holds an IPv4 address (RFC 4291), which keeps its own pseudonym. */
static const guint8 mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

static const Range ranges_ipv6[] = {
    {128, 128, {0}},
    {128, 128, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}},
    {96, 96, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}},
    {3, 3, {0x20}}, /* global */
    {7, 8, {0xfc}}, /* unique local, with its bit L */
    {10, 10, {0xfe, 0x80}},
    {64, 64, {0xfe, 0x80}}, /* the part that is in use */
    {8, 16, {0xff}},        /* multicast, with its flags and scope */
};

static guint bit_at(const guint8 *bytes, guint i) {
  return bytes[i / 8] >> (7 - i % 8) & 1u;
}

/* How many leading bits agree, at most `limit`. */
static guint agreement(const guint8 *a, const guint8 *b, guint limit) {
  guint i = 0;
  while (i < limit && bit_at(a, i) == bit_at(b, i))
    i++;
  return i;
}

/* Marks which of the address's bits stay: those decided above or within the kept part of a range.
 */
static void find_fixed(const guint8 *from, guint bits, const Range *ranges, guint count,
                       guint8 fixed[128]) {
  memset(fixed, FALSE, bits);
  for (guint r = 0; r < count; r++) {
    const Range *range = &ranges[r];
    const guint agreed = agreement(from, range->prefix, range->length);
    const guint stay = agreed == range->length ? range->kept : agreed + 1;
    memset(fixed, TRUE, stay);
  }
}

/* One digest decides the 255 nodes below a whole byte: bit 1 for the first branch, bits 2 and 3
 * for the next two, and so on, as in a heap. */
static void permute(const HgPseudonyms *pseudonyms, const char *purpose, const guint8 *from,
                    guint bits, const guint8 fixed[128], guint8 *to) {
  guint8 digest[DIGEST_LENGTH];
  for (guint byte = 0; byte < bits / 8; byte++) {
    guint node = 1;
    to[byte] = from[byte];
    if (memchr(fixed + (gsize)byte * 8, FALSE, 8) == NULL)
      continue;
    digest_of(pseudonyms, purpose, from, byte, digest);
    for (guint bit = 0; bit < 8; bit++) {
      if (!fixed[byte * 8 + bit] && bit_at(digest, node))
        to[byte] ^= (guint8)(0x80u >> bit);
      node = node * 2 + bit_at(from, byte * 8 + bit);
    }
  }
}

static void map_ipv4(const HgPseudonyms *pseudonyms, const guint8 *from, guint8 *to) {
  guint8 fixed[128];
  find_fixed(from, 32, ranges_ipv4, G_N_ELEMENTS(ranges_ipv4), fixed);
  permute(pseudonyms, "ipv4", from, 32, fixed, to);
}

static void map_ipv6(const HgPseudonyms *pseudonyms, const guint8 *from, guint8 *to) {
  guint8 fixed[128];
  if (memcmp(from, mapped, sizeof mapped) == 0) {
    memcpy(to, mapped, sizeof mapped);
    map_ipv4(pseudonyms, from + sizeof mapped, to + sizeof mapped);
    return;
  }
  find_fixed(from, 128, ranges_ipv6, G_N_ELEMENTS(ranges_ipv6), fixed);
  permute(pseudonyms, "ipv6", from, 128, fixed, to);
}

/* --- MAC: a Feistel network over the 46 bits that are not group and local bit --- */

#define HALF_BITS 23
#define HALF_MASK ((1u << HALF_BITS) - 1)

static guint32 round_of(const HgPseudonyms *pseudonyms, guint8 number, guint32 half) {
  guint8 digest[DIGEST_LENGTH];
  const guint8 data[] = {number, (guint8)(half >> 16), (guint8)(half >> 8), (guint8)half};
  digest_of(pseudonyms, "mac", data, sizeof data, digest);
  return ((guint32)digest[0] << 16 | (guint32)digest[1] << 8 | digest[2]) & HALF_MASK;
}

static guint64 permute_46(const HgPseudonyms *pseudonyms, guint64 value) {
  guint32 left = (guint32)(value >> HALF_BITS), right = (guint32)value & HALF_MASK;
  for (guint8 number = 0; number < 4; number++) {
    const guint32 mixed = left ^ round_of(pseudonyms, number, right);
    left = right;
    right = mixed;
  }
  return (guint64)left << HALF_BITS | right;
}

static gboolean is_constant_mac(const guint8 *mac) {
  const HgAddress address = {.kind = HG_ADDRESS_MAC, .length = 6, .data = mac};
  const HgScope scope = hg_address_scope(&address);
  return scope == HG_SCOPE_BROADCAST || scope == HG_SCOPE_UNSPECIFIED;
}

static void map_mac(const HgPseudonyms *pseudonyms, const guint8 *from, guint8 *to) {
  memmove(to, from, 6);
  if (is_constant_mac(from))
    return;
  guint64 value = from[0] >> 2;
  for (guint i = 1; i < 6; i++)
    value = value << 8 | from[i];
  do { /* again where the result is a constant one: the mapping stays one to one */
    value = permute_46(pseudonyms, value);
    to[0] = (guint8)(value >> 40 << 2 | (from[0] & 3));
    for (guint i = 1; i < 6; i++)
      to[i] = (guint8)(value >> (40 - 8 * i));
  } while (is_constant_mac(to));
}

/* --- texts --- */

static void append_digits(GString *out, const guint8 *digest, guint bytes) {
  for (guint i = 0; i < bytes; i++)
    g_string_append_printf(out, "%02x", digest[i]);
}

void hg_pseudonyms_stamp(const HgPseudonyms *pseudonyms, char stamp[HG_PSEUDONYMS_STAMP]) {
  guint8 digest[DIGEST_LENGTH];
  g_autoptr(GString) text = g_string_new(NULL);
  digest_of(pseudonyms, "stamp", "", 0, digest);
  append_digits(text, digest, (HG_PSEUDONYMS_STAMP - 1) / 2);
  g_strlcpy(stamp, text->str, HG_PSEUDONYMS_STAMP);
}

static void map_other(const HgPseudonyms *pseudonyms, const HgAddress *from, HgAddress *to,
                      HgAddressBuffer *buffer) {
  guint8 digest[DIGEST_LENGTH];
  const gboolean everybody = hg_address_scope(from) == HG_SCOPE_BROADCAST;
  g_autoptr(GString) text = g_string_new("node-");
  digest_of(pseudonyms, "other", from->data, from->length, digest);
  append_digits(text, digest, 8);
  g_string_append(text, everybody ? ".ffffffffffff" : "");
  memcpy(buffer->bytes, text->str, text->len);
  to->length = (guint8)text->len;
}

void hg_pseudonyms_address(const HgPseudonyms *pseudonyms, const HgAddress *from, HgAddress *to,
                           HgAddressBuffer *buffer) {
  *to = (HgAddress){
      .kind = from->kind, .length = from->length, .segment = from->segment, .data = buffer->bytes};
  switch (from->kind) {
  case HG_ADDRESS_IPV4:
    map_ipv4(pseudonyms, from->data, buffer->bytes);
    break;
  case HG_ADDRESS_IPV6:
    map_ipv6(pseudonyms, from->data, buffer->bytes);
    break;
  case HG_ADDRESS_MAC:
    map_mac(pseudonyms, from->data, buffer->bytes);
    break;
  case HG_ADDRESS_OTHER:
    map_other(pseudonyms, from, to, buffer);
    break;
  case HG_ADDRESS_NONE:
    break;
  }
}

HgNetwork hg_pseudonyms_network(const HgPseudonyms *pseudonyms, const HgNetwork *network) {
  const HgAddress first = hg_network_address(network);
  HgAddressBuffer buffer;
  HgAddress other;
  hg_pseudonyms_address(pseudonyms, &first, &other, &buffer);
  return hg_network_of(&other, network->bits);
}

GArray *hg_pseudonyms_networks(const HgPseudonyms *pseudonyms, const GArray *networks) {
  if (!networks)
    return NULL;
  GArray *others = g_array_new(FALSE, FALSE, sizeof(HgNetwork));
  for (guint i = 0; i < networks->len; i++) {
    const HgNetwork network =
        hg_pseudonyms_network(pseudonyms, &g_array_index(networks, HgNetwork, i));
    g_array_append_val(others, network);
  }
  hg_home_networks_settle_given(others);
  return others;
}

char *hg_pseudonyms_address_text(const HgPseudonyms *pseudonyms, const char *text) {
  HgAddress from, to;
  HgAddressBuffer from_buffer, to_buffer;
  if (!hg_address_parse(text, &from, &from_buffer))
    return g_strdup("");
  hg_pseudonyms_address(pseudonyms, &from, &to, &to_buffer);
  return hg_address_to_text(&to);
}

char *hg_pseudonyms_name(const HgPseudonyms *pseudonyms, const char *kind, const char *name) {
  guint8 digest[DIGEST_LENGTH];
  HgAddress address;
  HgAddressBuffer buffer;
  if (*name == '\0')
    return g_strdup("");
  if (hg_address_parse(name, &address, &buffer) && address.kind != HG_ADDRESS_OTHER)
    return hg_pseudonyms_address_text(pseudonyms, name);
  GString *text = g_string_new(kind);
  g_string_append_c(text, '-');
  digest_of(pseudonyms, kind, name, strlen(name), digest);
  append_digits(text, digest, 6);
  return g_string_free(text, FALSE);
}

void hg_pseudonyms_hash_key(const HgPseudonyms *pseudonyms, const char *purpose, guint64 key[2]) {
  guint8 digest[DIGEST_LENGTH];
  digest_of(pseudonyms, purpose, "", 0, digest);
  key[0] = key[1] = 0;
  for (guint i = 0; i < 16; i++)
    key[i / 8] = key[i / 8] << 8 | digest[i];
}
