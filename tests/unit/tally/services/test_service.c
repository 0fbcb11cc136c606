/* test_service.c - services against a brute-force oracle: every connection looked at for each
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/memory/counting_sort.h"
#include "tally/merge/merge.h"
#include "tally/services/service.h"
#include "traffic.h"

#include <string.h>

#define ROUNDS 40

static HgTallyBuilder *random_builder(GRand *rand, guint packets) {
  GPtrArray *lines = hg_traffic_random(rand, packets);
  g_ptr_array_add(lines, NULL);
  char *script = g_strjoinv(NULL, (char **)lines->pdata);
  HgTallyBuilder *builder = hg_script_builder(script, NULL);
  g_free(script);
  g_ptr_array_unref(lines);
  return builder;
}

static gint compare_services(const HgService *a, const HgService *b) {
  const guint32 x[] = {a->client, a->server, a->transport, a->port};
  const guint32 y[] = {b->client, b->server, b->transport, b->port};
  for (guint i = 0; i < G_N_ELEMENTS(x); i++)
    if (x[i] != y[i])
      return x[i] < y[i] ? -1 : 1;
  return 0;
}

static gboolean is_of(const HgTally *tally, const HgService *s, const HgConnection *c) {
  const guint32 *host = hg_tally_conversation(tally, c->conversation)->host;
  return s->client == host[c->client] && s->server == host[1 - c->client] &&
         s->transport == c->transport && s->port == hg_connection_server_port(c);
}

/* --- the oracle --- */

/* Adds up all connections that belong to the service, wherever they stand. */
static HgService add_up(const HgTally *tally, const HgServiceTable *table, const HgService *like) {
  HgService sum = {.client = like->client,
                   .server = like->server,
                   .transport = like->transport,
                   .port = like->port,
                   .first_ns = G_MAXINT64,
                   .last_ns = G_MININT64};
  for (guint32 i = 0; i < hg_service_table_connection_count(table); i++) {
    const HgConnection *c = hg_service_table_connection(table, i);
    if (!is_of(tally, like, c))
      continue;
    const HgConnectionState conn_state = hg_connection_state(c);
    sum.connections++;
    sum.attempts += conn_state != HG_CONNECTION_MIDSTREAM;
    sum.midstream += conn_state == HG_CONNECTION_MIDSTREAM;
    sum.established += conn_state == HG_CONNECTION_ESTABLISHED;
    sum.refused += conn_state == HG_CONNECTION_REFUSED;
    sum.unanswered += conn_state == HG_CONNECTION_UNANSWERED;
    for (int way = 0; way < 2; way++) {
      sum.packets[way] += c->packets[way ? 1 - c->client : c->client];
      sum.bytes[way] += c->bytes[way ? 1 - c->client : c->client];
      sum.payload[way] += c->payload[way ? 1 - c->client : c->client];
    }
    sum.first_ns = MIN(sum.first_ns, c->first_ns);
    sum.last_ns = MAX(sum.last_ns, c->last_ns);
  }
  return sum;
}

/* Packets of the service's connections that are known by this protocol. */
static guint64 votes_for(const HgTally *tally, const HgServiceTable *table, const HgService *s,
                         guint16 protocol) {
  guint64 votes = 0;
  for (guint32 i = 0; i < hg_service_table_connection_count(table); i++) {
    const HgConnection *c = hg_service_table_connection(table, i);
    if (hg_tally_connection_protocol(tally, c) == protocol && is_of(tally, s, c))
      votes += (guint64)c->packets[0] + c->packets[1];
  }
  return votes;
}

static void check_protocol(const HgTally *tally, const HgServiceTable *table, const HgService *s) {
  const HgProtocol *elected = hg_tally_protocol(tally, s->protocol);
  const guint64 votes = votes_for(tally, table, s, s->protocol);
  g_assert_cmpuint(votes, >, 0);
  for (guint i = 0; i < hg_tally_protocol_count(tally); i++) {
    const HgProtocol *other = hg_tally_protocol(tally, (guint16)i);
    const guint64 others = votes_for(tally, table, s, (guint16)i);
    if (others == 0 || other == elected)
      continue;
    if (elected->transport != other->transport) {
      g_assert_true(other->transport);
    } else {
      g_assert_cmpuint(votes, >=, others);
      if (votes == others)
        g_assert_cmpstr(elected->name, <, other->name);
    }
  }
}

static void check_run(const HgTally *tally, const HgServiceTable *table, const HgService *s) {
  const HgConnection *before = NULL;
  for (guint32 i = 0; i < s->connections; i++) {
    const HgConnection *c = hg_service_table_connection(table, s->first_connection + i);
    g_assert_true(is_of(tally, s, c));
    if (before)
      g_assert_true(before->first_ns < c->first_ns ||
                    (before->first_ns == c->first_ns && before->first_frame < c->first_frame));
    before = c;
  }
}

