/* test_trace.c - traces against a brute-force oracle on random traffic
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "analysis/trace.h"
#include "script.h"

#include <string.h>

#define MAX_HOSTS 13 /* the last one is a multicast group */
#define MAX_CONTACTS 60
#define GRAPHS 600

/* Comparable by time, then frame. */
typedef struct {
  gint64 time;
  guint32 frame;
} Key;

typedef struct {
  Key key;
  guint from, to;
  gboolean payload;
} Contact;

typedef struct {
  guint hosts, contacts;
  guint
      addresses; /* 1: each host for itself; 3: host 3 m to 3 m + 2: IPv4, IPv6 and MAC of machine m */
  Contact contact[MAX_CONTACTS];
} Graph;

/* The first of the hosts that are reached together with this one: a MAC is reached alone. */
static guint unit_of(const Graph *graph, guint host) {
  return host % graph->addresses == 2 ? host : host - host % graph->addresses;
}

static gint key_compare(Key a, Key b) {
  if (a.time != b.time)
    return a.time < b.time ? -1 : 1;
  return a.frame < b.frame ? -1 : a.frame > b.frame;
}

static HgAddress address_of(const Graph *graph, guint host, guint8 bytes[16]) {
  static const struct {
    HgAddressKind kind;
    guint8 length, first;
  } kinds[] = {{HG_ADDRESS_IPV4, 4, 10}, {HG_ADDRESS_IPV6, 16, 0xfd}, {HG_ADDRESS_MAC, 6, 2}};
  const guint kind = host % graph->addresses;
  memset(bytes, 0, 16);
  bytes[0] = host == graph->hosts - 1 ? 224 : kinds[kind].first;
  bytes[kinds[kind].length - 1] = (guint8)(host / graph->addresses + 1);
  return (HgAddress){.kind = kinds[kind].kind, .length = kinds[kind].length, .data = bytes};
}

static void add_contacts(GRand *random, Graph *graph) {
  const gint times = g_rand_int_range(random, 1, 30); /* few: many frames at the same time */
  for (guint i = 0; i < graph->contacts; i++) {
    Contact *contact = &graph->contact[i];
    contact->key.time = g_rand_int_range(random, 1, times + 1); /* 0 is no time */
    contact->key.frame = i + 1;
    contact->to = (guint)g_rand_int_range(random, 0, (gint)graph->hosts);
    contact->from = (guint)g_rand_int_range(random, 0, (gint)graph->hosts - 1);
    contact->payload = g_rand_int_range(random, 0, 3) > 0;
  }
}

static Graph random_graph(GRand *random) {
  Graph graph = {.hosts = (guint)g_rand_int_range(random, 3, 10),
                 .addresses = 1,
                 .contacts = (guint)g_rand_int_range(random, 1, MAX_CONTACTS + 1)};
  add_contacts(random, &graph);
  return graph;
}

static Graph random_machines(GRand *random) {
  Graph graph = {.hosts = 3 * (guint)g_rand_int_range(random, 2, 5) + 1,
                 .addresses = 3,
                 .contacts = (guint)g_rand_int_range(random, 1, MAX_CONTACTS + 1)};
  add_contacts(random, &graph);
  return graph;
}

/* A MAC claims its IPv4 address by ARP, its IPv6 address by neighbour discovery. */
static void claim(HgTallyBuilder *builder, const Graph *graph, guint machine) {
  guint8 mac[16], ip[16];
  for (guint kind = 0; kind < 2; kind++) {
    const HgAddress address = address_of(graph, 3 * machine + kind, ip);
    const HgEvidence evidence = {.kind = kind ? HG_EVIDENCE_ND : HG_EVIDENCE_ARP,
                                 .arp = {.mac = address_of(graph, 3 * machine + 2, mac),
                                         .ip = address,
                                         .target_ip = address,
                                         .is_reply = TRUE}};
    hg_tally_builder_evidence(builder, &evidence);
  }
}

