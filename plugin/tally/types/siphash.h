/* siphash.h - SipHash-2-4 of 64-bit words, with 128 bits of result
 *
 * Aumasson, Bernstein: "SipHash: a fast short-input PRF", INDOCRYPT 2012; the 128-bit result is that of
 * their reference implementation. Words are taken as their eight bytes, little end first. Without the
 * key nobody can tell inputs from results, or make two inputs that have the same one.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_SIPHASH_H
#define HG_TALLY_SIPHASH_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint64 v[4];
  guint64 words; /* added so far */
} HgSipHash;

static inline guint64 hg_siphash_rotate(guint64 word, int bits) {
  return word << bits | word >> (64 - bits);
}

static inline void hg_siphash_rounds(guint64 v[4], int count) {
  for (int i = 0; i < count; i++) {
    v[0] += v[1], v[1] = hg_siphash_rotate(v[1], 13) ^ v[0], v[0] = hg_siphash_rotate(v[0], 32);
    v[2] += v[3], v[3] = hg_siphash_rotate(v[3], 16) ^ v[2];
    v[0] += v[3], v[3] = hg_siphash_rotate(v[3], 21) ^ v[0];
    v[2] += v[1], v[1] = hg_siphash_rotate(v[1], 17) ^ v[2], v[2] = hg_siphash_rotate(v[2], 32);
  }
}

static inline void hg_siphash_init(HgSipHash *hash, const guint64 key[2]) {
  hash->v[0] = key[0] ^ G_GUINT64_CONSTANT(0x736f6d6570736575);
  hash->v[1] = key[1] ^ G_GUINT64_CONSTANT(0x646f72616e646f6d) ^ 0xee;
  hash->v[2] = key[0] ^ G_GUINT64_CONSTANT(0x6c7967656e657261);
  hash->v[3] = key[1] ^ G_GUINT64_CONSTANT(0x7465646279746573);
  hash->words = 0;
}

static inline void hg_siphash_add(HgSipHash *hash, guint64 word) {
  hash->v[3] ^= word;
  hg_siphash_rounds(hash->v, 2);
  hash->v[0] ^= word;
  hash->words++;
}

/* The result of what was added so far; more may be added afterwards. */
static inline void hg_siphash_result(const HgSipHash *hash, guint64 result[2]) {
  HgSipHash end = *hash;
  hg_siphash_add(&end, hash->words << 59); /* the length in bytes, of which the low byte counts */
  end.v[2] ^= 0xee;
  hg_siphash_rounds(end.v, 4);
  result[0] = end.v[0] ^ end.v[1] ^ end.v[2] ^ end.v[3];
  end.v[1] ^= 0xdd;
  hg_siphash_rounds(end.v, 4);
  result[1] = end.v[0] ^ end.v[1] ^ end.v[2] ^ end.v[3];
}

G_END_DECLS
#endif
