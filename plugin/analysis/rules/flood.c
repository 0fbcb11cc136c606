/* flood.c - a host receives more packets than it can answer, and the host that sends them
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/basics/statistics.h"
#include "analysis/basics/wording.h"
#include "analysis/contract/filter_private.h"
#include "analysis/measures/first_contact.h"
#include "analysis/measures/flood_bursts.h"

/* A source with this share of the packets is the source of the flood. */
#define NEARLY_ALL 0.9

#define MAX_PORTS 50 /* in a filter */

/* --- sources --- */

typedef struct {
  guint32 host;
  guint64 packets;
} Source;

static gint compare_sources(gconstpointer a, gconstpointer b) {
  const Source *x = a, *y = b;
  if (x->packets != y->packets)
    return x->packets > y->packets ? -1 : 1;
  return x->host < y->host ? -1 : x->host > y->host;
}

/* Busiest first. (transfer full, Source) */
static GArray *sources_of(const HgFlood *flood, guint64 *packets) {
  GArray *sources = g_array_new(FALSE, FALSE, sizeof(Source));
  GHashTable *places = g_hash_table_new(NULL, NULL); /* place in the list + 1 by host + 1 */
  *packets = 0;
  for (guint i = 0; i < flood->count; i++) {
    const HgBurst *burst = &flood->bursts[i];
    const gpointer key = GUINT_TO_POINTER(burst->source + 1);
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(places, key));
    if (place == 0) {
      const Source source = {burst->source, 0};
      g_array_append_val(sources, source);
      place = sources->len;
      g_hash_table_insert(places, key, GUINT_TO_POINTER(place));
    }
    g_array_index(sources, Source, place - 1).packets += burst->packets;
    *packets += burst->packets;
  }
  g_hash_table_destroy(places);
  g_array_sort(sources, compare_sources);
  return sources;
}

/* NULL: there are none, or too many to read. (transfer full) */
static char *ports_of(const HgFlood *flood) {
  const HgTransport transport = hg_flood_types[flood->bursts->type].transport;
  GArray *ports = g_array_new(FALSE, FALSE, sizeof(guint32));
  guint8 *seen = g_new0(guint8, G_MAXUINT16 + 1);
  for (guint i = 0; i < flood->count; i++) {
    const guint32 port = flood->bursts[i].port;
    if (port != 0 && !seen[port])
      g_array_append_val(ports, port);
    seen[port] = TRUE;
  }
  char *field = g_strconcat(hg_transport_name(transport), ".dstport", NULL);
  char *filter = ports->len > 0 && ports->len <= MAX_PORTS ? hg_filter_numbers(field, ports) : NULL;
  g_free(field);
  g_free(seen);
  g_array_unref(ports);
  return filter;
}

/* What `source` sent, or all hosts (HG_NO_HOST). With its ports if they are few; else the filter would select the target's answers, too. */
static char *filter_of(const HgTally *tally, const HgFlood *flood, guint32 source) {
  const HgBurst *burst = flood->bursts;
  char *hosts = source == HG_NO_HOST ? hg_filter_host(tally, burst->target, HG_FILTER_DESTINATION)
                                     : hg_filter_directed(tally, source, burst->target);
  return hg_filter_and(hg_filter_and(hosts, ports_of(flood)),
                       hg_filter_probes(hg_flood_types[burst->type].transport));
}

/* The part that both findings share. `source`: only what this host sent; HG_NO_HOST: all. */
static HgFinding *begin(HgRuleRun *run, guint32 host, const HgFlood *flood, guint32 source,
                        double rate, double limit) {
  HgFinding *finding = hg_rule_run_report(run, host);
  finding->observed = rate;
  finding->threshold = limit;
  finding->strength = hg_statistics_strength(rate, limit);
  for (guint i = 0; i < flood->count; i++) {
    if (source != HG_NO_HOST && flood->bursts[i].source != source)
      continue;
    hg_finding_add_frame(finding, flood->bursts[i].first_frame);
    finding->last_frame = MAX(finding->last_frame, flood->bursts[i].last_frame);
  }
  return finding;
}

/* "500 SYNs that nobody completed within 2 s, up to 300 in one second" */
static char *describe(const HgFlood *flood, guint64 packets, double rate) {
  gint64 last = flood->bursts[0].last_ns;
  for (guint i = 1; i < flood->count; i++)
    last = MAX(last, flood->bursts[i].last_ns);
  char *span = hg_wording_period(flood->bursts[0].first_ns, last);
  char *number = hg_wording_number(rate, 0);
  char *port = hg_flood_types[flood->bursts->type].by_port
                   ? g_strdup_printf(" to port %u", flood->bursts->port)
                   : g_strdup("");
  char *text =
      g_strdup_printf("%" G_GUINT64_FORMAT " %s%s within %s, up to %s in one second", packets,
                      hg_flood_types[flood->bursts->type].packets, port, span, number);
  g_free(port);
  g_free(number);
  g_free(span);
  return text;
}

