/* first_indicators.c - the first indicator of each suspect: when it first did what makes it a
 * suspect
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "first_indicators.h"

static gboolean suffices(const HgFinding *finding) {
  return 100 * finding->rule->weight * finding->strength >= HG_SUSPECT_SCORE;
}

/* Finds the frames only. Findings that make a suspect alone replace weak ones. */
static GHashTable *find_frames(const HgAnalysis *analysis) {
  GHashTable *first_indicators = g_hash_table_new_full(NULL, NULL, NULL, g_free);
  g_autoptr(GHashTable) strong = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < hg_analysis_finding_count(analysis); i++) {
    const HgFinding *finding = hg_analysis_finding(analysis, i);
    const gpointer host =
        GUINT_TO_POINTER(hg_devices_of(hg_analysis_devices(analysis), finding->host));
    if (finding->kind != HG_FINDING_SUSPICION || finding->frames->len == 0 ||
        !hg_analysis_is_suspect(analysis, finding->host) ||
        (!suffices(finding) && g_hash_table_contains(strong, host)))
      continue;
    HgFirstIndicator *first_indicator = g_hash_table_lookup(first_indicators, host);
    if (!first_indicator) {
      first_indicator = g_new(HgFirstIndicator, 1);
      *first_indicator = (HgFirstIndicator){finding->first_frame, 0};
      g_hash_table_insert(first_indicators, host, first_indicator);
    }
    const gboolean replaces = suffices(finding) && g_hash_table_add(strong, host);
    first_indicator->frame =
        replaces ? finding->first_frame : MIN(first_indicator->frame, finding->first_frame);
  }
  return first_indicators;
}

/* --- their times --- */

/* The known time of a frame: its own, or the earliest known time at or after it. */
typedef struct {
  guint32 frame;
  gboolean exact;
  gint64 time_ns;
} Moment;

static gint compare_moments(gconstpointer a, gconstpointer b) {
  const Moment *x = a, *y = b;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

static GArray *list_moments(GHashTable *first_indicators) {
  GArray *moments = g_array_new(FALSE, FALSE, sizeof(Moment));
  GHashTableIter iter;
  gpointer first_indicator;
  g_hash_table_iter_init(&iter, first_indicators);
  while (g_hash_table_iter_next(&iter, NULL, &first_indicator)) {
    const Moment moment = {((const HgFirstIndicator *)first_indicator)->frame, FALSE, G_MAXINT64};
    g_array_append_val(moments, moment);
  }
  g_array_sort(moments, compare_moments);
  return moments;
}

/* How many entries belong to this frame or an earlier one. */
static guint count_up_to(const GArray *moments, guint32 frame) {
  guint low = 0, high = moments->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (g_array_index(moments, Moment, middle).frame <= frame)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Notes that `frame` has this time. Of several entries for the same frame, the last one gets it. */
static void learn(GArray *moments, guint32 frame, gint64 time_ns) {
  const guint count = count_up_to(moments, frame);
  Moment *moment = count > 0 ? &g_array_index(moments, Moment, count - 1) : NULL;
  if (!moment || moment->exact)
    return;
  moment->exact = moment->frame == frame;
  moment->time_ns = moment->exact ? time_ns : MIN(moment->time_ns, time_ns);
}

static void learn_all(GArray *moments, const HgTally *tally) {
  const HgContactLog *log = hg_tally_contacts(tally);
  for (guint64 i = 0; i < hg_contact_log_count(log); i++) {
    const HgContactRun run = hg_contact_log_run(log, i);
    learn(moments, run.contact.frame, run.contact.time_ns);
    if (run.last_frame != run.contact.frame)
      learn(moments, run.last_frame, run.last_ns);
  }
  /* A time after a later frame is after the earlier frames, too. */
  for (guint i = moments->len; i-- > 1;) {
    const Moment *later = &g_array_index(moments, Moment, i);
    Moment *moment = &g_array_index(moments, Moment, i - 1);
    if (moment->frame == later->frame)
      *moment = *later;
    else if (!moment->exact)
      moment->time_ns = MIN(moment->time_ns, later->time_ns);
  }
}

GHashTable *hg_first_indicators_new(const HgAnalysis *analysis) {
  GHashTable *first_indicators = find_frames(analysis);
  if (g_hash_table_size(first_indicators) == 0)
    return first_indicators;
  const HgTally *tally = hg_analysis_tally(analysis);
  g_autoptr(GArray) moments = list_moments(first_indicators);
  learn_all(moments, tally);
  GHashTableIter iter;
  gpointer host, value;
  g_hash_table_iter_init(&iter, first_indicators);
  while (g_hash_table_iter_next(&iter, &host, &value)) {
    HgFirstIndicator *first_indicator = value;
    const guint place = count_up_to(moments, first_indicator->frame);
    const gint64 known = g_array_index(moments, Moment, place - 1).time_ns;
    /* No contact follows the frame: use the host's last packet. */
    first_indicator->time_ns =
        known < G_MAXINT64 ? known
                           : hg_host_traffic(hg_tally_host(tally, GPOINTER_TO_UINT(host))).last_ns;
  }
  return first_indicators;
}
