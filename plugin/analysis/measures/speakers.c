/* speakers.c - which MAC addresses speak for which IP addresses on the local network
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "speakers.h"

#include <string.h>

/* A host passes on packets of nobody; a machine with virtual ones inside may of one or two. */
#define GATEWAY_PASSED 3
/* The address that several others look for is the way out of the network, or a server; neither
 * sweeps. */
#define GATEWAY_ASKERS 5

static gint compare_macs(gconstpointer a, gconstpointer b) {
  return memcmp(((const HgSpeaker *)a)->mac, ((const HgSpeaker *)b)->mac, 6);
}

static gint compare_spoken(gconstpointer a, gconstpointer b) {
  const HgSpoken *x = a, *y = b;
  if (x->head != y->head)
    return x->head < y->head ? -1 : 1;
  const gint order = hg_address_compare(x->address, y->address);
  return order ? order : x->speaker < y->speaker ? -1 : x->speaker > y->speaker;
}

static guint index_of(const HgSpeakers *speakers, const guint8 mac[6]) {
  HgSpeaker key;
  guint at = 0;
  memcpy(key.mac, mac, 6);
  return g_array_binary_search(speakers->speakers, &key, compare_macs, &at) ? at : G_MAXUINT;
}

const HgSpeaker *hg_speakers_find(const HgSpeakers *speakers, const guint8 mac[6]) {
  const guint at = index_of(speakers, mac);
  return at == G_MAXUINT ? NULL : &g_array_index(speakers->speakers, HgSpeaker, at);
}

static void list_speakers(HgSpeakers *speakers, const HgBindingTable *bindings) {
  GArray *all = speakers->speakers;
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    HgSpeaker speaker = {.host = HG_NO_HOST};
    memcpy(speaker.mac, hg_binding_table_get(bindings, i)->mac, 6);
    g_array_append_val(all, speaker);
  }
  g_array_sort(all, compare_macs);
  guint kept = 0;
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || compare_macs(&g_array_index(all, HgSpeaker, i),
                               &g_array_index(all, HgSpeaker, kept - 1)) != 0)
      g_array_index(all, HgSpeaker, kept++) = g_array_index(all, HgSpeaker, i);
  g_array_set_size(all, kept);
}

/* Both sources of one MAC and address become one entry. */
static void list_spoken(HgSpeakers *speakers, const HgBindingTable *bindings) {
  GArray *all = speakers->spoken;
  for (guint32 i = 0; i < hg_binding_table_count(bindings); i++) {
    const HgBinding *binding = hg_binding_table_get(bindings, i);
    HgSpoken spoken = {.head = hg_address_head(&binding->address),
                       .speaker = index_of(speakers, binding->mac),
                       .address = &binding->address};
    *(binding->source == HG_BINDING_ARP ? &spoken.arp : &spoken.link) = binding->traffic;
    g_array_append_val(all, spoken);
  }
  g_array_sort(all, compare_spoken);
  guint kept = 0;
  for (guint i = 0; i < all->len; i++) {
    const HgSpoken *next = &g_array_index(all, HgSpoken, i);
    if (kept > 0 && compare_spoken(next, &g_array_index(all, HgSpoken, kept - 1)) == 0) {
      HgSpoken *same = &g_array_index(all, HgSpoken, kept - 1);
      hg_traffic_merge(&same->arp, &next->arp);
      hg_traffic_merge(&same->link, &next->link);
    } else {
      g_array_index(all, HgSpoken, kept++) = *next;
    }
  }
  g_array_set_size(all, kept);
}

guint hg_speakers_run(const HgSpeakers *speakers, guint from, gboolean *claimed) {
  const GArray *all = speakers->spoken;
  const HgSpoken *first = &g_array_index(all, HgSpoken, from);
  guint end = from;
  *claimed = FALSE;
  for (; end < all->len; end++) {
    const HgSpoken *spoken = &g_array_index(all, HgSpoken, end);
    if (spoken->head != first->head || !hg_address_equal(spoken->address, first->address))
      break;
    *claimed |= spoken->arp.packets > 0;
  }
  return end;
}

