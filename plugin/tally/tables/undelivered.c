/* undelivered.c - ICMP errors whose connection the same capture does not show
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "undelivered.h"

static void clear(gpointer data) {
  HgUndelivered *const undelivered = data;
  g_free((gpointer)undelivered->source.data);
  g_free((gpointer)undelivered->destination.data);
}

GArray *hg_undelivered_array_new(void) {
  GArray *const array = g_array_new(FALSE, FALSE, sizeof(HgUndelivered));
  g_array_set_clear_func(array, clear);
  return array;
}

void hg_undelivered_array_add(GArray *array, const HgUndelivered *undelivered) {
  HgUndelivered copy = *undelivered;
  copy.source.data = g_memdup2(copy.source.data, copy.source.length);
  copy.destination.data = g_memdup2(copy.destination.data, copy.destination.length);
  g_array_append_val(array, copy);
}
