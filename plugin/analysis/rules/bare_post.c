/* bare_post.c - data posted to an external server that is called by its address, more than once
 *
 * Malware reports to addresses that it carries with it. Protocols that say what they are (SOAP, OCSP, ...) and forms of
 * pages that the client got there are something else.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/observed_pair.h"
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"
#include "analysis/measures/shared_services.h"

#include <string.h>

/* Subject: what it looks like, and the URI's digest. */
typedef HgObservedPair Post;

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

/* Pairs (guint64, owned) -> the frame of the first answer other than "not found" that the client got from
 * the server. (transfer full) */
static GHashTable *find_first_answers(const HgTally *tally) {
  const GArray *numbers =
      hg_observation_table_seen(hg_tally_observations(tally), HG_OBSERVED_WEB_ANSWER);
  GHashTable *first = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < numbers->len; i++) {
    HgObservedPair answer;
    if (!hg_observed_pair_read(tally, g_array_index(numbers, guint32, i), &answer) ||
        strcmp(answer.observation->subject, "found") != 0)
      continue;
    const guint64 pair = hg_observed_pair_key(&answer);
    const guint32 frame = answer.observation->traffic.first_frame;
    gpointer before;
    if (!g_hash_table_lookup_extended(first, &pair, NULL, &before) ||
        frame < GPOINTER_TO_UINT(before))
      g_hash_table_replace(first, g_memdup2(&pair, sizeof pair), GUINT_TO_POINTER(frame));
  }
  return first;
}

/* It says what it is, or a browser fills in a form that it got from there. */
static gboolean is_explained(GHashTable *first_answers, const Post *post) {
  const guint64 pair = hg_observed_pair_key(post);
  if (g_str_has_prefix(post->observation->subject, "protocol "))
    return TRUE;
  gpointer frame;
  return g_str_has_prefix(post->observation->subject, "form ") &&
         g_hash_table_lookup_extended(first_answers, &pair, NULL, &frame) &&
         GPOINTER_TO_UINT(frame) < post->observation->traffic.first_frame;
}

/* Those of internal hosts to external ones, sorted; (transfer full). */
static GArray *gather(const HgRuleRun *run) {
  const HgTally *tally = hg_rule_run_tally(run);
  const GArray *numbers =
      hg_observation_table_seen(hg_tally_observations(tally), HG_OBSERVED_ADDRESS_POST);
  GArray *posts = g_array_new(FALSE, FALSE, sizeof(Post));
  GHashTable *first_answers = find_first_answers(tally);
  for (guint i = 0; i < numbers->len; i++) {
    Post one;
    if (hg_observed_pair_read(tally, g_array_index(numbers, guint32, i), &one) &&
        hg_rule_run_scope(run, one.client) == HG_SCOPE_INTERNAL &&
        hg_rule_run_scope(run, one.server) == HG_SCOPE_EXTERNAL &&
        !is_explained(first_answers, &one))
      g_array_append_val(posts, one);
  }
  g_hash_table_unref(first_answers);
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

/* --- one client --- */

/* Posts of one client: from `first` up to `end`, sorted by server. */
typedef struct {
  const GArray *posts;
  guint first, end;
} Client;

static const Post *post(const Client *client, guint i) {
  return &g_array_index(client->posts, Post, i);
}

static gboolean is_same_uri(const Post *a, const Post *b) {
  return a->server == b->server && strcmp(a->observation->subject, b->observation->subject) == 0;
}

/* The most posts to one URI of one server. */
static guint most_to_one_uri(const Client *client) {
  guint most = 0, count = 0;
  for (guint i = client->first; i < client->end; i++) {
    count = i > client->first && is_same_uri(post(client, i), post(client, i - 1)) ? count + 1 : 1;
    most = MAX(most, count);
  }
  return most;
}

/* Adds servers and frames; answers the servers. (transfer full) */
static GArray *add_posts(const HgTally *tally, const Client *client, HgFinding *finding) {
  GArray *servers = g_array_new(FALSE, FALSE, sizeof(guint32));
  GArray *frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint i = client->first; i < client->end; i++) {
    const Post *one = post(client, i);
    const guint32 frame = one->observation->traffic.first_frame;
    if (i == client->first || one->server != post(client, i - 1)->server)
      g_array_append_val(servers, one->server);
    hg_finding_add_peer(finding, one->server);
    hg_finding_add_frame(finding, frame);
    g_array_append_val(frames, frame);
  }
  hg_finding_take_filter(
      finding,
      hg_filter_few_frames(
          frames, hg_filter_host(tally, post(client, client->first)->client, HG_FILTER_SOURCE)));
  g_array_unref(frames);
  return servers;
}

/* Each URI once: 17 % of malware, and 1.7 % of what is harmless. No suspect beside odd-port and
 * volume-outlier, which speak of such programs, too. */
#define ONCE 0.1

static void report(HgRuleRun *run, const Client *client) {
  const HgTally *tally = hg_rule_run_tally(run);
  const guint32 host = post(client, client->first)->client;
  HgFinding *finding = hg_rule_run_report(run, host);
  GArray *servers = add_posts(tally, client, finding);
  g_autofree char *names = hg_wording_hosts(tally, servers, servers->len);
  finding->observed = most_to_one_uri(client);
  finding->threshold = hg_rule_run_parameter(run, "posts");
  finding->strength = finding->observed >= finding->threshold
                          ? hg_statistics_strength(finding->observed, finding->threshold)
                          : ONCE;
  hg_finding_set_evidence(
      finding,
      "%s posted data over HTTP to %s, called by address and not by name: %u times, "
      "up to %u to one URI",
      hg_tally_host(tally, host)->text, names, client->end - client->first,
      (guint)finding->observed);
  g_array_unref(servers);
}

static void drop_shared(const HgRuleRun *run, GArray *posts) {
  GHashTable *shared = shared_among(run, posts);
  guint kept = 0;
  for (guint i = 0; i < posts->len; i++)
    if (!is_shared(run, shared, &g_array_index(posts, Post, i)))
      g_array_index(posts, Post, kept++) = g_array_index(posts, Post, i);
  g_array_set_size(posts, kept);
  g_hash_table_destroy(shared);
}

static void assess(HgRuleRun *run) {
  GArray *posts = gather(run);
  drop_shared(run, posts);
  for (guint first = 0, end; first < posts->len; first = end) {
    const guint32 client = g_array_index(posts, Post, first).client;
    for (end = first + 1; end < posts->len; end++)
      if (g_array_index(posts, Post, end).client != client)
        break;
    report(run, &(Client){posts, first, end});
  }
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
