/* ping_data.c - whether programs for pings send such data in an echo
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ping_data.h"

/* Fewer bytes tell nothing. */
#define TELLS 8

#define PATTERN_MAX 16

static gboolean counts_up(const guint8 *data, gsize length) {
  gboolean up = TRUE, letters = TRUE;
  for (gsize i = 1; i < length; i++) {
    up &= data[i] == (guint8)(data[i - 1] + 1);
    letters &= data[i] == (data[i - 1] == 'w' ? 'a' : data[i - 1] + 1);
  }
  return up || letters;
}

static gboolean repeats(const guint8 *data, gsize length, gsize period) {
  for (gsize i = period; i < length; i++) {
    if (data[i] != data[i - period])
      return FALSE;
  }
  return TRUE;
}

gboolean hg_ping_data_is_usual(const guint8 *data, gsize length) {
  const guint8 *rest = data + MIN(length, HG_PING_VARIES);
  const gsize left = length - MIN(length, HG_PING_VARIES);
  if (left < TELLS || counts_up(rest, left))
    return TRUE;
  for (gsize period = 1; period <= PATTERN_MAX && period * 2 <= left; period++) {
    if (repeats(rest, left, period))
      return TRUE;
  }
  return FALSE;
}
