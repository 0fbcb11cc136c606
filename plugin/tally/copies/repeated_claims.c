/* repeated_claims.c - ARP and neighbour discovery messages that are passed on under another MAC
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "repeated_claims.h"

#include "tally/types/fnv.h"
#include "tally/types/packet_time.h"

#include <string.h>

static guint64 digest_of_address(guint64 sum, const HgAddress *address) {
  const guint32 head[] = {(guint32)address->kind, address->length, address->segment};
  return hg_fnv_add(hg_fnv_add(sum, head, sizeof head), address->data, address->length);
}

/* Two of a few messages within a millisecond have the same digest by chance once in 10^18. */
static guint64 what_it_says(const HgEvidence *evidence) {
  const guint32 kind[] = {(guint32)evidence->kind, evidence->arp.is_reply ? 1 : 0};
  guint64 sum = hg_fnv_add(HG_FNV_BEGIN, kind, sizeof kind);
  sum = digest_of_address(digest_of_address(sum, &evidence->arp.ip), &evidence->arp.target_ip);
  return sum ? sum : 1;
}

static gboolean is_repeat_of(const HgRememberedClaim *before, const HgRememberedClaim *now) {
  const gint64 later_ns = hg_time_span(before->time_ns, now->time_ns);
  return before->said == now->said && later_ns > 0 && later_ns <= HG_REPEATED_CLAIM_NS &&
         memcmp(before->mac, now->mac, sizeof now->mac) != 0;
}

gboolean hg_recent_claims_repeat(HgRecentClaims *claims, const HgEvidence *evidence,
                                 gint64 time_ns) {
  HgRememberedClaim now = {.time_ns = time_ns};
  if (evidence->arp.mac.length != sizeof now.mac)
    return FALSE;
  now.said = what_it_says(evidence);
  memcpy(now.mac, evidence->arp.mac.data, sizeof now.mac);
  gboolean repeat = FALSE;
  for (guint i = 0; i < HG_CLAIMS_REMEMBERED && !repeat; i++)
    repeat = is_repeat_of(&claims->recent[i], &now);
  claims->recent[claims->next] = now;
  claims->next = (claims->next + 1) % HG_CLAIMS_REMEMBERED;
  return repeat;
}

void hg_recent_claims_date(HgRecentClaims *claims, gint64 ns) {
  for (guint i = 0; i < HG_CLAIMS_REMEMBERED; i++)
    if (!hg_time_is_known(claims->recent[i].time_ns))
      claims->recent[i].time_ns = ns;
}
