/* check.c - whether a tally can be added to a store, and which of its packets are there already
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "load.h"

static gint compare(gconstpointer a, gconstpointer b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "dns,protocol=tcp", sorted and in lower case, since letter case makes no difference. (transfer
 * full) */
static char *wanted_text(char **protocols) {
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  for (; protocols && *protocols; protocols++)
    if (!g_ptr_array_find_with_equal_func(names, *protocols, g_str_equal, NULL))
      g_ptr_array_add(names, g_ascii_strdown(*protocols, -1));
  g_ptr_array_sort(names, compare);
  g_ptr_array_add(names, NULL);
  char *text = g_strjoinv(",protocol=", (char **)names->pdata);
  g_ptr_array_unref(names);
  return text;
}

char *hg_store_difference(const HgTallyOptions *known, const HgTallyOptions *wanted) {
  g_autofree char *have = wanted_text(known->protocols), *want = wanted_text(wanted->protocols);
  if (known->layer != wanted->layer)
    return g_strdup_printf("layer=%s", hg_layer_name(known->layer));
  if (strcmp(known->pseudonyms, wanted->pseudonyms) != 0)
    return g_strdup_printf("pseudonyms=%s", *known->pseudonyms ? "(another key)" : "(none)");
  if (strcmp(have, want) != 0)
    return g_strdup_printf("protocol=%s", *have ? have : "(all)");
  return NULL;
}

gboolean hg_store_can_add(const char *path, const HgTallyOptions *known,
                          const HgTallyOptions *wanted, GError **error) {
  g_autofree char *difference = hg_store_difference(known, wanted);
  if (!difference)
    return TRUE;
  g_autofree char *shown = g_filename_display_name(path);
  g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
              "cannot add to %s: it was written with %s, and what is counted differently "
              "cannot be added up",
              shown, difference);
  return FALSE;
}

HgKnownPackets *hg_store_load_known(const char *path, const HgTallyOptions *options,
                                    const guint64 hash_key[2], GError **error) {
  HgStoreReader reader;
  HgTallyOptions written;
  HgKnownPackets *known = hg_known_packets_new(path);
  hg_store_reader_init(&reader, path);
  hg_store_read_options(&reader, &written);
  GArray *captures = hg_store_load_captures(&reader);
  for (guint i = 0; i < captures->len; i++)
    if (!hg_known_packets_add(known, &g_array_index(captures, HgCapture, i)))
      hg_store_damaged(&reader, "fingerprints are not those of a capture");
  g_array_unref(captures);
  hg_known_packets_complete(known, hash_key);
  if (!hg_store_reader_finish(&reader, error) || !hg_store_can_add(path, &written, options, error))
    g_clear_pointer(&known, hg_known_packets_free);
  hg_tally_options_clear(&written);
  return known;
}