static HgTally *tally_of(const Graph *graph) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  HgTallyBuilder *builder = hg_tally_builder_new(&options);
  for (guint i = 0; i < graph->contacts; i++) {
    const Contact *contact = &graph->contact[i];
    guint8 source[16], destination[16];
    const HgPacket packet = {.frame = contact->key.frame,
                             .time_ns = contact->key.time,
                             .wire_length = 60,
                             .source = address_of(graph, contact->from, source),
                             .destination = address_of(graph, contact->to, destination),
                             .payload_length = contact->payload ? 10 : 0,
                             .protocol = "TEST"};
    hg_tally_builder_packet(builder, &packet);
    for (guint machine = 0; i == 0 && machine < (graph->hosts - 1) / 3; machine++)
      if (graph->addresses == 3)
        claim(builder, graph, machine);
  }
  return hg_tally_builder_end(builder);
}

/* --- the oracle: keys that no single contact can better --- */

/* By unit_of. */
typedef struct {
  gboolean reached[MAX_HOSTS];
  Key key[MAX_HOSTS];
  guint host[MAX_HOSTS]; /* the address at which that contact reached it */
  guint via[MAX_HOSTS];  /* the address at the other end of it */
} Oracle;

/* `start`: a unit. Earliest (forward) or latest (backward) contact by which each host is reached: relaxes every
 * contact, in any order, until nothing changes. */
static void relax(const Graph *graph, guint start, HgTraceDirection direction, gint64 at,
                  gboolean payload_only, Oracle *oracle) {
  const gint sign = direction == HG_TRACE_FORWARD ? 1 : -1;
  memset(oracle, 0, sizeof *oracle);
  for (gboolean changed = TRUE; changed;) {
    changed = FALSE;
    for (guint i = 0; i < graph->contacts; i++) {
      const Contact *c = &graph->contact[i];
      const guint via = sign > 0 ? c->from : c->to, host = sign > 0 ? c->to : c->from;
      const guint from = unit_of(graph, via), to = unit_of(graph, host);
      const guint group = graph->hosts - 1;
      if (c->from == group || c->to == group || to == start || to == from ||
          (c->key.time - at) * sign < 0 || (payload_only && !c->payload))
        continue;
      if (from != start &&
          (!oracle->reached[from] || key_compare(c->key, oracle->key[from]) * sign <= 0))
        continue;
      if (oracle->reached[to] && key_compare(c->key, oracle->key[to]) * sign >= 0)
        continue;
      oracle->reached[to] = changed = TRUE;
      oracle->key[to] = c->key;
      oracle->host[to] = host;
      oracle->via[to] = via;
    }
  }
}

static guint oracle_hops(const Graph *graph, const Oracle *oracle, guint start, guint unit) {
  guint hops = 1;
  for (; unit_of(graph, oracle->via[unit]) != start; unit = unit_of(graph, oracle->via[unit]))
    hops++;
  return hops;
}

static guint oracle_untimed(const Graph *graph, guint start, HgTraceDirection direction) {
  gboolean closure[MAX_HOSTS][MAX_HOSTS] = {{0}};
  guint count = 0;
  for (guint i = 0; i < graph->contacts; i++)
    if (graph->contact[i].to != graph->hosts - 1)
      closure[unit_of(graph, graph->contact[i].from)][unit_of(graph, graph->contact[i].to)] = TRUE;
  for (guint k = 0; k < graph->hosts; k++)
    for (guint i = 0; i < graph->hosts; i++)
      for (guint j = 0; j < graph->hosts; j++)
        closure[i][j] |= closure[i][k] && closure[k][j];
  for (guint h = 0; h < graph->hosts; h++)
    count += h != start && (direction == HG_TRACE_FORWARD ? closure[start][h] : closure[h][start]);
  return count;
}

/* --- comparison --- */

static guint32 number_of(const HgTally *tally, const Graph *graph, guint host) {
  guint8 bytes[16];
  const HgAddress address = address_of(graph, host, bytes);
  const HgHost *found = hg_tally_find_host(tally, &address);
  return found ? found->number : HG_NO_HOST;
}

static const HgReached *find_reached(const HgTrace *trace, guint32 host) {
  for (guint i = 0; i < trace->reached->len; i++)
    if (g_array_index(trace->reached, HgReached, i).host == host)
      return &g_array_index(trace->reached, HgReached, i);
  return NULL;
}

