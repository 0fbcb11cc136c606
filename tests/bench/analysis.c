/* analysis.c - what the analysis of a large tally costs: CPU seconds for each rule
 *
 *   hostgraph-bench-analysis [HOSTS [SERVICES]]      default: 100,000 hosts and 1,000,000 services
 *
 * The tally is made here, from a fixed seed: a fifth of the hosts are clients of all others, some of
 * their connections fail, some come back at regular times, some move much data. Every fourth
 * contact is observed as something: each kind of observation in turn. A rule's time is that of an
 * analysis with it alone, less that of one without any rule, which is named "(none)": services,
 * scopes and roles.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/analysis.h"
#include "tally/tally_builder.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define SECOND G_GINT64_CONSTANT(1000000000)
#define BEACON_EVERY 500   /* services */
#define BEACON_LENGTH 12   /* connections */
#define SCANNER_EVERY 1000 /* clients, of whom one gets no answers */
#define BULK_EVERY 5000    /* services, of which one carries much */
#define OBSERVED_EVERY 4   /* services */
#define LOGIN_EVERY 1000   /* services */

typedef struct {
  HgTallyBuilder *builder;
  GRand *random;
  guint32 hosts, frame;
} Maker;

static const struct {
  guint16 port;
  HgTransport transport;
  const char *protocol;
} kinds[] = {{443, HG_TRANSPORT_TCP, "TLSv1.2"}, {80, HG_TRANSPORT_TCP, "HTTP"},
             {53, HG_TRANSPORT_UDP, "DNS"},      {25, HG_TRANSPORT_TCP, "SMTP"},
             {8443, HG_TRANSPORT_TCP, "TCP"},    {51820, HG_TRANSPORT_UDP, "UDP"},
             {22, HG_TRANSPORT_TCP, "SSH"},      {445, HG_TRANSPORT_TCP, "SMB2"},
             {0, HG_TRANSPORT_ICMP, "ICMP"}};

/* One in two hosts is internal, all clients are. */
static void write_address(const Maker *maker, guint32 host, guint8 address[4]) {
  const gboolean internal = host < maker->hosts / 2;
  address[0] = internal ? 10 : 93;
  address[1] = (guint8)(host >> 16);
  address[2] = (guint8)(host >> 8);
  address[3] = (guint8)host;
}

/* Whoever is outside is behind the gateway's. */
static void write_mac(const Maker *maker, guint32 host, guint8 mac[6]) {
  const guint32 number = host < maker->hosts / 2 ? host + 1 : 0;
  mac[0] = 2;
  mac[1] = mac[2] = 0;
  mac[3] = (guint8)(number >> 16);
  mac[4] = (guint8)(number >> 8);
  mac[5] = (guint8)number;
}

static void send_packet(Maker *maker, gint64 time_ns, const guint32 ends[2], const guint16 ports[2],
                        guint kind, guint8 flags, guint32 payload) {
  guint8 source[4], destination[4];
  write_address(maker, ends[0], source);
  write_address(maker, ends[1], destination);
  const gboolean echo = kinds[kind].transport == HG_TRANSPORT_ICMP;
  HgPacket packet = {.frame = ++maker->frame,
                     .time_ns = time_ns,
                     .wire_length = 60 + kind * 40 + payload,
                     .source = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = source},
                     .destination = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = destination},
                     .link_source = {.known = TRUE},
                     .transport = kinds[kind].transport,
                     .source_port = ports[0],
                     .destination_port = ports[1],
                     .tcp_flags = flags,
                     .tcp_sequence = maker->frame,
                     .payload_length = payload,
                     .icmp = !echo               ? HG_ICMP_UNKNOWN
                             : ends[0] < ends[1] ? HG_ICMP_ECHO_REQUEST
                                                 : HG_ICMP_ECHO_REPLY,
                     .protocol = kinds[kind].protocol};
  write_mac(maker, ends[0], packet.link_source.bytes);
  hg_tally_builder_packet(maker->builder, &packet);
}

static void connect_hosts(Maker *maker, gint64 time_ns, guint32 client, guint32 server, guint kind,
                          guint32 payload) {
  const gboolean echo = kinds[kind].transport == HG_TRANSPORT_ICMP;
  const guint16 from = (guint16)g_rand_int_range(maker->random, 49152, 65536);
  const guint16 to = echo ? from : kinds[kind].port; /* an echo has one identifier */
  const guint16 out[2] = {from, to}, in[2] = {to, from};
  const guint32 there[2] = {client, server}, back[2] = {server, client};
  send_packet(maker, time_ns, there, out, kind, HG_TCP_SYN, payload);
  if (client % SCANNER_EVERY > 0 && g_rand_int_range(maker->random, 0, 10) > 0)
    send_packet(maker, time_ns + SECOND / 100, back, in, kind, HG_TCP_SYN | HG_TCP_ACK, 20);
}

