/* outlying_times.c - packets whose time lies far from those of all others in their capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "outlying_times.h"

/* What is known of one capture while its packets go by in order of time. */
typedef struct {
  HgUsualTimes now, most;
  guint64 packets;
} Walk;

static const HgCapture *capture_at(const HgOutlyingTimes *outlying, guint i) {
  return &g_array_index(outlying->captures, HgCapture, i);
}

static void add_run(Walk *walk, const HgContactRun *run) {
  HgUsualTimes *const now = &walk->now;
  if (now->packets > 0 && hg_time_distance(now->last_ns, run->contact.time_ns) > HG_OUTLYING_NS)
    *now = (HgUsualTimes){0};
  if (now->packets == 0)
    now->first_ns = now->last_ns = run->contact.time_ns;
  now->last_ns = MAX(now->last_ns, run->last_ns);
  now->packets += run->packets;
  walk->packets += run->packets;
  if (now->packets >= walk->most.packets)
    walk->most = *now;
}

static gboolean is_outside(const HgUsualTimes *usual, gint64 time_ns) {
  return hg_time_is_known(time_ns) && usual->packets > 0 &&
         (hg_time_span(time_ns, usual->first_ns) > HG_OUTLYING_NS ||
          hg_time_span(usual->last_ns, time_ns) > HG_OUTLYING_NS);
}

/* Where no packet of the log is outside, one that is not logged can be. */
static guint64 count_outside(const Walk *walk, const HgTraffic *traffic) {
  if (walk->packets > walk->most.packets)
    return walk->packets - walk->most.packets;
  return (guint64)is_outside(&walk->most, traffic->first_ns) +
         (guint64)is_outside(&walk->most, traffic->last_ns);
}

static gboolean is_long(const HgTraffic *traffic) {
  return traffic->packets > 0 && hg_time_span(traffic->first_ns, traffic->last_ns) > HG_OUTLYING_NS;
}

HgOutlyingTimes *hg_outlying_times_new(const HgTally *tally) {
  HgOutlyingTimes *outlying = g_new0(HgOutlyingTimes, 1);
  outlying->captures = hg_tally_captures(tally);
  const guint count = outlying->captures->len;
  outlying->usual = g_array_sized_new(FALSE, TRUE, sizeof(HgUsualTimes), count);
  g_array_set_size(outlying->usual, count);
  gboolean any = FALSE;
  for (guint i = 0; i < count; i++)
    any |= is_long(&capture_at(outlying, i)->traffic);
  if (!any)
    return outlying;

  Walk *walks = g_new0(Walk, count);
  const HgContactLog *log = hg_tally_contacts(tally);
  for (guint64 i = 0; i < hg_contact_log_count(log); i++) {
    const HgContactRun run = hg_contact_log_run(log, i);
    add_run(&walks[hg_capture_array_of_frame(outlying->captures, run.contact.frame)], &run);
  }
  for (guint i = 0; i < count; i++) {
    if (!is_long(&capture_at(outlying, i)->traffic))
      continue;
    g_array_index(outlying->usual, HgUsualTimes, i) = walks[i].most;
    outlying->packets += count_outside(&walks[i], &capture_at(outlying, i)->traffic);
  }
  g_free(walks);
  return outlying;
}

void hg_outlying_times_free(HgOutlyingTimes *outlying) {
  if (!outlying)
    return;
  g_array_unref(outlying->captures);
  g_array_unref(outlying->usual);
  g_free(outlying);
}

gboolean hg_outlying_times_contain(const HgOutlyingTimes *outlying, guint32 frame, gint64 time_ns) {
  return outlying->usual->len > 0 &&
         is_outside(&g_array_index(outlying->usual, HgUsualTimes,
                                   hg_capture_array_of_frame(outlying->captures, frame)),
                    time_ns);
}