/* Every hop is a contact that was there, each after the one before it, from one end to the other. */
static void check_chain(const HgTally *tally, const Graph *graph, const HgTrace *trace, guint start,
                        guint i) {
  const gboolean forward = trace->direction == HG_TRACE_FORWARD;
  const HgReached *last = &g_array_index(trace->reached, HgReached, i);
  const guint entry =
      forward ? graph->contact[last->frame - 1].to : graph->contact[last->frame - 1].from;
  GArray *chain = hg_trace_chain(trace, i);
  guint at = forward ? start : entry;
  Key before = {G_MININT64, 0};
  g_assert_cmpuint(last->host, ==, number_of(tally, graph, entry));
  g_assert_cmpuint(chain->len, ==, last->hops);
  for (guint hop = 0; hop < chain->len; hop++) {
    const HgReached *reached =
        &g_array_index(trace->reached, HgReached, g_array_index(chain, guint32, hop));
    const Contact *contact = &graph->contact[reached->frame - 1];
    g_assert_cmpuint(unit_of(graph, contact->from), ==, unit_of(graph, at));
    at = contact->to;
    g_assert_cmpuint(number_of(tally, graph, at), ==, forward ? reached->host : reached->via);
    g_assert_cmpint(contact->key.time, ==, reached->time_ns);
    g_assert_cmpint(key_compare(before, contact->key), <, 0);
    before = contact->key;
  }
  g_assert_cmpuint(unit_of(graph, at), ==, unit_of(graph, forward ? entry : start));
  g_array_free(chain, TRUE);
}

static void compare_with_oracle(const HgTally *tally, const HgDevices *devices, const Graph *graph,
                                guint host, HgTraceDirection direction, gint64 at) {
  const guint32 start_number = number_of(tally, graph, host);
  const guint start = unit_of(graph, host);
  if (start_number == HG_NO_HOST)
    return;
  Oracle any, payload;
  relax(graph, start, direction, at, FALSE, &any);
  relax(graph, start, direction, at, TRUE, &payload);
  HgTrace *trace = hg_trace_new(tally, devices, start_number, direction, at);
  guint expected = 0;
  for (guint h = 0; h < graph->hosts; h++) {
    if (!any.reached[h])
      continue;
    expected++;
    const HgReached *reached = find_reached(trace, number_of(tally, graph, any.host[h]));
    g_assert_nonnull(reached);
    g_assert_cmpint(reached->time_ns, ==, any.key[h].time);
    g_assert_cmpuint(reached->frame, ==, any.key[h].frame);
    g_assert_cmpuint(reached->via, ==, number_of(tally, graph, any.via[h]));
    g_assert_cmpuint(reached->hops, ==, oracle_hops(graph, &any, start, h));
    g_assert_cmpint(reached->payload, ==, payload.reached[h]);
    g_assert_cmpstr(hg_tally_protocol(tally, reached->protocol)->name, ==, "TEST");
  }
  for (guint i = 0; i < trace->reached->len; i++)
    check_chain(tally, graph, trace, host, i);
  g_assert_cmpuint(trace->reached->len, ==, expected);
  g_assert_cmpuint(trace->untimed_count, ==, oracle_untimed(graph, start, direction));
  g_assert_cmpuint(trace->untimed_count, >=, expected);
  hg_trace_free(trace);
}

/* A host can be missing: no packet has its address. */
static void check_machines(const HgTally *tally, const HgDevices *devices, const Graph *graph) {
  for (guint a = 0; a < graph->hosts - 1; a++)
    for (guint b = 0; b < graph->hosts - 1; b++) {
      const guint32 x = number_of(tally, graph, a), y = number_of(tally, graph, b);
      if (x != HG_NO_HOST && y != HG_NO_HOST)
        g_assert_cmpint(hg_devices_of(devices, x) == hg_devices_of(devices, y), ==, a / 3 == b / 3);
    }
}

static void test_oracle_of_machines(void) {
  GRand *random = g_rand_new_with_seed(20261129);
  for (guint i = 0; i < GRAPHS; i++) {
    const Graph graph = random_machines(random);
    HgTally *tally = tally_of(&graph);
    HgDevices *devices = hg_devices_new(tally);
    const guint start = (guint)g_rand_int_range(random, 0, (gint)graph.hosts - 1);
    const gint64 at = g_rand_int_range(random, -1, 30);
    check_machines(tally, devices, &graph);
    compare_with_oracle(tally, devices, &graph, start, HG_TRACE_FORWARD, at);
    compare_with_oracle(tally, devices, &graph, start, HG_TRACE_BACKWARD, at);
    hg_devices_free(devices);
    hg_tally_free(tally);
  }
  g_rand_free(random);
}

