/* capture.c - which capture a frame is of, when a tally holds several
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "capture.h"

static void clear(gpointer data) {
  HgCapture *const capture = data;
  g_free(capture->name);
  g_free(capture->filter);
}

GArray *hg_capture_array_new(void) {
  GArray *const captures = g_array_new(FALSE, FALSE, sizeof(HgCapture));
  g_array_set_clear_func(captures, clear);
  return captures;
}

void hg_capture_array_add(GArray *captures, const HgCapture *capture) {
  HgCapture copy = *capture;
  copy.name = g_strdup(capture->name);
  copy.filter = g_strdup(capture->filter);
  g_array_append_val(captures, copy);
}

#define ORDER(a, b)                                                                                \
  if ((a) != (b))                                                                                  \
  return (a) < (b) ? -1 : 1

gint hg_capture_compare(const HgCapture *a, const HgCapture *b) {
  ORDER(a->start_ns, b->start_ns);
  ORDER(a->traffic.last_ns, b->traffic.last_ns);
  ORDER(a->frames, b->frames);
  ORDER(a->traffic.packets, b->traffic.packets);
  ORDER(a->traffic.bytes, b->traffic.bytes);
  return g_strcmp0(a->name, b->name);
}
