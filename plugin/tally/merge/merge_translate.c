/* merge_translate.c - frames, times and addresses of one tally as they are to stand in another
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "merge_translate.h"

guint32 hg_merge_frame(const HgMerge *m, guint32 frame) {
  const GArray *captures = m->plan->captures;
  if (!captures || captures->len == 0 || frame == 0)
    return frame;
  const guint at = hg_capture_array_of_frame(captures, frame);
  return frame - g_array_index(captures, HgCapture, at).frames_before + m->plan->moved[at];
}

HgTraffic hg_merge_later(const HgMerge *m, const HgTraffic *traffic) {
  HgTraffic moved = *traffic;
  if (traffic->packets > 0) {
    moved.first_frame = hg_merge_frame(m, traffic->first_frame);
    moved.last_frame = hg_merge_frame(m, traffic->last_frame);
  }
  return moved;
}

void hg_merge_traffic(const HgMerge *m, HgTraffic *into, const HgTraffic *from) {
  const HgTraffic moved = hg_merge_later(m, from);
  hg_traffic_merge(into, &moved);
}

HgAddress hg_merge_plain_address(const HgMerge *m, const HgAddress *address,
                                 HgAddressBuffer *buffer) {
  HgAddress translated = *address;
  if (m->plan->pseudonyms)
    hg_pseudonyms_address(m->plan->pseudonyms, address, &translated, buffer);
  if (m->segment && hg_address_is_ip(address))
    translated.segment = m->segment[address->segment];
  return translated;
}

HgAddress hg_merge_host_address(const HgMerge *m, const HgAddress *address,
                                HgAddressBuffer *buffer) {
  const HgFold *fold = m->plan->fold;
  const HgAddress becomes = fold ? fold->becomes(address, fold->data) : *address;
  return hg_merge_plain_address(m, &becomes, buffer);
}

HgAddress hg_merge_told_address(const HgMerge *m, const HgAddress *address,
                                HgAddressBuffer *buffer) {
  const HgFold *fold = m->plan->fold;
  return fold && fold->keeps_evidence ? hg_merge_plain_address(m, address, buffer)
                                      : hg_merge_host_address(m, address, buffer);
}
