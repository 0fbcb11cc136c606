/* test_pair_cache.c - a pair cache forgets, but never answers wrongly
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/memory/pair_cache.h"
#include "tally/tables/conversation.h"

#include <string.h>

#define PAIRS 40000 /* many more than the cache remembers */

/* The same bytes mean others where kind, length or network differ. */
static const struct {
  HgAddressKind kind;
  guint8 length;
} shapes[] = {{HG_ADDRESS_IPV4, 4},   {HG_ADDRESS_OTHER, 4},  {HG_ADDRESS_MAC, 6},
              {HG_ADDRESS_OTHER, 6},  {HG_ADDRESS_OTHER, 5},  {HG_ADDRESS_IPV6, 16},
              {HG_ADDRESS_OTHER, 16}, {HG_ADDRESS_OTHER, 17}, {HG_ADDRESS_NONE, 0}};

/* Of few bytes, so that many addresses share them. */
static HgAddress random_address(GRand *rand, guint8 bytes[17]) {
  const guint shape = (guint)g_rand_int_range(rand, 0, G_N_ELEMENTS(shapes));
  memset(bytes, 0, 17);
  for (guint i = 0; i < 3; i++)
    bytes[g_rand_int_range(rand, 0, 17)] = (guint8)g_rand_int_range(rand, 0, 8);
  return (HgAddress){.kind = shapes[shape].kind,
                     .length = shapes[shape].length,
                     .segment = (guint16)g_rand_int_range(rand, 0, 2),
                     .data = bytes};
}

/* The direction's text tells everything of it. */
static char *text_of(const HgAddress *from, const HgAddress *to) {
  GString *text = g_string_new(NULL);
  for (int end = 0; end < 2; end++) {
    const HgAddress *address = end == 0 ? from : to;
    g_string_append_printf(text, "%d/%u/%u:", (int)address->kind, address->length,
                           address->segment);
    for (guint i = 0; i < address->length; i++)
      g_string_append_printf(text, "%02x", address->data[i]);
    g_string_append_c(text, ' ');
  }
  return g_string_free(text, FALSE);
}

static gboolean can_be_remembered(const HgAddress *address) {
  return address->kind != HG_ADDRESS_NONE && address->length <= 16;
}

static HgConversation *conversation_of(GHashTable *oracle, const char *there, const char *back,
                                       int *side) {
  HgConversation *conversation = g_hash_table_lookup(oracle, there);
  *side = HG_SIDE_A;
  if (!conversation && strcmp(there, back) != 0) {
    conversation = g_hash_table_lookup(oracle, back);
    *side = conversation ? HG_SIDE_B : HG_SIDE_A;
  }
  if (!conversation) {
    conversation = g_new0(HgConversation, 1);
    g_hash_table_insert(oracle, g_strdup(there), conversation);
  }
  return conversation;
}

static void test_random(void) {
  GRand *rand = g_rand_new_with_seed(7);
  HgPairCache *cache = hg_pair_cache_new();
  GHashTable *oracle = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  guint remembered = 0;
  for (guint i = 0; i < PAIRS; i++) {
    guint8 bytes[2][17];
    const HgAddress from = random_address(rand, bytes[0]), to = random_address(rand, bytes[1]);
    HgPairKey key;
    const gboolean is_pair = hg_pair_key_init(&key, &from, &to);
    g_assert_cmpint(is_pair, ==, can_be_remembered(&from) && can_be_remembered(&to));
    if (!is_pair)
      continue;
    g_autofree char *there = text_of(&from, &to), *back = text_of(&to, &from);
    int expected, side = HG_SIDE_UNKNOWN;
    HgConversation *conversation = conversation_of(oracle, there, back, &expected);
    HgPairPlace *place = hg_pair_cache_place(cache, &key);
    HgConversation *found = hg_pair_place_find(place, &key, &side);
    if (found) {
      remembered++;
    } else {
      hg_pair_place_store(place, &key, conversation, expected);
      found = hg_pair_place_find(place, &key, &side);
    }
    g_assert_true(found == conversation);
    g_assert_cmpint(side, ==, expected);
    /* Both directions have one place. */
    HgPairKey answer;
    g_assert_true(hg_pair_key_init(&answer, &to, &from));
    g_assert_true(hg_pair_cache_place(cache, &answer) == place);
    g_assert_true(hg_pair_place_find(place, &answer, &side) == conversation);
    g_assert_cmpint(side, ==, strcmp(there, back) == 0 ? expected : 1 - expected);
  }
  g_assert_cmpuint(remembered, >, 0);
  g_hash_table_destroy(oracle);
  hg_pair_cache_free(cache);
  g_rand_free(rand);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/pair-cache/random", test_random);
  return g_test_run();
}