static void check_service(const HgTally *tally, const HgServiceTable *table, guint32 number) {
  const HgService *s = hg_service_table_get(table, number);
  HgService sum = add_up(tally, table, s);
  if (number > 0)
    g_assert_cmpint(compare_services(hg_service_table_get(table, number - 1), s), <, 0);
  check_run(tally, table, s);
  check_protocol(tally, table, s);
  g_assert_cmpint(s->first_ns, ==, sum.first_ns);
  g_assert_cmpint(s->last_ns, ==, sum.last_ns);
  g_assert_cmpuint(s->connections, ==, sum.connections);
  g_assert_cmpuint(s->attempts, ==, sum.attempts);
  g_assert_cmpuint(s->midstream, ==, sum.midstream);
  g_assert_cmpuint(s->established, ==, sum.established);
  g_assert_cmpuint(s->refused, ==, sum.refused);
  g_assert_cmpuint(s->unanswered, ==, sum.unanswered);
  g_assert_cmpmem(s->packets, sizeof s->packets, sum.packets, sizeof sum.packets);
  g_assert_cmpmem(s->bytes, sizeof s->bytes, sum.bytes, sizeof sum.bytes);
  g_assert_cmpmem(s->payload, sizeof s->payload, sum.payload, sizeof sum.payload);
}

/* Joining moves packets from connection to connection, and loses none. */
static void check_packets(const HgTally *tally, const HgServiceTable *table) {
  guint64 before = 0, after = 0;
  for (guint32 i = 0; i < hg_tally_connection_count(tally); i++)
    before += (guint64)hg_tally_connection(tally, i)->packets[0] +
              hg_tally_connection(tally, i)->packets[1];
  for (guint32 i = 0; i < hg_service_table_connection_count(table); i++)
    after += (guint64)hg_service_table_connection(table, i)->packets[0] +
             hg_service_table_connection(table, i)->packets[1];
  g_assert_cmpuint(after, ==, before);
}

static void check_table(const HgTally *tally) {
  HgServiceTable *table = hg_service_table_new(tally);
  guint32 connections = 0;
  for (guint32 i = 0; i < hg_service_table_count(table); i++) {
    check_service(tally, table, i);
    g_assert_cmpuint(hg_service_table_get(table, i)->first_connection, ==, connections);
    connections += hg_service_table_get(table, i)->connections;
  }
  g_assert_cmpuint(connections, ==, hg_service_table_connection_count(table));
  check_packets(tally, table);
  hg_service_table_free(table);
}

static void test_oracle(void) {
  GRand *rand = g_rand_new_with_seed(5);
  for (guint i = 0; i < ROUNDS; i++) {
    HgTallyBuilder *one = random_builder(rand, (guint)g_rand_int_range(rand, 0, 300));
    HgTally *two =
        hg_tally_builder_end(random_builder(rand, (guint)g_rand_int_range(rand, 0, 300)));
    check_table(hg_tally_finish(one));
    hg_tally_builder_merge(one, two); /* halves to be joined, out of order */
    check_table(hg_tally_finish(one));
    hg_tally_builder_free(one);
    hg_tally_free(two);
  }
  g_rand_free(rand);
}

/* --- sorting --- */

static gint by_second(gconstpointer a, gconstpointer b, gpointer data) {
  const guint32 x = ((const HgCountingSortItem *)a)->key[1],
                y = ((const HgCountingSortItem *)b)->key[1];
  (void)data;
  return x < y ? -1 : x > y;
}

/* Stable, whichever way: what is alike keeps its order. */
static void test_sorting(void) {
  static const guint32 sizes[] = {0, 1, 2, 24, 25, 1000};
  GRand *rand = g_rand_new_with_seed(6);
  for (guint s = 0; s < G_N_ELEMENTS(sizes); s++)
    for (guint32 keys = 1; keys < 40; keys += 13) {
      HgCountingSortItem *items = g_new0(HgCountingSortItem, sizes[s] + 1),
                         *sorted = g_new0(HgCountingSortItem, sizes[s] + 1);
      for (guint32 i = 0; i < sizes[s]; i++)
        items[i] = (HgCountingSortItem){{i, (guint32)g_rand_int_range(rand, 0, (gint)keys)}, NULL};
      hg_counting_sort(items, sorted, sizes[s], 1, keys);
      hg_counting_sort_finish(items, sizes[s], by_second, NULL);
      for (guint32 i = 1; i < sizes[s]; i++)
        g_assert_true(
            sorted[i - 1].key[1] < sorted[i].key[1] ||
            (sorted[i - 1].key[1] == sorted[i].key[1] && sorted[i - 1].key[0] < sorted[i].key[0]));
      g_assert_cmpmem(items, sizes[s] * sizeof *items, sorted, sizes[s] * sizeof *sorted);
      g_free(items);
      g_free(sorted);
    }
  g_rand_free(rand);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/service/oracle", test_oracle);
  g_test_add_func("/service/sorting", test_sorting);
  return g_test_run();
}
