/* flood_waves.c - what hosts are sent that nothing comes of, and how much of it a second
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "flood_waves.h"

#include <string.h>

#define SECOND_NS G_GINT64_CONSTANT(1000000000)

const HgFloodType hg_flood_types[HG_FLOOD_TYPES] = {
    {HG_TRANSPORT_TCP, "syn-rate", "SYNs that nobody completed", TRUE},
    {HG_TRANSPORT_UDP, "udp-rate", "UDP datagrams that nothing came back for", FALSE},
    {HG_TRANSPORT_ICMP, "icmp-rate", "pings", FALSE},
    {HG_TRANSPORT_ICMPV6, "icmp-rate", "pings", FALSE},
};

/* Collectors never answer, and have a lot to collect; media streams have a receiver that is silent. */
static const char *const one_way[] = {"Syslog", "CFLOW",    "sFlow", "SNMP",  "RTP",
                                      "SRTP",   "RTCP",     "GELF",  "GTP",   "MPEG TS",
                                      "ESP",    "UDPENCAP", "VXLAN", "Geneve"};

static guint find_type(HgTransport transport) {
  guint i = 0;
  while (i < HG_FLOOD_TYPES && hg_flood_types[i].transport != transport)
    i++;
  return i;
}

/* Which of the tally's protocols are. (transfer full) */
static guint8 *find_one_way(const HgTally *tally) {
  const guint count = hg_tally_protocol_count(tally);
  guint8 *found = g_new0(guint8, (gsize)count + 1);
  for (guint protocol = 0; protocol < count; protocol++) {
    const char *name = hg_tally_protocol(tally, (guint16)protocol)->name;
    for (guint i = 0; i < G_N_ELEMENTS(one_way); i++)
      found[protocol] |= strcmp(one_way[i], name) == 0;
  }
  return found;
}

/* The most that this service can add to a flood; 0: nothing. */
static guint64 bound(const HgRuleRun *run, const guint8 *silent, const HgService *service,
                     guint type) {
  if (type == HG_FLOOD_TYPES || service->attempts == 0 ||
      !hg_rule_run_is_unicast(run, service->server))
    return 0;
  if (service->transport == HG_TRANSPORT_UDP &&
      (service->established == service->attempts || silent[service->protocol]))
    return 0;
  return service->packets[0];
}

static gboolean is_wave(const HgConnection *c) {
  if (!c->begun)
    return FALSE;
  switch (c->transport) {
  case HG_TRANSPORT_TCP:
    return (c->seen[c->client] & (HG_SEEN_OTHER | HG_SEEN_FIN)) == 0;
  case HG_TRANSPORT_UDP:
    return hg_connection_outcome(c) != HG_OUTCOME_ESTABLISHED;
  default:
    return TRUE;
  }
}

static gint compare_waves(gconstpointer a, gconstpointer b) {
  const HgWave *x = a, *y = b;
  if (x->target != y->target)
    return x->target < y->target ? -1 : 1;
  if (x->type != y->type)
    return x->type < y->type ? -1 : 1;
  if (hg_flood_types[x->type].by_port && x->port != y->port)
    return x->port < y->port ? -1 : 1;
  if (x->first_ns != y->first_ns)
    return x->first_ns < y->first_ns ? -1 : 1;
  return x->first_frame < y->first_frame ? -1 : x->first_frame > y->first_frame;
}

static gboolean are_of_one_flood(const HgWave *a, const HgWave *b) {
  return a->target == b->target && a->type == b->type &&
         (!hg_flood_types[a->type].by_port || a->port == b->port);
}

GArray *hg_flood_waves_new(const HgRuleRun *run, const double rates[HG_FLOOD_TYPES]) {
  const HgServiceTable *services = hg_rule_run_services(run);
  const guint32 hosts = hg_tally_host_count(hg_rule_run_tally(run));
  guint64 *sums = g_new0(guint64, (gsize)hosts * HG_FLOOD_TYPES + 1);
  guint8 *silent = find_one_way(hg_rule_run_tally(run));
  GArray *waves = g_array_new(FALSE, FALSE, sizeof(HgWave));
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *s = hg_service_table_get(services, i);
    const guint type = find_type(s->transport);
    const guint64 most = bound(run, silent, s, type);
    if (most > 0)
      sums[(gsize)s->server * HG_FLOOD_TYPES + type] += most;
  }
  for (guint32 i = 0; i < hg_service_table_count(services); i++) {
    const HgService *s = hg_service_table_get(services, i);
    const guint type = find_type(s->transport);
    if (bound(run, silent, s, type) == 0 ||
        (double)sums[(gsize)s->server * HG_FLOOD_TYPES + type] < rates[type])
      continue;
    for (guint32 k = 0; k < s->connections; k++) {
      const HgConnection *c = hg_service_table_connection(services, s->first_connection + k);
      const HgWave wave = {s->server,      s->client,     type,
                           s->port,        c->first_ns,   c->last_ns,
                           c->first_frame, c->last_frame, c->packets[c->client]};
      if (is_wave(c) && wave.packets > 0)
        g_array_append_val(waves, wave);
    }
  }
  g_array_sort(waves, compare_waves);
  g_free(silent);
  g_free(sums);
  return waves;
}

/* --- how much a second --- */

typedef struct {
  gint64 second; /* from the first packet on */
  double change; /* of packets a second */
} Step;

static gint compare_steps(gconstpointer a, gconstpointer b) {
  const Step *x = a, *y = b;
  if (x->second != y->second)
    return x->second < y->second ? -1 : 1;
  return x->change < y->change ? -1 : x->change > y->change;
}

static void add_step(GArray *steps, gint64 second, double change) {
  const Step step = {second, change};
  g_array_append_val(steps, step);
}

HgFlood hg_flood_of(const GArray *waves, guint first) {
  const HgWave *wave = &g_array_index(waves, HgWave, first);
  guint end = first + 1;
  while (end < waves->len && are_of_one_flood(wave, &g_array_index(waves, HgWave, end)))
    end++;
  return (HgFlood){wave, end - first};
}

double hg_flood_peak(const HgFlood *flood) {
  GArray *steps = g_array_new(FALSE, FALSE, sizeof(Step));
  const gint64 start = flood->waves[0].first_ns;
  double rate = 0, most = 0;
  for (guint i = 0; i < flood->count; i++) {
    const HgWave *wave = &flood->waves[i];
    const gint64 first = (wave->first_ns - start) / SECOND_NS,
                 seconds = (wave->last_ns - wave->first_ns) / SECOND_NS + 1;
    add_step(steps, first, (double)wave->packets / (double)seconds);
    add_step(steps, first + seconds, -(double)wave->packets / (double)seconds);
  }
  g_array_sort(steps, compare_steps);
  for (guint i = 0; i < steps->len; i++) {
    rate += g_array_index(steps, Step, i).change;
    most = MAX(most, rate);
  }
  g_array_unref(steps);
  return most;
}