/* What the dissectors might have seen in the last packet. */
static void observe(Maker *maker, guint32 i, guint32 client, guint32 server) {
  const HgObservationKind kind = (HgObservationKind)(i / OBSERVED_EVERY % HG_OBSERVED_COUNT);
  guint8 actor[4], peer[4], mac[6];
  const gboolean dhcp = kind == HG_OBSERVED_DHCP_SERVER; /* few give leases to many */
  write_address(maker, dhcp ? client % 3 : client, actor);
  write_address(maker, server, peer);
  write_mac(maker, client, mac);
  const gboolean arp = kind == HG_OBSERVED_ARP_QUESTION || kind == HG_OBSERVED_ARP_REPLY;
  char *name = g_strdup_printf("%s%x.zone%u.example", kind == HG_OBSERVED_DNS_QUERY ? "A " : "",
                               g_rand_int(maker->random), server % 1000);
  HgEvidence evidence = {.kind = HG_EVIDENCE_OBSERVATION, .frame = maker->frame};
  evidence.observation.kind = kind;
  evidence.observation.actor =
      arp ? (HgAddress){.kind = HG_ADDRESS_MAC, .length = 6, .data = mac}
          : (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = actor};
  evidence.observation.peer = dhcp
                                  ? (HgAddress){.kind = HG_ADDRESS_MAC, .length = 6, .data = mac}
                                  : (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = peer};
  evidence.observation.subject = kind == HG_OBSERVED_DNS_ANSWER      ? "NXDOMAIN A no.example"
                                 : kind == HG_OBSERVED_LOGIN_FAILURE ? "SSH"
                                                                     : name;
  evidence.observation.size = 60 + i % 900;
  hg_tally_builder_evidence(maker->builder, &evidence);
  g_free(name);
}

static void log_in(Maker *maker, guint32 client, guint32 server) {
  guint8 from[4], to[4];
  write_address(maker, client, from);
  write_address(maker, server, to);
  HgEvidence evidence = {.kind = HG_EVIDENCE_LOGIN, .frame = maker->frame};
  evidence.login.client = (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = from};
  evidence.login.server = (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = to};
  evidence.login.protocol = "FTP";
  evidence.login.user = "somebody";
  hg_tally_builder_evidence(maker->builder, &evidence);
}

static HgTally *make_tally(guint32 hosts, guint32 services) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  Maker maker = {hg_tally_builder_new(&options), g_rand_new_with_seed(1), hosts, 0};
  for (guint32 i = 0; i < services; i++) {
    const guint32 client = i % (hosts / 5);
    /* Every host takes part; beyond that a few servers are busy, most are not. */
    const double chance = g_rand_double(maker.random);
    const guint32 server = i < hosts ? i : (guint32)(chance * chance * hosts);
    const guint kind = g_rand_int(maker.random) % G_N_ELEMENTS(kinds);
    const gint64 time_ns = SECOND * 1600000000 + i * (SECOND / 1000);
    for (gint64 turn = 0; turn < (i % BEACON_EVERY ? 1 : BEACON_LENGTH); turn++)
      connect_hosts(&maker, time_ns + turn * 60 * SECOND, client, server, kind,
                    i % BULK_EVERY ? 20 : 20 << 20);
    if (i % OBSERVED_EVERY == 0)
      observe(&maker, i, client, server);
    if (i % LOGIN_EVERY == 0)
      log_in(&maker, client, server);
  }
  g_rand_free(maker.random);
  return hg_tally_builder_end(maker.builder);
}

/* With the one rule, with none (NULL), or with all of them. */
static HgAnalysisOptions *choose(const HgRule *only, gboolean all) {
  HgAnalysisOptions *options = hg_analysis_options_new();
  for (guint i = 0; hg_rules[i] && !all; i++) {
    char *off = g_strconcat("-", hg_rules[i]->id, NULL);
    if (hg_rules[i] != only)
      hg_analysis_options_rule(options, off, NULL);
    g_free(off);
  }
  return options;
}

static double measure(const HgTally *tally, const HgRule *only, gboolean all, guint *findings) {
  HgAnalysisOptions *options = choose(only, all);
  const clock_t start = clock();
  HgAnalysis *analysis = hg_analysis_new(tally, options);
  const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  *findings = hg_analysis_finding_count(analysis);
  hg_analysis_free(analysis);
  hg_analysis_options_free(options);
  return seconds;
}

static guint32 number_of(int argc, char **argv, int i, guint32 otherwise) {
  return argc > i ? (guint32)strtoul(argv[i], NULL, 10) : otherwise;
}

int main(int argc, char **argv) {
  const guint32 hosts = number_of(argc, argv, 1, 100000);
  const guint32 services = number_of(argc, argv, 2, 1000000);
  if (hosts < 5) {
    fputs("usage: hostgraph-bench-analysis [HOSTS [SERVICES]], 5 hosts at least\n", stderr);
    return 2;
  }
  HgTally *tally = make_tally(hosts, services);
  HgServiceTable *table = hg_service_table_new(tally);
  printf("%u hosts, %u services, %u connections\n", hg_tally_host_count(tally),
         hg_service_table_count(table), hg_service_table_connection_count(table));
  hg_service_table_free(table);

  guint findings;
  const double none = measure(tally, NULL, FALSE, &findings);
  printf("%-20s %8.3f s\n", "(none)", none);
  for (guint i = 0; hg_rules[i]; i++) {
    const double seconds = measure(tally, hg_rules[i], FALSE, &findings) - none;
    printf("%-20s %8.3f s  %u findings\n", hg_rules[i]->id, seconds, findings);
  }
  const double all = measure(tally, NULL, TRUE, &findings);
  printf("%-20s %8.3f s  %u findings\n", "(all)", all, findings);
  hg_tally_free(tally);
  return 0;
}