static HgSpeaker *speaker_of(const HgSpeakers *speakers, const HgSpoken *spoken) {
  return &g_array_index(speakers->speakers, HgSpeaker, spoken->speaker);
}

static void count_spoken(HgSpeakers *speakers) {
  for (guint from = 0, end; from < speakers->spoken->len; from = end) {
    const HgSpoken *first = NULL;
    gboolean claimed;
    end = hg_speakers_run(speakers, from, &claimed);
    for (guint i = from; i < end; i++) {
      const HgSpoken *spoken = &g_array_index(speakers->spoken, HgSpoken, i);
      speaker_of(speakers, spoken)->claimed += spoken->arp.packets > 0;
      if (!first || spoken->link.first_ns < first->link.first_ns)
        first = spoken;
    }
    if (!claimed && hg_scope_is_unicast(hg_address_scope(first->address)))
      speaker_of(speakers, first)->passed++;
  }
}

guint hg_speakers_first(const HgSpeakers *speakers, const HgAddress *address) {
  const HgSpoken key = {.head = hg_address_head(address), .speaker = 0, .address = address};
  guint low = 0, high = speakers->spoken->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (compare_spoken(&g_array_index(speakers->spoken, HgSpoken, middle), &key) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

gboolean hg_speakers_knows(const HgSpeakers *speakers, const HgAddress *address) {
  const guint at = hg_speakers_first(speakers, address);
  return at < speakers->spoken->len &&
         hg_address_equal(g_array_index(speakers->spoken, HgSpoken, at).address, address);
}

static gboolean claims(const HgSpeakers *speakers, guint speaker, const HgAddress *address) {
  const HgSpoken key = {.head = hg_address_head(address), .speaker = speaker, .address = address};
  guint at;
  return g_array_binary_search(speakers->spoken, &key, compare_spoken, &at) &&
         g_array_index(speakers->spoken, HgSpoken, at).arp.packets > 0;
}

/* By how many MACs each address is asked for, where its entries begin. Who claims an address asks
 * for itself when it asks for that. (transfer full) */
static guint *count_questions(HgSpeakers *speakers, const HgObservationTable *observations) {
  guint *asked = g_new0(guint, (gsize)speakers->spoken->len + 1);
  GArray *questions = hg_observation_table_of_kind(observations, HG_OBSERVED_ARP_QUESTION);
  const HgObservation *before = NULL;
  for (guint i = 0; i < questions->len; i++) {
    const HgObservation *question =
        hg_observation_table_get(observations, g_array_index(questions, guint32, i));
    const gboolean again = before && hg_address_equal(&before->actor, &question->actor) &&
                           hg_address_equal(&before->peer, &question->peer);
    before = question;
    const guint at = hg_speakers_first(speakers, &question->peer);
    if (again || at == speakers->spoken->len ||
        !hg_address_equal(g_array_index(speakers->spoken, HgSpoken, at).address, &question->peer))
      continue;
    asked[at]++;
    const guint asker = index_of(speakers, question->actor.data);
    if (asker != G_MAXUINT && claims(speakers, asker, &question->peer))
      g_array_index(speakers->speakers, HgSpeaker, asker).askers--; /* it is counted below */
  }
  g_array_unref(questions);
  return asked;
}

static void count_askers(HgSpeakers *speakers, const HgObservationTable *observations) {
  guint *asked = count_questions(speakers, observations);
  for (guint from = 0, end; from < speakers->spoken->len; from = end) {
    gboolean claimed;
    end = hg_speakers_run(speakers, from, &claimed);
    for (guint i = from; i < end; i++) {
      const HgSpoken *spoken = &g_array_index(speakers->spoken, HgSpoken, i);
      if (spoken->arp.packets > 0)
        speaker_of(speakers, spoken)->askers += asked[from];
    }
  }
  g_free(asked);
}

/* The address with most packets from each MAC, of those that it alone claims: its own. */
static void find_hosts(HgSpeakers *speakers, const HgTally *tally) {
  guint64 *most = g_new0(guint64, (gsize)speakers->speakers->len + 1);
  for (guint from = 0, end; from < speakers->spoken->len; from = end) {
    gboolean claimed;
    end = hg_speakers_run(speakers, from, &claimed);
    const HgSpoken *spoken = &g_array_index(speakers->spoken, HgSpoken, from);
    const HgHost *host =
        claimed && end - from == 1 ? hg_tally_find_host(tally, spoken->address) : NULL;
    if (host && hg_host_is_unicast(host) && spoken->link.packets > most[spoken->speaker]) {
      speaker_of(speakers, spoken)->host = host->number;
      most[spoken->speaker] = spoken->link.packets;
    }
  }
  g_free(most);
}

HgSpeakers *hg_speakers_new(const HgTally *tally) {
  HgSpeakers *speakers = g_new(HgSpeakers, 1);
  speakers->speakers = g_array_new(FALSE, FALSE, sizeof(HgSpeaker));
  speakers->spoken = g_array_new(FALSE, FALSE, sizeof(HgSpoken));
  list_speakers(speakers, hg_tally_bindings(tally));
  list_spoken(speakers, hg_tally_bindings(tally));
  count_spoken(speakers);
  count_askers(speakers, hg_tally_observations(tally));
  find_hosts(speakers, tally);
  return speakers;
}

void hg_speakers_free(HgSpeakers *speakers) {
  if (!speakers)
    return;
  g_array_unref(speakers->speakers);
  g_array_unref(speakers->spoken);
  g_free(speakers);
}

gboolean hg_speaker_is_gateway(const HgSpeaker *speaker) {
  return speaker->passed >= GATEWAY_PASSED || speaker->askers >= GATEWAY_ASKERS;
}

gboolean hg_speaker_is_shared(const guint8 mac[6]) {
  static const struct {
    guint8 prefix[5], length;
  } shared[] = {{{0x00, 0x00, 0x5e, 0x00, 0x01}, 5}, /* VRRP for IPv4, CARP */
                {{0x00, 0x00, 0x5e, 0x00, 0x02}, 5}, /* VRRP for IPv6 */
                {{0x00, 0x00, 0x0c, 0x07, 0xac}, 5}, /* HSRP */
                {{0x00, 0x00, 0x0c, 0x9f}, 4},       /* HSRP version 2 */
                {{0x00, 0x05, 0x73, 0xa0}, 4},       /* HSRP version 2 for IPv6 */
                {{0x00, 0x07, 0xb4, 0x00}, 4}};      /* GLBP */
  for (guint i = 0; i < G_N_ELEMENTS(shared); i++)
    if (memcmp(mac, shared[i].prefix, shared[i].length) == 0)
      return TRUE;
  return FALSE;
}

gboolean hg_speakers_passes(const HgSpeakers *speakers, const HgAddress *address) {
  for (guint at = hg_speakers_first(speakers, address); at < speakers->spoken->len; at++) {
    const HgSpoken *spoken = &g_array_index(speakers->spoken, HgSpoken, at);
    if (!hg_address_equal(spoken->address, address))
      break;
    if (spoken->arp.packets > 0 && speaker_of(speakers, spoken)->passed > 0)
      return TRUE;
  }
  return FALSE;
}

guint32 hg_speakers_host(const HgSpeakers *speakers, const HgTally *tally, const guint8 mac[6],
                         gboolean prefer_ip) {
  const HgAddress address = {HG_ADDRESS_MAC, 6, mac};
  const HgHost *host = hg_tally_find_host(tally, &address);
  const guint at = index_of(speakers, mac);
  const guint32 behind =
      at != G_MAXUINT ? g_array_index(speakers->speakers, HgSpeaker, at).host : HG_NO_HOST;
  if (behind != HG_NO_HOST && (prefer_ip || !host))
    return behind;
  return host && hg_host_is_unicast(host) ? host->number : HG_NO_HOST;
}
