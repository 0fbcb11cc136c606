/* icmp_tunnel.c - data carried in ICMP echoes
 *
 * Pings repeat themselves: except for a time stamp their data stays the same, and the reply
 * returns it. So neither many nor large pings make a tunnel (floods, path MTU probes, monitoring),
 * but contents that change do. Data that differs only in length, as in a sweep of sizes, is no
 * change.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/contract/rule_run.h"

#include <string.h>

/* The host that sends the requests and the one that gets them; both are hosts of the tally. */
typedef struct {
  guint32 asker, answerer;
} Pair;

typedef struct {
  GHashTable *contents; /* const char * digest -> const HgObservation */
  GHashTable *sizes;    /* sizes of those contents */
  guint64 packets, bytes;
} Direction;

typedef struct {
  Pair pair;
  Direction requests, replies;
  guint odd;           /* contents of replies that match no request */
  guint64 odd_packets; /* number of such replies */
} Echoes;

typedef struct {
  double contents, replies, kilobytes, median;
} Limits;

static void direction_init(Direction *direction) {
  direction->contents = g_hash_table_new(g_str_hash, g_str_equal);
  direction->sizes = g_hash_table_new(NULL, NULL);
}

static void direction_clear(Direction *direction) {
  g_hash_table_destroy(direction->contents);
  g_hash_table_destroy(direction->sizes);
}

static void echoes_free(gpointer data) {
  Echoes *echoes = data;
  direction_clear(&echoes->requests);
  direction_clear(&echoes->replies);
  g_free(echoes);
}

/* All echoes of one digest have one size. */
static guint64 size_of(const HgObservation *echo) {
  return echo->traffic.packets ? echo->traffic.bytes / echo->traffic.packets : 0;
}

static void add(Direction *direction, const HgObservation *echo) {
  g_hash_table_insert(direction->contents, strchr(echo->subject, ' ') + 1, (gpointer)echo);
  g_hash_table_add(direction->sizes, GSIZE_TO_POINTER((gsize)size_of(echo)));
  direction->packets += echo->traffic.packets;
  direction->bytes += echo->traffic.bytes;
}

/* Contents beyond the first of each size. */
static guint changes(const Direction *direction) {
  return g_hash_table_size(direction->contents) - g_hash_table_size(direction->sizes);
}

static void add_sizes(const Direction *direction, GArray *sizes, guint64 *bytes) {
  GHashTableIter contents;
  gpointer value;
  g_hash_table_iter_init(&contents, direction->contents);
  while (g_hash_table_iter_next(&contents, NULL, &value)) {
    const double size = (double)size_of(value);
    g_array_append_val(sizes, size);
    *bytes += (guint64)size;
  }
}

/* The median size of the contents, and their total size; a repeated content counts once. */
static double contents_median(const Echoes *echoes, guint64 *bytes) {
  GArray *sizes = g_array_new(FALSE, FALSE, sizeof(double));
  *bytes = 0;
  add_sizes(&echoes->requests, sizes, bytes);
  add_sizes(&echoes->replies, sizes, bytes);
  hg_statistics_sort(sizes);
  const double median = sizes->len ? hg_statistics_median(sizes) : 0;
  g_array_free(sizes, TRUE);
  return median;
}

static void count_odd(Echoes *echoes) {
  GHashTableIter contents;
  gpointer key, value;
  g_hash_table_iter_init(&contents, echoes->replies.contents);
  while (g_hash_table_iter_next(&contents, &key, &value)) {
    if (g_hash_table_contains(echoes->requests.contents, key))
      continue;
    echoes->odd++;
    echoes->odd_packets += ((const HgObservation *)value)->traffic.packets;
  }
}

/* --- report --- */

typedef struct {
  const char *request, *reply;
  /* excludes ICMP errors, which quote such messages and so have the same fields */
  const char *no_error;
} Fields;

/* The fields for hosts known by IPv4 address, IPv6 address, and by MAC or several addresses. */
static const Fields fields_of[] = {
    {"icmp.type == 8", "icmp.type == 0", "!(icmp.type in {3, 4, 5, 11, 12})"},
    {"icmpv6.type == 128", "icmpv6.type == 129", "!(icmpv6.type in {1..4})"},
    {"(icmp.type == 8 || icmpv6.type == 128)", "(icmp.type == 0 || icmpv6.type == 129)",
     "!(icmp.type in {3, 4, 5, 11, 12}) && !(icmpv6.type in {1..4})"},
};

