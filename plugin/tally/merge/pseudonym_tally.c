/* pseudonym_tally.c - a copy of a tally with pseudonyms for all addresses and names
 *
 * Findings and their evidence, display filters, names and exports are derived from the copy, so
 * none of them can reveal more.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pseudonym_tally.h"

#include "merge_tables.h"
#include "tally/tally_builder.h"
#include "tally/types/fingerprints.h"
#include "tally/types/known_packets.h"
#include "tally/types/siphash.h"

/* Whoever has the same capture could find it by its digest. */
static void hide_digest(const HgPseudonyms *pseudonyms, HgCaptureDigest *digest) {
  guint64 key[2];
  HgSipHash hash;
  if (!hg_capture_digest_is_known(digest))
    return;
  hg_pseudonyms_hash_key(pseudonyms, "capture digest", key);
  hg_siphash_init(&hash, key);
  hg_siphash_add(&hash, digest->word[0]);
  hg_siphash_add(&hash, digest->word[1]);
  hg_siphash_result(&hash, digest->word);
}

/* The same for each packet. Fingerprints that cannot be read do not come along. */
static void hide_fingerprints(const HgPseudonyms *pseudonyms, HgCapture *capture) {
  g_autoptr(GBytes) packed = g_steal_pointer(&capture->fingerprints);
  GArray *plain = packed ? hg_fingerprints_unpack(packed) : NULL;
  guint64 key[2];
  if (!plain) {
    capture->unmarked = capture->traffic.packets;
    return;
  }
  hg_pseudonyms_hash_key(pseudonyms, HG_KNOWN_PACKETS_PURPOSE, key);
  for (guint i = 0; i < plain->len; i++) {
    HgFingerprint *one = &g_array_index(plain, HgFingerprint, i);
    one->key = hg_known_packets_hash(key, one->key);
  }
  capture->fingerprints = hg_fingerprints_pack(plain);
  g_array_unref(plain);
}

HgTally *hg_pseudonyms_tally(const HgPseudonyms *pseudonyms, const HgTally *tally) {
  HgTallyOptions options = tally->options;
  hg_pseudonyms_stamp(pseudonyms, options.pseudonyms);
  options.full_info = FALSE; /* no Info text comes along */
  options.home = hg_pseudonyms_networks(pseudonyms, options.home);
  HgTallyBuilder *copy = hg_tally_builder_new(&options);
  g_clear_pointer(&options.home, g_array_unref);
  const HgMergePlan plan = {.pseudonyms = pseudonyms};
  hg_builder_merge(copy, tally, &plan);
  GArray *captures = hg_tally_captures(tally);
  for (guint i = 0; i < captures->len; i++) {
    HgCapture *capture = &g_array_index(captures, HgCapture, i);
    char *name = capture->name ? hg_pseudonyms_name(pseudonyms, "capture", capture->name) : NULL;
    g_free(capture->name);
    capture->name = name;
    char *filter = capture->filter ? g_strdup(HG_PSEUDONYMS_FILTER) : NULL;
    g_free(capture->filter);
    capture->filter = filter;
    hide_digest(pseudonyms, &capture->digest);
    hide_fingerprints(pseudonyms, capture);
  }
  hg_builder_set_captures(copy, captures);
  HgTally *made = hg_tally_builder_end(copy);
  const GArray *remainders = hg_tally_remainders(tally);
  for (guint i = 0; i < remainders->len; i++) {
    const HgRemainder *from = &g_array_index(remainders, HgRemainder, i);
    const HgRemainder remainder = {g_strdup(from->of), from->known,
                                   hg_pseudonyms_tally(pseudonyms, from->tally), TRUE};
    g_array_append_val(hg_tally_remainders(made), remainder);
  }
  return made;
}