static void report(HgRuleRun *run, const HgFlood *flood, double rate, double limit) {
  const HgTally *tally = hg_rule_run_tally(run);
  const HgBurst *burst = flood->bursts;
  guint64 packets;
  GArray *sources = sources_of(flood, &packets);
  char *what = describe(flood, packets, rate);
  const Source *busiest = &g_array_index(sources, Source, 0);
  const HgHost *target = hg_tally_host(tally, burst->target),
               *source = hg_tally_host(tally, busiest->host);

  HgFinding *victim = begin(run, burst->target, flood, HG_NO_HOST, rate, limit);
  victim->kind = HG_FINDING_VICTIM;
  for (guint i = 0; i < sources->len && i < HG_FINDING_MAX_PEERS; i++)
    hg_finding_add_peer(victim, g_array_index(sources, Source, i).host);
  hg_finding_take_filter(victim, filter_of(tally, flood, HG_NO_HOST));
  hg_finding_set_evidence(victim, "%s was sent %s, from %u source%s", target->text, what,
                          sources->len, sources->len == 1 ? "" : "s");

  if ((double)busiest->packets >= NEARLY_ALL * (double)packets &&
      hg_rule_run_is_unicast(run, busiest->host)) {
    HgFinding *finding = begin(run, busiest->host, flood, busiest->host, rate, limit);
    hg_finding_add_peer(finding, burst->target);
    hg_finding_take_filter(finding, filter_of(tally, flood, busiest->host));
    hg_finding_set_evidence(finding, "%s sent %" G_GUINT64_FORMAT " of %s, which was sent %s",
                            source->text, busiest->packets, target->text, what);
  }
  g_free(what);
  g_array_unref(sources);
}

static void assess(HgRuleRun *run) {
  double rates[HG_FLOOD_TYPES];
  for (guint i = 0; i < HG_FLOOD_TYPES; i++)
    rates[i] = hg_rule_run_parameter(run, hg_flood_types[i].rate);
  hg_first_contact_note_gaps(run, TRUE);
  if (!hg_tally_options(hg_rule_run_tally(run))->evidence)
    hg_rule_run_not_assessed(run, "pings need evidence from the dissectors (evidence=no); TCP and "
                                  "UDP were assessed");
  GArray *bursts = hg_flood_bursts_new(run, rates);
  for (guint i = 0; i < bursts->len;) {
    const HgFlood flood = hg_flood_of(bursts, i);
    const guint type = flood.bursts->type;
    const double rate = hg_flood_peak(&flood);
    i += flood.count;
    if (rate >= rates[type])
      report(run, &flood, rate, rates[type]);
  }
  g_array_unref(bursts);
}

static const char *const attack[] = {"T1498", NULL};
static const HgParameter parameters[] = {
    {"syn-rate", 200, 1, 1e9, "packets/s",
     "SYNs to one port of a host in one second that nobody completed"},
    {"udp-rate", 1000, 1, 1e9, "packets/s", "datagrams to a host in one second without an answer"},
    {"icmp-rate", 1000, 1, 1e9, "packets/s", "pings of a host in one second"},
    {"fragment-rate", 1000, 1, 1e9, "packets/s",
     "fragments that make nothing whole, or packets of unknown IP protocols, to a host in one second"},
    {0}};

const HgRule hg_rule_flood = {
    .id = "flood",
    .title = "Flood",
    .kind = HG_FINDING_SUSPICION, /* for the source; for the target HG_FINDING_VICTIM */
    .weight = 0.9,
    .attack = attack,
    .what =
        "a host is sent more SYNs, datagrams, pings or fragments in a second than anybody has use for; a "
        "source that sends nearly all of them is a suspect, sources that may be spoofed are not; SYNs "
        "and datagrams count where answers would have been captured",
    .source = "defaults of firewalls: Junos screens take 200 SYNs, 1000 UDP datagrams and 1000 "
              "pings a second to one destination for a flood",
    .false_positive_if =
        "it is a load test, or one source's address that somebody else wrote into packets",
    .needs_times = TRUE,
    .parameters = parameters,
    .assess = assess};
