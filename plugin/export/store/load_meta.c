/* load_meta.c - loads options, captures and totals
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "load.h"
#include "tally/types/fingerprints.h"

static void read_layer(HgStoreReader *reader, HgTallyOptions *options) {
  static const HgLayer layers[] = {HG_LAYER_AUTO, HG_LAYER_NET, HG_LAYER_LINK};
  hg_store_query(reader, "SELECT value FROM meta WHERE key = 'layer'");
  const char *name = hg_store_next(reader) ? hg_store_get_text(reader) : "";
  for (guint i = 0; i < G_N_ELEMENTS(layers); i++) {
    if (strcmp(name, hg_layer_name(layers[i])) == 0) {
      options->layer = layers[i];
      return;
    }
  }
  hg_store_damaged(reader, "it does not say its layer");
}

/* HG_CAP_COUNT: unknown, from another version. */
static HgCap find_cap(const char *name) {
  int cap = 0;
  while (cap < HG_CAP_COUNT && strcmp(name, hg_caps[cap].name) != 0)
    cap++;
  return (HgCap)cap;
}

static void read_caps(HgStoreReader *reader, guint64 bounds[HG_CAP_COUNT],
                      guint64 left_out[HG_CAP_COUNT]) {
  hg_store_query(reader, "SELECT name, bound, left_out FROM caps");
  while (hg_store_next(reader)) {
    const HgCap cap = find_cap(hg_store_get_text(reader));
    const guint64 bound = (guint64)hg_store_get(reader, 0, G_MAXINT64);
    const guint64 beyond = (guint64)hg_store_get(reader, 0, G_MAXINT64);
    if (cap != HG_CAP_COUNT) {
      bounds[cap] = bound;
      left_out[cap] = beyond;
    }
  }
}

static char **read_wanted(HgStoreReader *reader) {
  GPtrArray *wanted = g_ptr_array_new();
  hg_store_query(reader, "SELECT name FROM wanted_protocols ORDER BY name");
  while (hg_store_next(reader))
    g_ptr_array_add(wanted, g_strdup(hg_store_get_text(reader)));
  if (wanted->len == 0) {
    g_ptr_array_unref(wanted);
    return NULL;
  }
  g_ptr_array_add(wanted, NULL);
  return (char **)g_ptr_array_free(wanted, FALSE);
}

/* NULL: none were given. (transfer full) */
static GArray *read_home(HgStoreReader *reader) {
  hg_store_query(reader, "SELECT value FROM meta WHERE key = 'home'");
  if (!hg_store_next(reader))
    return NULL;
  GArray *home = g_array_new(FALSE, FALSE, sizeof(HgNetwork));
  g_auto(GStrv) words = g_strsplit(hg_store_get_text(reader), " ", -1);
  for (guint i = 0; words[i]; i++) {
    HgNetwork network;
    if (hg_network_parse(words[i], &network) == NULL)
      g_array_append_val(home, network);
    else
      hg_store_damaged(reader, "a home network is none");
  }
  hg_home_networks_settle_given(home);
  return home;
}

void hg_store_read_options(HgStoreReader *reader, HgTallyOptions *options) {
  guint64 left_out[HG_CAP_COUNT];
  hg_tally_options_init(options);
  read_layer(reader, options);
  hg_store_query(reader, "SELECT value FROM meta WHERE key = 'evidence'");
  if (hg_store_next(reader))
    options->evidence = hg_store_get(reader, 0, 1) == 1;
  hg_store_query(reader, "SELECT value FROM meta WHERE key = 'duplicates'");
  options->keep_duplicates =
      hg_store_next(reader) && strcmp(hg_store_get_text(reader), hg_duplicates_name(TRUE)) == 0;
  hg_store_query(reader, "SELECT value FROM meta WHERE key = 'pseudonyms'");
  if (hg_store_next(reader))
    g_strlcpy(options->pseudonyms, hg_store_get_text(reader), sizeof options->pseudonyms);
  hg_store_query(reader, "SELECT value FROM meta WHERE key = 'info'");
  options->full_info = hg_store_next(reader) && strcmp(hg_store_get_text(reader), "full") == 0;
  read_caps(reader, options->caps, left_out);
  options->protocols = read_wanted(reader);
  options->home = read_home(reader);
}

void hg_store_load_options(HgStoreLoad *load) {
  HgTallyOptions options;
  hg_store_read_options(&load->reader, &options);
  load->builder = hg_tally_builder_new(&options);
  hg_tally_options_clear(&options);
}

/* Reads the fingerprints of the captures. Without a row there are none: all packets lack one. */
static void load_fingerprints(HgStoreReader *reader, GArray *captures) {
  hg_store_query(reader, "SELECT capture, packets FROM fingerprints");
  while (hg_store_next(reader)) {
    const gint64 row = hg_store_get(reader, 1, MAX(captures->len, 1));
    GBytes *packed = hg_store_get_blob(reader);
    guint count;
    HgCapture *capture =
        reader->error || captures->len == 0 ? NULL : &g_array_index(captures, HgCapture, row - 1);
    if (!hg_fingerprints_count(packed, &count) || !capture || capture->fingerprints ||
        count + capture->unmarked != capture->traffic.packets) {
      hg_store_damaged(reader, "fingerprints are not those of a capture");
      g_bytes_unref(packed);
    } else {
      capture->fingerprints = packed;
    }
  }
}

GArray *hg_store_load_captures(HgStoreReader *reader) {
  GArray *captures = hg_capture_array_new();
  guint32 before = 0;
  hg_store_query(reader,
                 "SELECT name, frames_before, frames, start_ns, filter, packets, bytes, first_ns,"
                 " last_ns, first_frame, last_frame, without_time, digest, known, unmarked,"
                 " copies, copied_bytes FROM captures ORDER BY capture");
  while (hg_store_next(reader)) {
    HgCapture capture = {0};
    capture.name = (char *)hg_store_get_text(reader);
    capture.frames_before = (guint32)hg_store_get(reader, before, before);
    capture.frames = (guint32)hg_store_get(reader, 1, G_MAXUINT32 - before);
    capture.start_ns = hg_store_get_time(reader);
    capture.filter = (char *)hg_store_get_text(reader);
    capture.traffic = hg_store_get_traffic(reader);
    capture.without_time = (guint64)hg_store_get(reader, 0, (gint64)capture.traffic.packets);
    if (!hg_capture_digest_parse(hg_store_get_text(reader), &capture.digest))
      hg_store_damaged(reader, "a digest is none");
    capture.known = (guint64)hg_store_get(reader, 0, G_MAXINT64);
    capture.unmarked = (guint64)hg_store_get(reader, 0, (gint64)capture.traffic.packets);
    capture.copies = hg_store_get_copies(reader);
    hg_capture_array_add(captures, &capture);
    before += capture.frames;
  }
  load_fingerprints(reader, captures);
  return captures;
}

/* The totals are the sums over all captures. */
void hg_store_load_totals(HgStoreLoad *load) {
  HgTraffic all = {0};
  guint64 bounds[HG_CAP_COUNT], left_out[HG_CAP_COUNT] = {0};
  GArray *captures = hg_store_load_captures(&load->reader);
  for (guint i = 0; i < captures->len; i++)
    hg_traffic_merge(&all, &g_array_index(captures, HgCapture, i).traffic);
  read_caps(&load->reader, bounds, left_out);
  if (!hg_tally_restore_totals(load->builder, &all, captures, left_out) && !load->reader.error)
    hg_store_damaged(&load->reader, "hosts, conversations and protocols do not add up");
}
