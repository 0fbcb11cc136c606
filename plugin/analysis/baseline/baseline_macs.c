/* baseline_macs.c - MACs that are new, and addresses that other MACs speak for
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "baseline_private.h"

#include <string.h>

gboolean hg_baseline_has_mac(const HgBaseline *baseline, const guint8 mac[6]) {
  const HgAddress address = {HG_ADDRESS_MAC, 6, mac};
  return hg_speakers_find(baseline->normal.speakers, mac) ||
         hg_tally_find_host(baseline->normal.tally, &address);
}

/* Its own by ARP, or, where nobody says so, by the frames of who is no router. */
static gboolean is_own(const HgSpeakers *speakers, const HgSpoken *spoken, gboolean claimed) {
  const HgSpeaker *speaker = &g_array_index(speakers->speakers, HgSpeaker, spoken->speaker);
  if (hg_speaker_is_shared(speaker->mac))
    return FALSE;
  return claimed ? spoken->arp.packets > 0 : !hg_speaker_is_gateway(speaker);
}

GArray *hg_baseline_macs_of(const HgSpeakers *speakers, const HgAddress *address) {
  GArray *own = g_array_new(FALSE, FALSE, sizeof(guint));
  const GArray *all = speakers->spoken;
  const guint from = hg_speakers_first(speakers, address);
  gboolean claimed;
  if (from == all->len || !hg_address_equal(g_array_index(all, HgSpoken, from).address, address))
    return own;
  const guint end = hg_speakers_run(speakers, from, &claimed);
  for (guint i = from; i < end; i++) {
    const HgSpoken *spoken = &g_array_index(all, HgSpoken, i);
    if (is_own(speakers, spoken, claimed))
      g_array_append_val(own, spoken->speaker);
  }
  return own;
}

static const HgSpeaker *speaker_at(const HgSpeakers *speakers, const GArray *own, guint i) {
  return &g_array_index(speakers->speakers, HgSpeaker, g_array_index(own, guint, i));
}

/* --- addresses --- */

static gboolean holds(const HgSpeakers *speakers, const GArray *own, const guint8 mac[6]) {
  for (guint i = 0; i < own->len; i++)
    if (memcmp(speaker_at(speakers, own, i)->mac, mac, 6) == 0)
      return TRUE;
  return FALSE;
}

/* As text. (transfer full) */
static char **name_macs(const HgSpeakers *speakers, const GArray *own) {
  char **names = g_new0(char *, (gsize)own->len + 1);
  for (guint i = 0; i < own->len; i++) {
    const HgAddress mac = {HG_ADDRESS_MAC, 6, speaker_at(speakers, own, i)->mac};
    names[i] = hg_address_to_text(&mac);
  }
  return names;
}

static void compare_binding(HgBaseline *baseline, const HgAddress *address) {
  const HgSpeakers *then = baseline->normal.speakers, *now = baseline->now.speakers;
  GArray *before = hg_baseline_macs_of(then, address), *after = hg_baseline_macs_of(now, address);
  gboolean changed = FALSE, known = FALSE;
  for (guint i = 0; before->len > 0 && i < after->len; i++) {
    const guint8 *mac = speaker_at(now, after, i)->mac;
    if (holds(then, before, mac))
      continue;
    changed = TRUE;
    known |= hg_baseline_has_mac(baseline, mac);
  }
  if (changed) {
    const HgChangedBinding binding = {address, name_macs(then, before), name_macs(now, after),
                                      known};
    g_array_append_val(baseline->bindings, binding);
  }
  g_array_unref(before);
  g_array_unref(after);
}

/* Only of this network: what a router passes on has its MAC. */
static void compare_bindings(HgBaseline *baseline) {
  const HgSpeakers *speakers = baseline->now.speakers;
  for (guint from = 0, end; from < speakers->spoken->len; from = end) {
    gboolean claimed;
    const HgAddress *address = g_array_index(speakers->spoken, HgSpoken, from).address;
    const HgScope scope = hg_address_scope(address);
    end = hg_speakers_run(speakers, from, &claimed);
    if (scope == HG_SCOPE_INTERNAL || scope == HG_SCOPE_LINK_LOCAL || claimed)
      compare_binding(baseline, address);
  }
}

/* --- MACs --- */

/* What all frames of each speaker amount to. (transfer full) */
static HgTraffic *count_frames(const HgSpeakers *speakers) {
  HgTraffic *frames = g_new0(HgTraffic, (gsize)speakers->speakers->len + 1);
  for (guint i = 0; i < speakers->spoken->len; i++) {
    const HgSpoken *spoken = &g_array_index(speakers->spoken, HgSpoken, i);
    hg_traffic_merge(&frames[spoken->speaker], &spoken->arp);
    hg_traffic_merge(&frames[spoken->speaker], &spoken->link);
  }
  return frames;
}

static void list_macs(HgBaseline *baseline) {
  const HgSpeakers *speakers = baseline->now.speakers;
  HgTraffic *frames = count_frames(speakers);
  for (guint i = 0; i < speakers->speakers->len; i++) {
    const HgSpeaker *speaker = &g_array_index(speakers->speakers, HgSpeaker, i);
    HgNewMac fresh = {.traffic = frames[i]};
    if (hg_speaker_is_shared(speaker->mac) || hg_baseline_has_mac(baseline, speaker->mac))
      continue;
    memcpy(fresh.mac, speaker->mac, 6);
    fresh.host = hg_speakers_host(speakers, baseline->now.tally, speaker->mac, TRUE);
    g_array_append_val(baseline->macs, fresh);
  }
  g_free(frames);
}

/* What MACs tell about the addresses that are new. */
static void complete_host(HgBaseline *baseline, HgNewHost *fresh) {
  const HgAddress *address = &hg_tally_host(baseline->now.tally, fresh->host)->address;
  const HgSpeakers *speakers = baseline->now.speakers;
  GArray *own = hg_baseline_macs_of(speakers, address);
  fresh->claimed = address->kind == HG_ADDRESS_MAC
                       ? hg_baseline_has_mac(baseline, address->data)
                       : hg_speakers_knows(baseline->normal.speakers, address);
  for (guint i = 0; i < own->len && !fresh->moved; i++)
    fresh->moved = hg_baseline_has_mac(baseline, speaker_at(speakers, own, i)->mac);
  g_array_unref(own);
}

void hg_baseline_compare_macs(HgBaseline *baseline) {
  compare_bindings(baseline);
  list_macs(baseline);
  for (guint i = 0; i < baseline->hosts->len; i++)
    complete_host(baseline, &g_array_index(baseline->hosts, HgNewHost, i));
}
