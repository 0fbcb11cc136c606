/* arp_answers.c - whether the capture would show the answers to a MAC's ARP requests
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "arp_answers.h"

enum { ASKED_NOBODY, ASKED_SOMEBODY, GOT_REPLY };

typedef struct {
  const HgAddress *mac;
  guint8 result; /* one of these */
} Asker;

struct HgArpAnswers {
  GArray *askers;         /* Asker, by MAC */
  guint asked, got_reply; /* askers for an address that somebody has, and how many got a reply */
};

/* Addresses to which a reply was sent, as text. (transfer full) */
static GHashTable *find_told(const HgObservationTable *observations) {
  const GArray *replies = hg_observation_table_seen(observations, HG_OBSERVED_ARP_REPLY);
  GHashTable *told = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < replies->len; i++)
    g_hash_table_add(
        told, hg_observation_table_get(observations, g_array_index(replies, guint32, i))->subject);
  return told;
}

/* Gratuitous requests and probes (RFC 5227) are not answered. */
static gboolean expects_reply(const HgObservation *request) {
  char *asked = hg_address_to_text(&request->peer);
  const gboolean expects = *request->subject != '\0' && !g_str_equal(asked, request->subject);
  g_free(asked);
  return expects;
}

HgArpAnswers *hg_arp_answers_new(const HgTally *tally, const HgArpOwners *owners) {
  const HgObservationTable *observations = hg_tally_observations(tally);
  GArray *requests = hg_observation_table_of_kind(observations, HG_OBSERVED_ARP_QUESTION);
  GHashTable *told = find_told(observations);
  HgArpAnswers *answers = g_new0(HgArpAnswers, 1);
  answers->askers = g_array_new(FALSE, FALSE, sizeof(Asker));
  for (guint i = 0; i < requests->len; i++) {
    const HgObservation *request =
        hg_observation_table_get(observations, g_array_index(requests, guint32, i));
    Asker *last = answers->askers->len
                      ? &g_array_index(answers->askers, Asker, answers->askers->len - 1)
                      : NULL;
    if (!last || !hg_address_equal(last->mac, &request->actor)) {
      const Asker one = {&request->actor, ASKED_NOBODY};
      g_array_append_val(answers->askers, one);
      last = &g_array_index(answers->askers, Asker, answers->askers->len - 1);
    }
    if (last->result == GOT_REPLY || !expects_reply(request))
      continue;
    if (g_hash_table_contains(told, request->subject))
      last->result = GOT_REPLY;
    else if (hg_arp_owners_knows(owners, &request->peer))
      last->result = ASKED_SOMEBODY;
  }
  for (guint i = 0; i < answers->askers->len; i++) {
    const guint8 result = g_array_index(answers->askers, Asker, i).result;
    answers->asked += result != ASKED_NOBODY;
    answers->got_reply += result == GOT_REPLY;
  }
  g_hash_table_unref(told);
  g_array_unref(requests);
  return answers;
}

void hg_arp_answers_free(HgArpAnswers *answers) {
  g_array_unref(answers->askers);
  g_free(answers);
}

gboolean hg_arp_answers_are_visible(const HgArpAnswers *answers, const HgAddress *mac) {
  guint low = 0, high = answers->askers->len;
  while (low < high) {
    const guint middle = low + (high - low) / 2;
    if (hg_address_compare(g_array_index(answers->askers, Asker, middle).mac, mac) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == answers->askers->len ||
      !hg_address_equal(g_array_index(answers->askers, Asker, low).mac, mac))
    return FALSE;
  const guint8 result = g_array_index(answers->askers, Asker, low).result;
  return result == GOT_REPLY || (result == ASKED_NOBODY && answers->got_reply > 0 &&
                                 answers->got_reply * 2 >= answers->asked);
}
