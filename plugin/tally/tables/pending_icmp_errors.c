/* pending_icmp_errors.c - ICMP errors that found no connection in their capture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pending_icmp_errors.h"

static void clear(gpointer data) {
  HgPendingIcmpError *const error = data;
  g_free((gpointer)error->source.data);
  g_free((gpointer)error->destination.data);
}

GArray *hg_pending_icmp_errors_new(void) {
  GArray *const array = g_array_new(FALSE, FALSE, sizeof(HgPendingIcmpError));
  g_array_set_clear_func(array, clear);
  return array;
}

void hg_pending_icmp_errors_add(GArray *array, const HgPendingIcmpError *error) {
  HgPendingIcmpError copy = *error;
  copy.source.data = g_memdup2(copy.source.data, copy.source.length);
  copy.destination.data = g_memdup2(copy.destination.data, copy.destination.length);
  g_array_append_val(array, copy);
}
