/* progress.c - "12,345 packets" on standard error while a capture is read
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <stdio.h>

#include "progress.h"

/* The line changes once in INTERVAL_US; the clock is read once in FRAMES_PER_LOOK frames. */
#define INTERVAL_US (G_USEC_PER_SEC / 4)
#define FRAMES_PER_LOOK 256

struct HgProgress {
  guint64 frames;
  gint64 start_us, next_us;
  gboolean shown;
};

static tap_packet_status progress_packet(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                         const void *nothing, tap_flags_t flags) {
  HgProgress *progress = data;
  gint64 now;
  (void)pinfo, (void)edt, (void)nothing, (void)flags;
  if (++progress->frames % FRAMES_PER_LOOK != 0)
    return TAP_PACKET_DONT_REDRAW;
  now = g_get_monotonic_time();
  if (now < progress->next_us)
    return TAP_PACKET_DONT_REDRAW;
  progress->next_us = now + INTERVAL_US;
  progress->shown = TRUE;
  fprintf(stderr, "\r%" G_GUINT64_FORMAT " packets, %.0f a second\033[K", progress->frames,
          (double)progress->frames * G_USEC_PER_SEC / (double)MAX(now - progress->start_us, 1));
  fflush(stderr);
  return TAP_PACKET_DONT_REDRAW;
}

HgProgress *hg_progress_new(void) {
  HgProgress *progress = g_new0(HgProgress, 1);
  GString *error;
  progress->start_us = g_get_monotonic_time();
  progress->next_us = progress->start_us + INTERVAL_US;
  error = register_tap_listener("frame", progress, NULL, TL_REQUIRES_ERROR_PACKETS, NULL,
                                progress_packet, NULL, NULL);
  if (error != NULL) /* no progress is no reason to stop */
    g_string_free(error, TRUE);
  return progress;
}

void hg_progress_done(HgProgress *progress) {
  if (progress == NULL || !progress->shown)
    return;
  fputs("\r\033[K", stderr);
  fflush(stderr);
  progress->shown = FALSE;
}

void hg_progress_free(HgProgress *progress) {
  if (progress == NULL)
    return;
  remove_tap_listener(progress);
  g_free(progress);
}