static char *filter_of(const HgTally *tally, const Pair *pair) {
  const HgAddressKind kind = hg_tally_host(tally, pair->asker)->address.kind;
  const gboolean several = hg_tally_host_aliases(tally, pair->asker) != NULL;
  const Fields *fields = &fields_of[several                   ? 2
                                    : kind == HG_ADDRESS_IPV4 ? 0
                                    : kind == HG_ADDRESS_IPV6 ? 1
                                                              : 2];
  char *either = hg_filter_or(hg_filter_and(hg_filter_directed(tally, pair->asker, pair->answerer),
                                            g_strdup(fields->request)),
                              hg_filter_and(hg_filter_directed(tally, pair->answerer, pair->asker),
                                            g_strdup(fields->reply)));
  return hg_filter_and(either, g_strdup(fields->no_error));
}

static void add_frames(HgFinding *finding, const Direction *direction) {
  GHashTableIter contents;
  gpointer value;
  g_hash_table_iter_init(&contents, direction->contents);
  while (g_hash_table_iter_next(&contents, NULL, &value)) {
    const HgObservation *echo = value;
    hg_finding_add_frame(finding, echo->traffic.first_frame);
    finding->last_frame = MAX(finding->last_frame, echo->traffic.last_frame);
  }
}

static void assess_echoes(HgRuleRun *run, const Limits *limits, Echoes *echoes) {
  const HgTally *tally = hg_rule_run_tally(run);
  const guint changed = changes(&echoes->requests) + changes(&echoes->replies);
  guint64 bytes;
  const double median = contents_median(echoes, &bytes);
  count_odd(echoes);
  const gboolean large = median > limits->median && changed >= limits->contents;
  const gboolean much = median > limits->median && changed > 0 &&
                        (double)bytes >= limits->kilobytes * 1024 &&
                        changed * 2 >= g_hash_table_size(echoes->requests.contents);
  const gboolean differ =
      echoes->odd >= limits->replies && echoes->odd_packets * 4 >= echoes->replies.packets;
  if (!large && !much && !differ)
    return;
  HgFinding *finding = hg_rule_run_report(run, echoes->pair.asker);
  finding->observed = differ && !large ? echoes->odd : changed;
  finding->threshold = differ && !large ? limits->replies : limits->contents;
  finding->strength = hg_statistics_strength(finding->observed, finding->threshold);
  hg_finding_add_peer(finding, echoes->pair.answerer);
  add_frames(finding, &echoes->requests);
  add_frames(finding, &echoes->replies);
  hg_finding_take_filter(finding, filter_of(tally, &echoes->pair));
  char *size = hg_wording_number(median, 0);
  hg_finding_set_evidence(
      finding,
      "%s sent %" G_GUINT64_FORMAT " echo requests to %s and got %" G_GUINT64_FORMAT
      " replies: %u times other data of the same size, median %s bytes, %" G_GUINT64_FORMAT
      " bytes of data that does not repeat itself; %" G_GUINT64_FORMAT
      " replies hold what no request did",
      hg_tally_host(tally, echoes->pair.asker)->text, echoes->requests.packets,
      hg_tally_host(tally, echoes->pair.answerer)->text, echoes->replies.packets, changed, size,
      bytes, echoes->odd_packets);
  g_free(size);
}

/* --- all pairs --- */

static guint pair_hash(gconstpointer key) {
  const Pair *pair = key;
  return pair->asker * 31u + pair->answerer;
}

static gboolean pair_equal(gconstpointer a, gconstpointer b) {
  const Pair *x = a, *y = b;
  return x->asker == y->asker && x->answerer == y->answerer;
}

static gboolean find_host(const HgRuleRun *run, const HgAddress *address, guint32 *number) {
  const HgHost *host = hg_tally_find_host(hg_rule_run_tally(run), address);
  if (host)
    *number = host->number;
  return host && hg_rule_run_is_unicast(run, host->number);
}