static void test_oracle(void) {
  GRand *random = g_rand_new_with_seed(20240501);
  for (guint i = 0; i < GRAPHS; i++) {
    const Graph graph = random_graph(random);
    HgTally *tally = tally_of(&graph);
    const guint start = (guint)g_rand_int_range(random, 0, (gint)graph.hosts - 1);
    const gint64 at = g_rand_int_range(random, -1, 30);
    compare_with_oracle(tally, NULL, &graph, start, HG_TRACE_FORWARD, at);
    compare_with_oracle(tally, NULL, &graph, start, HG_TRACE_BACKWARD, at);
    hg_tally_free(tally);
  }
  g_rand_free(random);
}

/* Over the whole capture: v is reached forward from u exactly when u is reached backward from v. */
static void test_duality(void) {
  GRand *random = g_rand_new_with_seed(7);
  for (guint i = 0; i < GRAPHS / 4; i++) {
    const Graph graph = random_graph(random);
    HgTally *tally = tally_of(&graph);
    const guint32 hosts = hg_tally_host_count(tally);
    for (guint32 u = 0; u < hosts; u++) {
      HgTrace *forward = hg_trace_new(tally, NULL, u, HG_TRACE_FORWARD, -1);
      for (guint32 v = 0; v < hosts; v++) {
        HgTrace *backward = hg_trace_new(tally, NULL, v, HG_TRACE_BACKWARD, 1000);
        const HgReached *there = find_reached(forward, v), *back = find_reached(backward, u);
        g_assert_cmpint(there != NULL, ==, back != NULL);
        if (there)
          g_assert_cmpint(there->payload, ==, back->payload);
        hg_trace_free(backward);
      }
      hg_trace_free(forward);
    }
    hg_tally_free(tally);
  }
  g_rand_free(random);
}

/* Whether u, which has it from time a on, could have passed it to v by time b: going back from v, u
 * is met at a or later; going on from u, v is met at b or earlier. */
static void test_in_between(void) {
  GRand *random = g_rand_new_with_seed(11);
  guint yes = 0, no = 0;
  for (guint i = 0; i < GRAPHS; i++) {
    const Graph graph = random_graph(random);
    HgTally *tally = tally_of(&graph);
    const guint32 hosts = hg_tally_host_count(tally);
    const guint32 u = (guint32)g_rand_int_range(random, 0, (gint)hosts);
    const guint32 v = (guint32)g_rand_int_range(random, 0, (gint)hosts);
    const gint64 a = g_rand_int_range(random, 0, 15), b = g_rand_int_range(random, 5, 30);
    HgTrace *forward = hg_trace_new(tally, NULL, u, HG_TRACE_FORWARD, a);
    HgTrace *backward = hg_trace_new(tally, NULL, v, HG_TRACE_BACKWARD, b);
    const HgReached *there = find_reached(forward, v), *back = find_reached(backward, u);
    const gboolean could = there && there->time_ns <= b;
    g_assert_cmpint(back && back->time_ns >= a, ==, could);
    yes += could;
    no += !could;
    hg_trace_free(forward);
    hg_trace_free(backward);
    hg_tally_free(tally);
  }
  g_assert_cmpuint(yes, >, GRAPHS / 10);
  g_assert_cmpuint(no, >, GRAPHS / 10);
  g_rand_free(random);
}

/* --- by hand --- */

static guint32 host_number(const HgTally *tally, const char *text) {
  HgAddress address;
  HgAddressBuffer buffer;
  g_assert_true(hg_address_parse(text, &address, &buffer));
  const HgHost *host = hg_tally_find_host(tally, &address);
  g_assert_nonnull(host);
  return host->number;
}

static HgTrace *trace_text(const HgTally *tally, const char *host, HgTraceDirection direction,
                           gint64 at_ns) {
  return hg_trace_new(tally, NULL, host_number(tally, host), direction, at_ns);
}

