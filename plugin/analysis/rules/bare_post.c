/* bare_post.c - data posted to an external server that is called by its address, more than once
 *
 * Malware reports to addresses that it carries with it. Protocols that say what they are (SOAP, OCSP, ...) and forms of
 * pages that the client got there are something else.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/shared_services.h"

#include <string.h>

typedef struct {
  guint32 client, server;
  const HgObservation *observation; /* subject: what it looks like, and the URI's digest */
} Post;

static gint compare_posts(gconstpointer a, gconstpointer b) {
  const Post *x = a, *y = b;
  if (x->client != y->client)
    return x->client < y->client ? -1 : 1;
  if (x->server != y->server)
    return x->server < y->server ? -1 : 1;
  const gint order = strcmp(x->observation->subject, y->observation->subject);
  if (order != 0)
    return order;
  return x->observation->traffic.first_frame < y->observation->traffic.first_frame ? -1 : 1;
}

/* The frame of the first answer other than "not found" that the client got from the server. */
static guint32 first_answer(const HgTally *tally, const HgObservation *post) {
  const HgObservationTable *table = hg_tally_observations(tally);
  const GArray *numbers = hg_observation_table_seen(table, HG_OBSERVED_WEB_ANSWER);
  guint32 first = G_MAXUINT32;
  for (guint i = 0; i < numbers->len; i++) {
    const HgObservation *answer =
        hg_observation_table_get(table, g_array_index(numbers, guint32, i));
    if (strcmp(answer->subject, "found") == 0 && hg_address_equal(&answer->actor, &post->actor) &&
        hg_address_equal(&answer->peer, &post->peer))
      first = MIN(first, answer->traffic.first_frame);
  }
  return first;
}

/* It says what it is, or a browser fills in a form that it got from there. */
static gboolean is_explained(const HgTally *tally, const HgObservation *post) {
  if (g_str_has_prefix(post->subject, "protocol "))
    return TRUE;
  return g_str_has_prefix(post->subject, "form ") &&
         first_answer(tally, post) < post->traffic.first_frame;
}

/* Those of internal hosts to external ones, sorted; (transfer full). */
static GArray *gather(const HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgObservationTable *table = hg_tally_observations(tally);
  const GArray *numbers = hg_observation_table_seen(table, HG_OBSERVED_ADDRESS_POST);
  GArray *posts = g_array_new(FALSE, FALSE, sizeof(Post));
  for (guint i = 0; i < numbers->len; i++) {
    Post one = {.observation = hg_observation_table_get(table, g_array_index(numbers, guint32, i))};
    const HgHost *client = hg_tally_find_host(tally, &one.observation->actor);
    const HgHost *server = hg_tally_find_host(tally, &one.observation->peer);
    if (!client || !server || hg_rule_run_scope(run, client->number) != HG_SCOPE_INTERNAL ||
        hg_rule_run_scope(run, server->number) != HG_SCOPE_EXTERNAL ||
        is_explained(tally, one.observation))
      continue;
    one.client = client->number;
    one.server = server->number;
    g_array_append_val(posts, one);
  }
  g_array_sort(posts, compare_posts);
  return posts;
}

/* --- servers that everybody uses --- */

static void append_services(const HgRuleRun *run, const Post *post, GArray *numbers) {
  guint32 first = 0;
  const guint32 count =
      hg_service_table_of_pair(hg_rule_run_services(run), post->client, post->server, &first);
  for (guint32 i = first; i < first + count; i++)
    if (hg_service_table_get(hg_rule_run_services(run), i)->transport == HG_TRANSPORT_TCP)
      g_array_append_val(numbers, i);
}

static GHashTable *shared_among(const HgRuleRun *run, const GArray *posts) {
  GArray *numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
  GHashTable *shared;
  for (guint i = 0; i < posts->len; i++)
    append_services(run, &g_array_index(posts, Post, i), numbers);
  shared =
      hg_shared_services_new(run, numbers, G_MAXDOUBLE, hg_rule_run_parameter(run, "prevalence"));
  g_array_unref(numbers);
  return shared;
}

