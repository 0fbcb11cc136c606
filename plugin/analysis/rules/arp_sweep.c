/* arp_sweep.c - a MAC sends ARP requests for many addresses that no host has
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/arp_owners.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/arp_answers.h"

#define SECOND_NS G_GINT64_CONSTANT(1000000000)

/* An address that the MAC sent requests for. */
typedef struct {
  gint64 time_ns, last_ns; /* first and last request */
  guint32 frame, last_frame;
  gboolean answered; /* some host has the address */
} Request;

/* A host that needs an address asks again: printers, servers and neighbours that are gone are
 * looked for all day. A sweep repeats a request only in case it was lost, and goes on (Linux asks 3
 * times, 1 s apart; nmap twice). */
#define GIVEN_UP_NS (60 * SECOND_NS)

/* A criterion: so many addresses without a host within such a time. */
typedef struct {
  double addresses;
  gint64 window_ns;
} Limit;

static Limit read_limit(const HgRuleRun *run, const char *addresses, const char *window) {
  return (Limit){hg_rule_run_parameter(run, addresses),
                 (gint64)(hg_rule_run_parameter(run, window) * (double)SECOND_NS)};
}

/* All requests of one MAC. */
typedef struct {
  const HgAddress *mac;
  GArray *requests; /* Request, by time once sorted */
  guint unanswered;
} Asker;

static gint compare_requests(gconstpointer a, gconstpointer b) {
  const Request *x = a, *y = b;
  if (x->time_ns != y->time_ns)
    return x->time_ns < y->time_ns ? -1 : 1;
  return x->frame < y->frame ? -1 : x->frame > y->frame;
}

/* The most unanswered addresses within any window; `slow`: only those that the MAC gave up on. */
static guint busiest_window(const GArray *requests, gint64 window_ns, gboolean slow) {
  GArray *times = g_array_sized_new(FALSE, FALSE, sizeof(gint64), requests->len);
  for (guint i = 0; i < requests->len; i++) {
    const Request *request = &g_array_index(requests, Request, i);
    const gboolean given_up = hg_time_span(request->time_ns, request->last_ns) <= GIVEN_UP_NS;
    if (!request->answered && (given_up || !slow))
      g_array_append_val(times, request->time_ns);
  }
  const guint most = hg_statistics_busiest(times, window_ns);
  g_array_unref(times);
  return most;
}

static char *filter_of(const Asker *asker) {
  char *mac = hg_address_to_text(asker->mac);
  char *filter =
      g_strdup_printf("arp.opcode == 1 && arp.src.hw_mac == %s && !arp.isgratuitous", mac);
  g_free(mac);
  return filter;
}

static void report(HgRuleRun *run, const HgArpOwners *owners, const Asker *asker,
                   const Limit *limit, guint most) {
  const HgTally *tally = hg_rule_run_tally(run);
  const guint32 host = hg_arp_owners_host(owners, tally, asker->mac->data, TRUE);
  if (host == HG_NO_HOST) {
    hg_rule_run_not_assessed(run, "who asks for many addresses is no host of this layer");
    return;
  }
  HgFinding *finding = hg_rule_run_report(run, host);
  finding->observed = most;
  finding->threshold = limit->addresses;
  finding->strength = hg_statistics_strength(finding->observed, finding->threshold);
  for (guint i = 0; i < asker->requests->len; i++) {
    hg_finding_add_frame(finding, g_array_index(asker->requests, Request, i).frame);
    hg_finding_add_frame(finding, g_array_index(asker->requests, Request, i).last_frame);
  }
  hg_finding_take_filter(finding, filter_of(asker));

  const gint64 first = g_array_index(asker->requests, Request, 0).time_ns;
  const gint64 last = g_array_index(asker->requests, Request, asker->requests->len - 1).time_ns;
  char *span = hg_wording_period(first, last);
  char *window = hg_wording_span(limit->window_ns);
  char *mac = hg_address_to_text(asker->mac);
  hg_finding_set_evidence(finding,
                          "%s (%s) asked by ARP for %u addresses within %s, of which %u are "
                          "nobody's; up to %u of those in any %s",
                          hg_tally_host(tally, host)->text, mac, asker->requests->len, span,
                          asker->unanswered, most, window);
  g_free(mac);
  g_free(window);
  g_free(span);
}

/* Whether its role explains requests over hours: DHCP servers probe addresses before they lease
 * them, monitors look for hosts that are down. */
static gboolean has_reason(const HgRuleRun *run, const HgArpOwners *owners, const Asker *asker) {
  const guint32 host = hg_arp_owners_host(owners, hg_rule_run_tally(run), asker->mac->data, TRUE);
  return host != HG_NO_HOST &&
         hg_rule_run_has_role(run, host, HG_ROLE_DHCP_SERVER | HG_ROLE_MONITOR);
}

