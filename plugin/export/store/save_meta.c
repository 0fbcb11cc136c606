/* save_meta.c - saves the tables meta, caps, wanted_protocols, captures
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "save.h"
#include "store.h"

static void add_integer(HgStoreSave *save, const char *key, gint64 value) {
  hg_store_literal(save->writer, key);
  hg_store_integer(save->writer, value);
  hg_store_row(save->writer);
}

/* Left out when it is not known. */
static void add_time(HgStoreSave *save, const char *key, gint64 ns) {
  if (hg_time_is_known(ns))
    add_integer(save, key, ns);
}

static void add_text(HgStoreSave *save, const char *key, const char *value) {
  hg_store_literal(save->writer, key);
  hg_store_literal(save->writer, value);
  hg_store_row(save->writer);
}

/* One's own networks, where the user gave them, with blanks between. */
static void save_home(HgStoreSave *save, const GArray *networks) {
  g_autoptr(GString) words = g_string_new(NULL);
  if (!networks)
    return;
  for (guint i = 0; i < networks->len; i++) {
    g_autofree char *word = hg_network_to_text(&g_array_index(networks, HgNetwork, i));
    g_string_append_printf(words, "%s%s", i > 0 ? " " : "", word);
  }
  add_text(save, "home", words->str);
}

static void save_facts(HgStoreSave *save) {
  const HgTallyOptions *options = hg_tally_options(save->tally);
  const HgTraffic *traffic = hg_tally_traffic(save->tally);
  hg_store_table(save->writer, "meta");
  add_integer(save, "schema", HG_STORE_SCHEMA);
  add_text(save, "generator", hg_report_generator());
  add_text(save, "layer", hg_layer_name(options->layer));
  add_integer(save, "evidence", options->evidence ? 1 : 0);
  add_text(save, "duplicates", hg_duplicates_name(options->keep_duplicates));
  if (*options->pseudonyms)
    add_text(save, "pseudonyms", options->pseudonyms);
  if (options->full_info)
    add_text(save, "info", "full"); /* Info texts may hold passwords and other secrets */
  save_home(save, options->home);
  add_integer(save, "contact_resolution_ns", HG_CONTACT_GAP_NS);
  add_integer(save, "packets", (gint64)traffic->packets);
  add_integer(save, "bytes", (gint64)traffic->bytes);
  if (traffic->packets == 0)
    return;
  add_time(save, "first_ns", traffic->first_ns);
  add_time(save, "last_ns", traffic->last_ns);
  add_integer(save, "first_frame", traffic->first_frame);
  add_integer(save, "last_frame", traffic->last_frame);
}

static void save_caps(HgStoreSave *save) {
  hg_store_table(save->writer, "caps");
  for (int cap = 0; cap < HG_CAP_COUNT; cap++) {
    hg_store_literal(save->writer, hg_caps[cap].name);
    hg_store_count(save->writer, hg_tally_options(save->tally)->caps[cap]);
    hg_store_count(save->writer, hg_tally_left_out(save->tally, (HgCap)cap));
    hg_store_row(save->writer);
  }
}

static void save_wanted(HgStoreSave *save) {
  char **wanted = hg_tally_options(save->tally)->protocols;
  GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
  hg_store_table(save->writer, "wanted_protocols");
  for (; wanted && *wanted; wanted++) {
    if (!g_hash_table_add(seen, *wanted))
      continue;
    hg_store_text(save->writer, *wanted);
    hg_store_row(save->writer);
  }
  g_hash_table_unref(seen);
}

static void save_fingerprints(HgStoreSave *save, const GArray *captures) {
  hg_store_table(save->writer, "fingerprints");
  for (guint i = 0; i < captures->len; i++) {
    GBytes *packed = g_array_index(captures, HgCapture, i).fingerprints;
    if (!packed || g_bytes_get_size(packed) == 0)
      continue;
    hg_store_integer(save->writer, (gint64)i + 1);
    hg_store_blob(save->writer, packed);
    hg_store_row(save->writer);
  }
}

static void save_captures(HgStoreSave *save) {
  GArray *captures = hg_report_captures(save->report);
  hg_store_table(save->writer, "captures");
  for (guint i = 0; i < captures->len; i++) {
    const HgCapture *capture = &g_array_index(captures, HgCapture, i);
    hg_store_integer(save->writer, (gint64)i + 1);
    hg_store_text(save->writer, capture->name);
    hg_store_integer(save->writer, capture->frames_before);
    hg_store_integer(save->writer, capture->frames);
    hg_store_time(save->writer, capture->start_ns);
    hg_store_text(save->writer, capture->filter);
    hg_store_traffic(save->writer, &capture->traffic);
    hg_store_count(save->writer, capture->without_time);
    char digest[HG_CAPTURE_DIGEST_TEXT];
    hg_capture_digest_text(&capture->digest, digest);
    hg_store_text(save->writer, digest);
    hg_store_count(save->writer, capture->known);
    hg_store_count(save->writer, capture->unmarked);
    hg_store_copies(save->writer, &capture->copies);
    hg_store_row(save->writer);
  }
  save_fingerprints(save, captures);
  g_array_unref(captures);
}

void hg_store_save_meta(HgStoreSave *save) {
  save_facts(save);
  save_caps(save);
  save_wanted(save);
  save_captures(save);
}