static void gather(const HgRuleRun *run, GHashTable *pairs, GPtrArray *order) {
  const HgObservationTable *table = hg_tally_observations(hg_rule_run_tally(run));
  GArray *numbers = hg_observation_table_of_kind(table, HG_OBSERVED_ECHO);
  for (guint i = 0; i < numbers->len; i++) {
    const HgObservation *echo = hg_observation_table_get(table, g_array_index(numbers, guint32, i));
    const gboolean request = g_str_has_prefix(echo->subject, "request ");
    Pair pair;
    if ((!request && !g_str_has_prefix(echo->subject, "reply ")) ||
        !find_host(run, request ? &echo->actor : &echo->peer, &pair.asker) ||
        !find_host(run, request ? &echo->peer : &echo->actor, &pair.answerer))
      continue;
    Echoes *echoes = g_hash_table_lookup(pairs, &pair);
    if (!echoes) {
      echoes = g_new0(Echoes, 1);
      echoes->pair = pair;
      direction_init(&echoes->requests);
      direction_init(&echoes->replies);
      g_hash_table_insert(pairs, &echoes->pair, echoes);
      g_ptr_array_add(order, echoes);
    }
    add(request ? &echoes->requests : &echoes->replies, echo);
  }
  g_array_free(numbers, TRUE);
}

static gboolean has_pings(const HgTally *tally) {
  for (guint32 i = 0; i < hg_tally_connection_count(tally); i++) {
    const HgTransport transport = hg_tally_connection(tally, i)->transport;
    if (transport == HG_TRANSPORT_ICMP || transport == HG_TRANSPORT_ICMPV6)
      return TRUE;
  }
  return FALSE;
}

static void assess(HgRuleRun *run) {
  const Limits limits = {
      hg_rule_run_parameter(run, "contents"), hg_rule_run_parameter(run, "replies"),
      hg_rule_run_parameter(run, "kilobytes"), hg_rule_run_parameter(run, "median")};
  GHashTable *pairs = g_hash_table_new_full(pair_hash, pair_equal, NULL, echoes_free);
  GPtrArray *order = g_ptr_array_new();
  gboolean unsolicited = FALSE;
  gather(run, pairs, order);
  for (guint i = 0; i < order->len; i++) {
    Echoes *echoes = order->pdata[i];
    if (echoes->requests.packets > 0)
      assess_echoes(run, &limits, echoes);
    else
      unsolicited |= changes(&echoes->replies) >= limits.contents;
  }
  if (order->len == 0 && has_pings(hg_rule_run_tally(run)))
    hg_rule_run_not_assessed(run, "the capture shows pings, but too little of their data");
  if (unsolicited)
    hg_rule_run_not_assessed(run, "some echo replies with changing data have no requests in the "
                                  "capture, so nobody can be said to have asked");
  g_ptr_array_free(order, TRUE);
  g_hash_table_destroy(pairs);
}

static const char *const attack[] = {"T1095", NULL};
static const HgParameter parameters[] = {
    {"contents", 20, 2, 1000000, "contents", "times that data of one size changed between a pair"},
    {"median", 64, 0, 65535, "bytes", "of data; pings by default carry 32 or 56"},
    {"kilobytes", 50, 1, 1000000, "KiB", "so much data that does not repeat itself is enough"},
    {"replies", 10, 2, 1000000, "contents", "data of replies that no request had"},
    {0}};

const HgRule hg_rule_icmp_tunnel = {
    .id = "icmp-tunnel",
    .title = "ICMP tunnel",
    .kind = HG_FINDING_SUSPICION,
    .weight = 0.9,
    .attack = attack,
    .peers = HG_PEERS_PARTNERS,
    .what = "echo data that changes and is large, or replies whose data differs from the request",
    .source = "RFC 792: a reply returns the data that it was sent; ping carries 56 bytes (iputils, "
              "BSD), 32 (Windows), with nothing but a time stamp that changes",
    .false_positive_if =
        "somebody measured the path with data that changes, such as random bytes (fping -R)",
    .needs_evidence = TRUE,
    .parameters = parameters,
    .assess = assess};
