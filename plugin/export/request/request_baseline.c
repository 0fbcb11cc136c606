/* request_baseline.c - reads the baselines (stores of known-normal traffic) of a request
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "request_baseline.h"

#include "export/store/store.h"
#include "export/text/text.h"
#include "tally/find_home.h"
#include "tally/merge/merge.h"
#include "tally/merge/pseudonym_tally.h"

static gboolean refuse(const char *path, const char *why, GError **error) {
  g_autofree char *shown = g_filename_display_name(path);
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "baseline=%s: %s", shown, why);
  return FALSE;
}

/* The store's tally, with the pseudonyms of the request. (transfer full) */
static HgTally *load(const HgRequest *request, const char *path, GError **error) {
  g_autoptr(GError) problem = NULL;
  HgTally *tally = hg_store_load(path, &problem);
  if (!tally) {
    refuse(path, problem->message, error);
    return NULL;
  }
  if (!request->pseudonyms || *hg_tally_options(tally)->pseudonyms)
    return tally;
  HgTally *pseudonymized = hg_pseudonyms_tally(request->pseudonyms, tally);
  hg_tally_free(tally);
  return pseudonymized;
}

/* Checks a baseline. `first`: the merged baselines before it; NULL: this is the first one. */
static gboolean check(const HgRequest *request, const HgTally *tally, const HgTally *first,
                      const char *path, GError **error) {
  HgTallyOptions wanted = request->tally;
  if (request->pseudonyms)
    hg_pseudonyms_stamp(request->pseudonyms, wanted.pseudonyms);
  g_autofree char *difference = hg_store_difference(hg_tally_options(tally), &wanted);
  if (hg_tally_traffic(tally)->packets == 0)
    return refuse(path, "it holds no packets to compare with", error);
  if (difference) {
    g_autofree char *why =
        g_strdup_printf("it was written with %s, and what is counted differently cannot be "
                        "compared",
                        difference);
    return refuse(path, why, error);
  }
  if (first && hg_tally_options(first)->evidence != hg_tally_options(tally)->evidence)
    return refuse(path, "it was written with another evidence= than the baseline before it", error);
  return TRUE;
}

/* Whether all captures are among the others, too. `*shared`: one that is. */
static gboolean are_among(const GArray *captures, const GArray *others, const HgCapture **shared) {
  guint count = 0;
  for (guint i = 0; i < captures->len; i++) {
    const HgCapture *capture = &g_array_index(captures, HgCapture, i);
    if (!hg_capture_array_find(others, capture))
      continue;
    *shared = capture;
    count++;
  }
  return count == captures->len;
}

/* Whoever wrote the store chose the name. */
static void word_capture(GString *text, const HgCapture *capture) {
  if (!capture->name || *capture->name == '\0') {
    g_string_append(text, "a capture");
    return;
  }
  g_string_append(text, "the capture ");
  hg_text_terminal(text, capture->name, -1);
}

/* Both as one, where a capture counts once. Takes both. NULL and `error`: they share some captures, but
 * each has others, so that the packets of those would count twice. */
static HgTally *join(HgTally *first, HgTally *tally, const char *path, GError **error) {
  GArray *captures = hg_tally_captures(tally), *others = hg_tally_captures(first);
  const HgCapture *shared = NULL;
  HgTally *both = NULL;
  if (are_among(captures, others, &shared)) {
    both = g_steal_pointer(&first);
  } else if (are_among(others, captures, &shared)) {
    both = g_steal_pointer(&tally);
  } else if (!shared) {
    both = hg_tally_union(first, tally);
  } else {
    g_autoptr(GString) why = g_string_new("it holds ");
    word_capture(why, shared);
    g_string_append(why, ", as a baseline before it does, and its packets would count twice");
    refuse(path, why->str, error);
  }
  g_array_unref(captures);
  g_array_unref(others);
  hg_tally_free(first);
  hg_tally_free(tally);
  return both;
}

/* What is inside must not differ between the two that are compared. */
static void set_home(const HgRequest *request, HgTally *baseline) {
  g_autoptr(GArray) home = request->pseudonyms
                               ? hg_pseudonyms_networks(request->pseudonyms, request->tally.home)
                               : g_array_ref(request->tally.home);
  hg_tally_set_home(baseline, home);
}

gboolean hg_request_read_baseline(HgRequest *request, const GPtrArray *paths, GError **error) {
  HgTally *all = NULL;
  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index(paths, i);
    HgTally *tally = load(request, path, error);
    if (!tally || !check(request, tally, all, path, error)) {
      hg_tally_free(tally);
      hg_tally_free(all);
      return FALSE;
    }
    all = all ? join(all, tally, path, error) : tally;
    if (!all)
      return FALSE;
  }
  if (all && request->tally.home)
    set_home(request, all);
  request->baseline = all;
  hg_analysis_options_baseline(request->analysis, all);
  return TRUE;
}