/* A touches B, later loads it; B had loaded C between the two: C was only touched. */
static void test_payload_comes_later(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n"
                                   "2 10.0.0.2 10.0.0.3 SMB tcp=4001:445:PA payload=100\n"
                                   "3 10.0.0.1 10.0.0.2 HTTP tcp=4000:80:PA payload=50\n"
                                   "4 10.0.0.2 10.0.0.4 SMB tcp=4002:445:PA payload=100\n");
  HgTrace *trace = trace_text(tally, "10.0.0.1", HG_TRACE_FORWARD, HG_TRACE_DEFAULT_TIME);
  g_assert_cmpuint(trace->reached->len, ==, 3);
  const HgReached *b = &g_array_index(trace->reached, HgReached, 0);
  const HgReached *c = &g_array_index(trace->reached, HgReached, 1);
  const HgReached *d = &g_array_index(trace->reached, HgReached, 2);
  g_assert_cmpuint(b->frame, ==, 1); /* first touched, ... */
  g_assert_true(b->payload);         /* ... and loaded in the end */
  g_assert_cmpuint(c->frame, ==, 2);
  g_assert_false(c->payload);
  g_assert_true(d->payload);
  g_assert_cmpuint(d->hops, ==, 2);
  hg_trace_free(trace);
  hg_tally_free(tally);
}

static void test_default_times_and_chain(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.9 10.0.0.1 X payload=1\n"
                                   "2 10.0.0.1 10.0.0.2 X payload=1\n"
                                   "3 10.0.0.2 10.0.0.3 X payload=1\n"
                                   "4 10.0.0.3 10.0.0.4 X payload=1\n"
                                   "5 10.0.0.5 10.0.0.1 X payload=1\n");
  HgTrace *trace = trace_text(tally, "10.0.0.1", HG_TRACE_FORWARD, HG_TRACE_DEFAULT_TIME);
  g_assert_cmpuint(trace->reached->len, ==, 3);
  GArray *chain = hg_trace_chain(trace, 2);
  g_assert_cmpuint(chain->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint(g_array_index(chain, guint32, i), ==, i);
  g_array_free(chain, TRUE);
  hg_trace_free(trace);

  trace = trace_text(tally, "10.0.0.4", HG_TRACE_BACKWARD, HG_TRACE_DEFAULT_TIME);
  g_assert_cmpuint(trace->reached->len, ==, 4); /* .3 .2 .1 .9; not .5, which came too late */
  g_assert_cmpuint(trace->untimed_count, ==, 5);
  chain = hg_trace_chain(trace, 3);
  g_assert_cmpuint(chain->len, ==, 4);
  for (guint i = 0; i < 4; i++) /* the entry first, the start's neighbour last */
    g_assert_cmpuint(g_array_index(chain, guint32, i), ==, 3 - i);
  g_array_free(chain, TRUE);
  hg_trace_free(trace);
  hg_tally_free(tally);
}

static void test_not_through_groups(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.1 224.0.0.251 MDNS udp=5353:5353 payload=9\n"
                                   "2 10.0.0.1 255.255.255.255 DHCP udp=68:67 payload=9\n"
                                   "3 0.0.0.0 10.0.0.2 X payload=9\n");
  HgTrace *trace = trace_text(tally, "10.0.0.1", HG_TRACE_FORWARD, HG_TRACE_DEFAULT_TIME);
  g_assert_cmpuint(trace->reached->len, ==, 0);
  g_assert_cmpuint(trace->untimed_count, ==, 0);
  hg_trace_free(trace);
  trace = trace_text(tally, "10.0.0.2", HG_TRACE_BACKWARD, HG_TRACE_DEFAULT_TIME);
  g_assert_cmpuint(trace->reached->len, ==, 0);
  hg_trace_free(trace);
  trace = trace_text(tally, "224.0.0.251", HG_TRACE_BACKWARD, HG_TRACE_DEFAULT_TIME);
  g_assert_cmpuint(trace->reached->len, ==, 0);
  hg_trace_free(trace);
  hg_tally_free(tally);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/trace/oracle", test_oracle);
  g_test_add_func("/trace/oracle-of-machines", test_oracle_of_machines);
  g_test_add_func("/trace/duality", test_duality);
  g_test_add_func("/trace/in-between", test_in_between);
  g_test_add_func("/trace/payload-comes-later", test_payload_comes_later);
  g_test_add_func("/trace/default-times-and-chain", test_default_times_and_chain);
  g_test_add_func("/trace/not-through-groups", test_not_through_groups);
  return g_test_run();
}
