/* evidence_echo.c - ICMP echoes: whether their data stays the same, as that of pings does
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include "evidence_private.h"

/* Data begins with what ordinary pings vary: the time of sending, a struct timeval of 8 or 16 bytes
 * (iputils, BSD), then in Nagios' check_icmp a counter of 2, padded to 8. */
#define VARIES 24

/* Fewer bytes after that, of data that was cut off when capturing, tell nothing. */
#define TELLS 16

/* FNV-1a, 64 bits: tells contents apart, and nothing about them. What was cut off when capturing
 * is missing in request and reply alike. */
static guint64 digest(const guint8 *data, guint captured, guint length) {
  guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325) ^ length;
  for (guint i = MIN(VARIES, captured); i < captured; i++)
    hash = (hash ^ data[i]) * G_GUINT64_CONSTANT(0x100000001b3);
  return hash;
}

void hg_echo_read(const HgFrame *frame, const guint8 *data, guint captured, guint length) {
  char subject[sizeof "request " + 16];
  if (captured < length && captured < VARIES + TELLS)
    return;
  g_snprintf(subject, sizeof subject, "%s %016" G_GINT64_MODIFIER "x",
             frame->packet->icmp == HG_ICMP_ECHO_REQUEST ? "request" : "reply",
             digest(data, captured, length));
  hg_frame_report_observation(frame, HG_OBSERVED_ECHO, &frame->packet->source,
                              &frame->packet->destination, subject, length);
}