/* "Nobody's" needs that answers would have been captured. */
static gboolean are_answers_visible(HgRuleRun *run, const HgArpAnswers *answers,
                                    const Asker *asker) {
  if (hg_arp_answers_are_visible(answers, asker->mac))
    return TRUE;
  char *mac = hg_address_to_text(asker->mac);
  char *why = g_strdup_printf("no answers to ARP requests of %s were captured", mac);
  hg_rule_run_not_assessed(run, why);
  g_free(why);
  g_free(mac);
  return FALSE;
}

static void assess_asker(HgRuleRun *run, const HgArpOwners *owners, const HgArpAnswers *answers,
                         Asker *asker) {
  const Limit fast = read_limit(run, "addresses", "window");
  const Limit slow = read_limit(run, "addresses", "slow-window");
  const HgArpOwner *owner = hg_arp_owners_find(owners, asker->mac->data);
  /* A router sends requests for every address that packets from other networks are sent to. */
  if (asker->unanswered < fast.addresses || (owner && hg_arp_owner_is_gateway(owner)))
    return;
  if (!are_answers_visible(run, answers, asker))
    return;
  g_array_sort(asker->requests, compare_requests);
  const guint at_once = busiest_window(asker->requests, fast.window_ns, FALSE);
  if (at_once >= fast.addresses) {
    report(run, owners, asker, &fast, at_once);
    return;
  }
  const guint in_all = busiest_window(asker->requests, slow.window_ns, TRUE);
  if (in_all >= slow.addresses && asker->unanswered * 2 > asker->requests->len &&
      !has_reason(run, owners, asker))
    report(run, owners, asker, &slow, in_all);
}

/* A gratuitous ARP announcement asks for its sender's own address (RFC 5227). */
static gboolean is_announcement(const HgObservation *request) {
  char *asked = hg_address_to_text(&request->peer);
  const gboolean same = g_str_equal(asked, request->subject);
  g_free(asked);
  return same;
}

static void add_request(Asker *asker, const HgObservation *request, const HgArpOwners *owners) {
  const HgTraffic *asked = &request->traffic;
  const Request one = {asked->first_ns, asked->last_ns, asked->first_frame, asked->last_frame,
                       hg_arp_owners_knows(owners, &request->peer)};
  g_array_append_val(asker->requests, one);
  asker->unanswered += !one.answered;
}

/* The MAC may have asked for it from another address, too. */
static void ask_again(Asker *asker, const HgObservation *request) {
  Request *last = &g_array_index(asker->requests, Request, asker->requests->len - 1);
  last->last_ns = MAX(last->last_ns, request->traffic.last_ns);
}

static void assess(HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgObservationTable *observations = hg_tally_observations(tally);
  GArray *all = hg_observation_table_of_kind(observations, HG_OBSERVED_ARP_QUESTION);
  GArray *requests = g_array_new(FALSE, FALSE, sizeof(Request));
  const HgArpOwners *owners = hg_rule_run_owners(run);
  HgArpAnswers *answers = hg_arp_answers_new(tally, owners);
  for (guint i = 0; i < all->len;) {
    const HgObservation *first =
        hg_observation_table_get(observations, g_array_index(all, guint32, i));
    Asker asker = {&first->actor, requests, 0};
    const HgAddress *before = NULL;
    g_array_set_size(requests, 0);
    for (; i < all->len; i++) {
      const HgObservation *next =
          hg_observation_table_get(observations, g_array_index(all, guint32, i));
      if (!hg_address_equal(&next->actor, asker.mac))
        break;
      if (is_announcement(next))
        continue;
      if (before && hg_address_equal(before, &next->peer))
        ask_again(&asker, next);
      else
        add_request(&asker, next, owners);
      before = &next->peer;
    }
    assess_asker(run, owners, answers, &asker);
  }
  hg_arp_answers_free(answers);
  g_array_unref(requests);
  g_array_unref(all);
}

static const char *const attack[] = {"T1018", NULL};
static const HgParameter parameters[] = {
    {"addresses", 25, 2, 65535, "addresses", "distinct addresses asked for that nobody has"},
    {"window", 60, 1, 86400, "s", "within this time"},
    {"slow-window", 86400, 1, 31536000, "s",
     "or within this time, of those that were asked for during a minute at most, when they are more "
     "than half of all that it asked for"},
    {0}};

const HgRule hg_rule_arp_sweep = {
    .id = "arp-sweep",
    .title = "ARP sweep",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .what =
        "ARP questions for many addresses of the local network that nobody has, where answers would "
        "have been captured",
    .source =
        "Zeek's scan policy counts 25 failed targets; asked by ARP they fail within a "
        "minute. That ARP alone shows sweeping worms: Whyte, van Oorschot, Kranakis, "
        "\"Detecting Intra-enterprise Scanning Worms based on Address Resolution\", 2005. Over a "
        "day the same counts where most of what was asked for is nobody's and was not asked for "
        "again",
    .false_positive_if =
        "the host takes stock of this network (inventory, monitoring, DHCP server), or it "
        "is a router that the capture does not show as one",
    .needs_evidence = TRUE,
    .needs_times = TRUE,
    .parameters = parameters,
    .assess = assess};
