/* arp_sweep.c - many addresses of the local network asked for that nobody has
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/rule.h"
#include "analysis/speakers.h"
#include "analysis/statistics.h"
#include "analysis/wording.h"

#define SECOND_NS G_GINT64_CONSTANT(1000000000)

/* An address that the MAC asked for. */
typedef struct {
  gint64 time_ns; /* first question */
  guint32 frame, last_frame;
  gboolean answered; /* somebody has the address */
} Question;

/* All that one MAC asked for. */
typedef struct {
  const HgAddress *mac;
  GArray *questions; /* Question, by time once sorted */
  guint unanswered;
} Asker;

static gint compare_questions(gconstpointer a, gconstpointer b) {
  const Question *x = a, *y = b;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

/* The most unanswered addresses within any `window_ns`, and where that begins. */
static guint busiest_window(const GArray *questions, gint64 window_ns) {
  guint most = 0, within = 0;
  for (guint first = 0, last = 0; last < questions->len; last++) {
    within += !g_array_index(questions, Question, last).answered;
    const gint64 from = g_array_index(questions, Question, last).time_ns - window_ns;
    for (; g_array_index(questions, Question, first).time_ns < from; first++)
      within -= !g_array_index(questions, Question, first).answered;
    most = MAX(most, within);
  }
  return most;
}

static char *filter_of(const Asker *asker) {
  char *mac = hg_address_to_text(asker->mac);
  char *filter =
      g_strdup_printf("arp.opcode == 1 && arp.src.hw_mac == %s && !arp.isgratuitous", mac);
  g_free(mac);
  return filter;
}

static void report(HgRuleRun *run, const HgSpeakers *speakers, const Asker *asker, guint most) {
  const HgTally *tally = hg_rule_run_tally(run);
  const guint32 host = hg_speakers_host(speakers, tally, asker->mac->data, TRUE);
  if (host == HG_NO_HOST) {
    hg_rule_run_not_assessed(run, "who asks for many addresses is no host of this layer");
    return;
  }
  HgFinding *finding = hg_rule_run_report(run, host);
  finding->measured = most;
  finding->threshold = hg_rule_run_parameter(run, "addresses");
  finding->strength = hg_statistics_strength(finding->measured, finding->threshold);
  for (guint i = 0; i < asker->questions->len; i++) {
    hg_finding_add_frame(finding, g_array_index(asker->questions, Question, i).frame);
    hg_finding_add_frame(finding, g_array_index(asker->questions, Question, i).last_frame);
  }
  hg_finding_take_filter(finding, filter_of(asker));

  const gint64 first = g_array_index(asker->questions, Question, 0).time_ns;
  const gint64 last = g_array_index(asker->questions, Question, asker->questions->len - 1).time_ns;
  char *span = hg_wording_span(last - first);
  char *window = hg_wording_span((gint64)(hg_rule_run_parameter(run, "window") * SECOND_NS));
  char *mac = hg_address_to_text(asker->mac);
  hg_finding_set_evidence(finding,
                          "%s (%s) asked by ARP for %u addresses within %s, of which %u are "
                          "nobody's; up to %u of those in any %s",
                          hg_tally_host(tally, host)->text, mac, asker->questions->len, span,
                          asker->unanswered, most, window);
  g_free(mac);
  g_free(window);
  g_free(span);
}

static void assess_asker(HgRuleRun *run, const HgSpeakers *speakers, Asker *asker) {
  const double addresses = hg_rule_run_parameter(run, "addresses");
  const HgSpeaker *speaker = hg_speakers_find(speakers, asker->mac->data);
  /* A router asks for whomever packets from elsewhere look for. */
  if (asker->unanswered < addresses || (speaker && hg_speaker_is_gateway(speaker)))
    return;
  g_array_sort(asker->questions, compare_questions);
  const guint most =
      busiest_window(asker->questions, (gint64)(hg_rule_run_parameter(run, "window") * SECOND_NS));
  if (most >= addresses)
    report(run, speakers, asker, most);
}

/* An announcement asks for its own sender's address (RFC 5227). */
static gboolean is_announcement(const HgObservation *question) {
  char *asked = hg_address_to_text(&question->peer);
  const gboolean same = g_str_equal(asked, question->subject);
  g_free(asked);
  return same;
}

static void add_question(Asker *asker, const HgObservation *question, const HgSpeakers *speakers) {
  const Question one = {question->traffic.first_ns, question->traffic.first_frame,
                        question->traffic.last_frame, hg_speakers_knows(speakers, &question->peer)};
  g_array_append_val(asker->questions, one);
  asker->unanswered += !one.answered;
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgObservationTable *observations = hg_tally_observations(tally);
  GArray *all = hg_observation_table_of_kind(observations, HG_OBSERVED_ARP_QUESTION);
  GArray *questions = g_array_new(FALSE, FALSE, sizeof(Question));
  const HgSpeakers *speakers = hg_rule_run_speakers(run);
  for (guint i = 0; i < all->len;) {
    const HgObservation *first =
        hg_observation_table_get(observations, g_array_index(all, guint32, i));
    Asker asker = {&first->actor, questions, 0};
    const HgAddress *before = NULL;
    g_array_set_size(questions, 0);
    for (; i < all->len; i++) {
      const HgObservation *next =
          hg_observation_table_get(observations, g_array_index(all, guint32, i));
      if (!hg_address_equal(&next->actor, asker.mac))
        break;
      if (is_announcement(next) || (before && hg_address_equal(before, &next->peer)))
        continue; /* asked for as somebody else, too: the first time counts */
      before = &next->peer;
      add_question(&asker, next, speakers);
    }
    assess_asker(run, speakers, &asker);
  }
  g_array_unref(questions);
  g_array_unref(all);
}

static const char *const attack[] = {"T1018", NULL};
static const HgParameter parameters[] = {
    {"addresses", 25, 2, 65535, "addresses", "distinct addresses asked for that nobody has"},
    {"window", 60, 1, 86400, "s", "within this time"},
    {0}};

const HgRule hg_rule_arp_sweep = {
    .id = "arp-sweep",
    .title = "ARP sweep",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what = "ARP questions for many addresses of the local network that nobody has",
    .source = "Zeek's scan policy counts 25 failed targets; asked by ARP they fail within a "
              "minute. That ARP alone shows sweeping worms: Whyte, van Oorschot, Kranakis, "
              "\"Detecting Intra-enterprise Scanning Worms based on Address Resolution\", 2005",
    .clears_if = "the host takes stock of this network (inventory, monitoring, DHCP server), or it "
                 "is a router that the capture does not show as one",
    .needs_evidence = TRUE,
    .parameters = parameters,
    .assess = assess};