static gboolean is_shared(const HgRuleRun *run, GHashTable *shared, const Post *post) {
  GArray *numbers = g_array_new(FALSE, FALSE, sizeof(guint32));
  gboolean found = FALSE;
  append_services(run, post, numbers);
  for (guint i = 0; i < numbers->len && !found; i++)
    found = hg_shared_services_contain(
        shared,
        hg_service_table_get(hg_rule_run_services(run), g_array_index(numbers, guint32, i)));
  g_array_unref(numbers);
  return found;
}

/* --- one client and one server --- */

/* Posts of one client to one server: from `first` up to `end`. */
typedef struct {
  const GArray *posts;
  guint first, end;
} Pair;

static const Post *post(const Pair *pair, guint i) {
  return &g_array_index(pair->posts, Post, i);
}

/* The most posts to one URI. */
static guint most_to_one_uri(const Pair *pair) {
  guint most = 0, count = 0;
  for (guint i = pair->first; i < pair->end; i++) {
    const gboolean same = i > pair->first && strcmp(post(pair, i)->observation->subject,
                                                    post(pair, i - 1)->observation->subject) == 0;
    count = same ? count + 1 : 1;
    most = MAX(most, count);
  }
  return most;
}

/* A client that posts once to a server without a name: no suspect alone. */
#define ONCE 0.35

static void report(HgRuleRun *run, const Pair *pair) {
  const HgTally *tally = hg_rule_run_tally(run);
  const Post *first = post(pair, pair->first);
  HgFinding *finding = hg_rule_run_report(run, first->client);
  GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  finding->observed = most_to_one_uri(pair);
  finding->threshold = hg_rule_run_parameter(run, "posts");
  finding->strength = finding->observed >= finding->threshold
                          ? hg_statistics_strength(finding->observed, finding->threshold)
                          : ONCE;
  hg_finding_add_peer(finding, first->server);
  for (guint i = pair->first; i < pair->end; i++) {
    const guint32 frame = post(pair, i)->observation->traffic.first_frame;
    hg_finding_add_frame(finding, frame);
    g_array_append_val(frames, frame);
  }
  hg_finding_take_filter(
      finding,
      hg_filter_few_frames(frames, hg_filter_directed(tally, first->client, first->server)));
  g_array_unref(frames);
  hg_finding_set_evidence(
      finding,
      "%s posted data over HTTP to %s, which it called by its address: %u times, up to %u to one URI",
      hg_tally_host(tally, first->client)->text, hg_tally_host(tally, first->server)->text,
      pair->end - pair->first, (guint)finding->observed);
}

static gboolean is_same_pair(const Post *a, const Post *b) {
  return a->client == b->client && a->server == b->server;
}

static void assess(HgRuleRun *run) {
  GArray *posts = gather(run);
  GHashTable *shared = shared_among(run, posts);
  for (guint first = 0, end; first < posts->len; first = end) {
    const Post *one = &g_array_index(posts, Post, first);
    for (end = first + 1; end < posts->len; end++)
      if (!is_same_pair(&g_array_index(posts, Post, end), one))
        break;
    if (!is_shared(run, shared, one))
      report(run, &(Pair){posts, first, end});
  }
  g_hash_table_destroy(shared);
  g_array_unref(posts);
}

static const char *const attack[] = {"T1071.001", "T1041", NULL};
static const HgParameter parameters[] = {
    {"posts", 2, 1, 1000000, "requests", "requests to one URI; fewer are a weak sign"},
    {"prevalence", 0.5, 0.01, 1, "share",
     "a server that so many of the hosts with external connections use, and at least 5, belongs to a program"},
    {0}};

const HgRule hg_rule_bare_post = {
    .id = "bare-post",
    .title = "Posts to an address",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what =
        "the same URI of an external server posted to (HTTP) twice or more, the server being called by its address; "
        "not SOAP, OCSP and other protocols that say what they are, nor forms of pages that were got there",
    .source =
        "counted: the same URI twice in 11 % of 477 captures of malware and 0.9 % of 115 harmless ones with HTTP "
        "answers; once in 17 % and 1.7 %; prevalence: RITA v5",
    .false_positive_if =
        "it is a program of the user's or a device that reports to its maker, whose server has no name "
        "(a SIP gateway, a portal)",
    .needs_evidence = TRUE,
    .needs_home = TRUE,
    .parameters = parameters,
    .assess = assess};
