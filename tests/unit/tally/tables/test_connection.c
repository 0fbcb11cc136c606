/* test_connection.c - where connections begin and how they ended
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"
#include "tally/merge/merge.h"
#include "tally/services/service.h"
#include "tally/tables/connection.h"
#include "tally/tables/conversation.h"

static HgConnectionState only_outcome(const char *script) {
  HgTally *tally = hg_script_tally(script);
  g_assert_cmpuint(hg_tally_connection_count(tally), ==, 1);
  const HgConnectionState conn_state = hg_connection_state(hg_tally_connection(tally, 0));
  hg_tally_free(tally);
  return conn_state;
}

static void test_tcp_outcomes(void) {
  static const struct {
    const char *script;
    HgConnectionState conn_state;
  } cases[] = {
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n", HG_CONNECTION_UNANSWERED},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n"
       "2 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n", /* retransmitted */
       HG_CONNECTION_UNANSWERED},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n"
       "2 10.0.0.2 10.0.0.1 TCP tcp=80:4000:RA\n",
       HG_CONNECTION_REFUSED},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n"
       "2 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA\n",
       HG_CONNECTION_ESTABLISHED},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n" /* half-open scan of an open port */
       "2 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA\n"
       "3 10.0.0.1 10.0.0.2 TCP tcp=4000:80:R\n",
       HG_CONNECTION_ESTABLISHED},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n" /* one direction captured */
       "2 10.0.0.1 10.0.0.2 TCP tcp=4000:80:A\n",
       HG_CONNECTION_ESTABLISHED},
      {"1 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA\n", HG_CONNECTION_MIDSTREAM}, /* backscatter */
      {"1 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA seq=9 ack=2\n"
       "2 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA seq=9 ack=2\n"
       "3 10.0.0.2 10.0.0.1 TCP tcp=80:4000:R\n",
       HG_CONNECTION_MIDSTREAM},
      {"1 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA seq=9 ack=2\n" /* the server's side only */
       "2 10.0.0.2 10.0.0.1 HTTP tcp=80:4000:PA payload=9\n",
       HG_CONNECTION_ESTABLISHED},
      {"1 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA seq=9 ack=2\n" /* the answer is stored first, */
       "1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n",
       HG_CONNECTION_ESTABLISHED},
      {"1.000 10.0.0.2 10.0.0.1 TCP tcp=80:4000:RA ack=2\n" /* or stamped first, by another clock */
       "1.002 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n",
       HG_CONNECTION_REFUSED},
      {"1 10.0.0.2 10.0.0.1 TCP tcp=80:4000:RA ack=1\n" /* made by a tool that begins at 0 */
       "1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=0\n",
       HG_CONNECTION_REFUSED},
      {"1 10.0.0.2 10.0.0.1 TCP tcp=80:4000:RA ack=0\n" /* the highest number comes before 0 */
       "1 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA seq=9 ack=0\n",
       HG_CONNECTION_MIDSTREAM},
      {"1 10.0.0.2 10.0.0.1 HTTP tcp=80:4000:PA payload=9\n", HG_CONNECTION_MIDSTREAM},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:F seq=7\n" /* FIN scan of a closed port */
       "2 10.0.0.2 10.0.0.1 TCP tcp=80:4000:RA ack=8\n",
       HG_CONNECTION_REFUSED},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=20:80: seq=7\n" /* NULL scan of an open one */
       "2 10.0.0.1 10.0.0.2 TCP tcp=20:80: seq=7\n",
       HG_CONNECTION_UNANSWERED},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=20:80:FP seq=7\n" /* Xmas scan of a filtered one */
       "unreachable 10.0.0.1 10.0.0.2 tcp 20 80\n",
       HG_CONNECTION_REFUSED},
      {"1 10.0.0.2 10.0.0.1 TCP tcp=80:20:RA ack=8\n" /* the answer is stored first */
       "1 10.0.0.1 10.0.0.2 TCP tcp=20:80:F seq=7\n",
       HG_CONNECTION_REFUSED},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:A payload=9\n" /* a segment with its flags damaged */
       "2 10.0.0.1 10.0.0.2 TCP tcp=4000:80: payload=9\n",
       HG_CONNECTION_MIDSTREAM},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:FA seq=7 ack=3\n" /* could end a connection */
       "2 10.0.0.2 10.0.0.1 TCP tcp=80:4000:R seq=3\n",
       HG_CONNECTION_MIDSTREAM},
      {"1 10.0.0.2 10.0.0.1 TCP tcp=80:4000:RA ack=8\n", HG_CONNECTION_MIDSTREAM},
      {"1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n"
       "unreachable 10.0.0.1 10.0.0.2 tcp 4000 80\n",
       HG_CONNECTION_REFUSED},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpint(only_outcome(cases[i].script), ==, cases[i].conn_state);
}

/* Connections of the script, and the state of the last. */
static guint32 count_connections(const char *text, HgConnectionState *last) {
  HgTally *tally = hg_script_tally(text);
  const guint32 count = hg_tally_connection_count(tally);
  *last = hg_connection_state(hg_tally_connection(tally, count - 1));
  hg_tally_free(tally);
  return count;
}

/* What stands before a SYN but does not answer it begins nothing, and is not joined. */
static void test_not_its_answer(void) {
  static const char *const before[] = {
      "1.000 10.0.0.2 10.0.0.1 TCP tcp=80:4000:RA ack=3\n",       /* acknowledges another SYN */
      "1.000 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA seq=9 ack=3\n", /* likewise */
      "1.000 10.0.0.2 10.0.0.1 TCP tcp=80:4000:RA seq=5 ack=2\n", /* ends a connection */
      "0.000 10.0.0.2 10.0.0.1 TCP tcp=80:4000:RA ack=2\n",       /* 1.002 s earlier */
      "1.000 10.0.0.2 10.0.0.1 TCP tcp=80:4000:A ack=2\n",
  };
  HgConnectionState last;
  for (guint i = 0; i < G_N_ELEMENTS(before); i++) {
    g_autofree char *text =
        g_strconcat(before[i], "1.002 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n", NULL);
    g_assert_cmpuint(count_connections(text, &last), ==, 2);
    g_assert_cmpint(last, ==, HG_CONNECTION_UNANSWERED);
  }
  /* A RST that acknowledges nothing answers no SYN, not even one from 0 */
  g_assert_cmpuint(count_connections("1.000 10.0.0.2 10.0.0.1 TCP tcp=80:4000:R\n"
                                     "1.002 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=0\n",
                                     &last),
                   ==, 2);
  g_assert_cmpint(last, ==, HG_CONNECTION_UNANSWERED);
}

static void test_datagram_outcomes(void) {
  static const struct {
    const char *script;
    HgConnectionState conn_state;
  } cases[] = {
      {"1 10.0.0.1 10.0.0.2 DNS udp=4000:53\n", HG_CONNECTION_UNANSWERED},
      {"1 10.0.0.1 10.0.0.2 DNS udp=4000:53\n2 10.0.0.2 10.0.0.1 DNS udp=53:4000\n",
       HG_CONNECTION_ESTABLISHED},
      {"1 10.0.0.2 10.0.0.1 DNS udp=53:4000\n", HG_CONNECTION_MIDSTREAM},
      {"1 10.0.0.1 10.0.0.2 DNS udp=4000:53\nunreachable 10.0.0.1 10.0.0.2 udp 4000 53\n",
       HG_CONNECTION_REFUSED},
      {"1 10.0.0.1 10.0.0.2 ICMP echo=request:7\n", HG_CONNECTION_UNANSWERED},
      {"1 10.0.0.1 10.0.0.2 ICMP echo=request:7\n2 10.0.0.2 10.0.0.1 ICMP echo=reply:7\n",
       HG_CONNECTION_ESTABLISHED},
      {"1 10.0.0.2 10.0.0.1 ICMP echo=reply:7\n", HG_CONNECTION_MIDSTREAM},
      /* The answer is stamped first, by another clock; up to a second */
      {"1.0 10.0.0.2 10.0.0.1 DNS udp=53:4000\n2.0 10.0.0.1 10.0.0.2 DNS udp=4000:53\n",
       HG_CONNECTION_ESTABLISHED},
      {"1.0 10.0.0.2 10.0.0.1 DNS udp=53:4000\n2.000000001 10.0.0.1 10.0.0.2 DNS udp=4000:53\n",
       HG_CONNECTION_MIDSTREAM},
      {"1.0 10.0.0.2 10.0.0.1 RADIUS udp=1812:4000\n1.1 10.0.0.1 10.0.0.2 RADIUS udp=4000:1812\n",
       HG_CONNECTION_ESTABLISHED},
      {"1.0 10.0.0.2 10.0.0.1 ICMP echo=reply:7\n1.1 10.0.0.1 10.0.0.2 ICMP echo=request:7\n",
       HG_CONNECTION_ESTABLISHED},
      /* It is stored first, with the right time, after another answer */
      {"9 10.0.0.2 10.0.0.1 DNS udp=53:4000\n5 10.0.0.2 10.0.0.1 DNS udp=53:4000\n"
       "4 10.0.0.1 10.0.0.2 DNS udp=4000:53\n",
       HG_CONNECTION_ESTABLISHED},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpint(only_outcome(cases[i].script), ==, cases[i].conn_state);
}

/* Who began, and whether that is known: where ports do not tell, the first datagram does. */
static void test_datagram_clients(void) {
  static const struct {
    const char *script;
    int client; /* the side of the first packet is A */
    gboolean begun;
  } cases[] = {
      {"1.0 10.0.0.2 10.0.0.1 DNS udp=53:4000\n1.5 10.0.0.1 10.0.0.2 DNS udp=4000:53\n", HG_SIDE_B,
       TRUE},
      {"1.0 10.0.0.2 10.0.0.1 RADIUS udp=1812:4000\n", HG_SIDE_B, FALSE},
      {"1.0 10.0.0.2 10.0.0.1 RADIUS udp=1812:1812\n1.5 10.0.0.1 10.0.0.2 RADIUS udp=1812:1812\n",
       HG_SIDE_A, TRUE},
      {"1.0 10.0.0.2 10.0.0.1 NTP udp=123:123\n1.5 10.0.0.1 10.0.0.2 NTP udp=123:123\n", HG_SIDE_A,
       TRUE},
      {"1.0 10.0.0.2 10.0.0.1 QUIC udp=5000:4000\n0.5 10.0.0.1 10.0.0.2 QUIC udp=4000:5000\n",
       HG_SIDE_B, TRUE},
      {"1.0 10.0.0.2 10.0.0.1 SCTP sctp=1812:4000\n", HG_SIDE_A, TRUE},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgTally *tally = hg_script_tally(cases[i].script);
    const HgConnection *c = hg_tally_connection(tally, 0);
    g_assert_cmpuint(hg_tally_connection_count(tally), ==, 1);
    g_assert_cmpint(c->client, ==, cases[i].client);
    g_assert_cmpint(c->begun, ==, cases[i].begun);
    hg_tally_free(tally);
  }
}

static guint32 connections(const char *script) {
  HgTally *tally = hg_script_tally(script);
  const guint32 count = hg_tally_connection_count(tally);
  hg_tally_free(tally);
  return count;
}

static void test_where_one_begins(void) {
  /* The same ports again: a SYN with another sequence number, not the same one. */
  g_assert_cmpuint(connections("1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n"
                               "9 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n"
                               "10 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=2\n"),
                   ==, 2);
  /* Data before the first SYN belongs to an older connection. */
  g_assert_cmpuint(connections("1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:A\n"
                               "2 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1\n"),
                   ==, 2);
  /* Datagrams: 60 s of silence, no less. */
  g_assert_cmpuint(connections("1 10.0.0.1 10.0.0.2 DNS udp=4000:53\n"
                               "61 10.0.0.1 10.0.0.2 DNS udp=4000:53\n"),
                   ==, 1);
  g_assert_cmpuint(connections("1 10.0.0.1 10.0.0.2 DNS udp=4000:53\n"
                               "61.000000001 10.0.0.1 10.0.0.2 DNS udp=4000:53\n"),
                   ==, 2);
  /* Both sides ping with the same identifier: two exchanges. */
  g_assert_cmpuint(connections("1 10.0.0.1 10.0.0.2 ICMP echo=request:7\n"
                               "1 10.0.0.2 10.0.0.1 ICMP echo=request:7\n"),
                   ==, 2);
}

/* Packets of several connections of one pair that take turns, also where one came by a merge. */
static void test_taking_turns(void) {
  GString *script = g_string_new(NULL);
  for (int turn = 0; turn < 4; turn++)
    for (int client = 0; client < 3; client++)
      g_string_append_printf(script, "%d 10.0.0.1 10.0.0.2 TCP tcp=%d:80:A\n", turn, 4000 + client);
  HgTallyBuilder *builder = hg_script_builder("", NULL);
  HgTally *first = hg_script_tally(script->str);
  hg_tally_builder_merge(builder, first);
  GError *error = NULL;
  hg_script_read(builder, "9 10.0.0.2 10.0.0.1 TCP tcp=80:4001:A frame=13\n", &error);
  g_assert_no_error(error);
  HgTally *merged = hg_tally_builder_end(builder);
  g_assert_cmpuint(hg_tally_connection_count(merged), ==, 3);
  for (guint32 i = 0; i < 3; i++) {
    g_assert_cmpuint(hg_tally_connection(first, i)->packets[0], ==, 4);
    g_assert_cmpuint(hg_tally_connection(merged, i)->packets[0], ==, 4);
    g_assert_cmpuint(hg_tally_connection(merged, i)->packets[1], ==, i == 1);
  }
  hg_tally_free(first);
  hg_tally_free(merged);
  g_string_free(script, TRUE);
}

/* Some packet of a few ports, mostly in order, flags and silences as they come. */
static HgPacket random_packet(const HgPacket *before, int *side) {
  static const guint8 flags[] = {
      HG_TCP_SYN, HG_TCP_SYN | HG_TCP_ACK, HG_TCP_ACK, HG_TCP_ACK | HG_TCP_PSH,
      HG_TCP_ACK, HG_TCP_FIN | HG_TCP_ACK, HG_TCP_RST, 0,
      HG_TCP_FIN};
  const gboolean late = g_test_rand_int_range(0, 20) == 0;
  const gint64 second = G_GINT64_CONSTANT(1000000000);
  HgPacket packet = {.frame = before->frame + 1,
                     .time_ns =
                         before->time_ns + second * g_test_rand_int_range(late ? -90 : 0, 40),
                     .wire_length = (guint32)g_test_rand_int_range(60, 1500),
                     .payload_length = (guint32)g_test_rand_int_range(0, 1400),
                     .tcp_sequence = (guint32)g_test_rand_int_range(1, 3)};
  const guint16 client = (guint16)g_test_rand_int_range(4000, 4002);
  const guint16 server = g_test_rand_int_range(0, 2) ? 80 : 9000; /* a lower port, a higher one */
  *side = g_test_rand_int_range(0, 2);
  packet.transport = g_test_rand_int_range(0, 3) ? HG_TRANSPORT_TCP : HG_TRANSPORT_UDP;
  if (packet.transport == HG_TRANSPORT_TCP)
    packet.tcp_flags = flags[g_test_rand_int_range(0, G_N_ELEMENTS(flags))];
  packet.source_port = *side == HG_SIDE_A ? client : server;
  packet.destination_port = *side == HG_SIDE_A ? server : client;
  return packet;
}

static HgConnection alone(const HgPacket *packet, int side,
                          const HgConnectionProtocols *protocols) {
  HgConnectionTable *table = hg_connection_table_new();
  HgConversation conversation = {.host = {0, 1}};
  g_assert_true(
      hg_connection_table_packet(table, &conversation, side, packet, protocols, G_MAXUINT32));
  g_assert_cmpuint(hg_connection_table_count(table), ==, 1);
  const HgConnection one = *hg_connection_table_get(table, 0);
  hg_connection_table_free(table);
  return one;
}

static void join(GArray *connections, const HgConnection *one) {
  for (guint i = connections->len; i-- > 0;) {
    HgConnection *latest = &g_array_index(connections, HgConnection, i);
    if (latest->transport != one->transport || latest->port[0] != one->port[0] ||
        latest->port[1] != one->port[1])
      continue;
    if (!hg_connection_continues(latest, one))
      break;
    hg_connection_join(latest, one);
    return;
  }
  g_array_append_val(connections, *one);
}

static void assert_same(const HgConnection *a, const HgConnection *b) {
  for (int side = 0; side < 2; side++) {
    g_assert_cmpuint(a->port[side], ==, b->port[side]);
    g_assert_cmpuint(a->history[side], ==, b->history[side]);
    g_assert_cmpuint(a->packets[side], ==, b->packets[side]);
    g_assert_cmpuint(a->bytes[side], ==, b->bytes[side]);
    g_assert_cmpuint(a->payload[side], ==, b->payload[side]);
  }
  g_assert_cmpuint(a->transport, ==, b->transport);
  g_assert_cmpuint(a->client, ==, b->client);
  g_assert_cmpuint(a->begun, ==, b->begun);
  g_assert_cmpuint(a->application, ==, b->application);
  g_assert_cmpuint(a->protocol, ==, b->protocol);
  g_assert_cmpuint(a->detected, ==, b->detected);
  g_assert_cmpint(a->protocol_ns, ==, b->protocol_ns);
  g_assert_cmpuint(a->protocol_frame, ==, b->protocol_frame);
  g_assert_cmpuint(a->initial_sequence, ==, b->initial_sequence);
  g_assert_cmpint(a->first_ns, ==, b->first_ns);
  g_assert_cmpuint(a->first_frame, ==, b->first_frame);
  g_assert_cmpint(a->last_ns, ==, b->last_ns);
  g_assert_cmpuint(a->last_frame, ==, b->last_frame);
}

/* A packet that is added to a connection comes to what it would as one of its own, joined. */
static void test_adding_is_joining(void) {
  HgConnectionTable *table = hg_connection_table_new();
  HgConversation conversation = {.host = {0, 1}};
  GArray *joined = g_array_new(FALSE, FALSE, sizeof(HgConnection));
  HgPacket packet = {0};
  for (int i = 0; i < 20000; i++) {
    int side;
    packet = random_packet(&packet, &side);
    const guint16 protocol = (guint16)g_test_rand_int_range(1, 5);
    const HgConnectionProtocols protocols = {protocol, protocol > 2,
                                             (guint16)MAX(0, g_test_rand_int_range(-20, 5))};
    const HgConnection one = alone(&packet, side, &protocols);
    join(joined, &one);
    g_assert_true(
        hg_connection_table_packet(table, &conversation, side, &packet, &protocols, G_MAXUINT32));
  }
  g_assert_cmpuint(joined->len, >, 100);
  g_assert_cmpuint(hg_connection_table_count(table), ==, joined->len);
  for (guint i = 0; i < joined->len; i++)
    assert_same(hg_connection_table_get(table, i), &g_array_index(joined, HgConnection, i));
  hg_connection_table_free(table);
  g_array_free(joined, TRUE);
}

static void test_talking_to_oneself(void) {
  HgTally *tally = hg_script_tally("1 127.0.0.1 127.0.0.1 TCP tcp=4000:80:S seq=1\n"
                                   "2 127.0.0.1 127.0.0.1 TCP tcp=80:4000:SA\n"
                                   "3 127.0.0.1 127.0.0.1 TCP tcp=4000:80:A\n");
  g_assert_cmpuint(hg_tally_connection_count(tally), ==, 1);
  const HgConnection *c = hg_tally_connection(tally, 0);
  g_assert_cmpint(hg_connection_state(c), ==, HG_CONNECTION_ESTABLISHED);
  g_assert_cmpuint(hg_connection_server_port(c), ==, 80);
  g_assert_cmpuint(c->packets[c->client], ==, 2);
  g_assert_cmpuint(hg_tally_host(tally, 0)->peers, ==, 0);
  hg_tally_free(tally);
}

static void test_services(void) {
  HgTally *tally = hg_script_tally("1 10.0.0.1 10.0.0.2 TCP tcp=4000:80:S seq=1 len=60\n"
                                   "2 10.0.0.2 10.0.0.1 TCP tcp=80:4000:SA len=60\n"
                                   "3 10.0.0.1 10.0.0.2 HTTP tcp=4000:80:PA payload=40 len=94\n"
                                   "4 10.0.0.1 10.0.0.2 TCP tcp=4001:80:S seq=2 len=60\n"
                                   "5 10.0.0.1 10.0.0.2 TCP tcp=4002:81:S seq=3 len=60\n"
                                   "6 10.0.0.2 10.0.0.1 TCP tcp=81:4002:RA len=54\n"
                                   "7 10.0.0.3 10.0.0.2 TCP tcp=5000:80:A len=54\n");
  HgServiceTable *table = hg_service_table_new(tally);
  g_assert_cmpuint(hg_service_table_count(table), ==, 3);

  const HgService *http = hg_service_table_get(table, 0);
  g_assert_cmpuint(http->port, ==, 80);
  g_assert_cmpstr(hg_tally_protocol(tally, http->protocol)->name, ==, "HTTP");
  g_assert_cmpuint(http->attempts, ==, 2);
  g_assert_cmpuint(http->established, ==, 1);
  g_assert_cmpuint(http->unanswered, ==, 1);
  g_assert_cmpuint(http->packets[0], ==, 3);
  g_assert_cmpuint(http->bytes[0], ==, 214);
  g_assert_cmpuint(http->payload[0], ==, 40);
  g_assert_cmpuint(http->packets[1], ==, 1);
  g_assert_cmpuint(http->connections, ==, 2);
  g_assert_cmpuint(hg_service_table_connection(table, http->first_connection + 1)->first_frame, ==,
                   4);

  const HgService *refused = hg_service_table_get(table, 1);
  g_assert_cmpuint(refused->port, ==, 81);
  g_assert_cmpuint(refused->refused, ==, 1);

  const HgService *midstream = hg_service_table_get(table, 2);
  g_assert_cmpuint(midstream->attempts, ==, 0);
  g_assert_cmpuint(midstream->midstream, ==, 1);
  g_assert_cmpuint(midstream->port, ==, 80);

  guint32 first;
  g_assert_cmpuint(hg_service_table_of_client(table, 0, &first), ==, 2);
  g_assert_cmpuint(first, ==, 0);
  g_assert_cmpuint(hg_service_table_of_client(table, 1, &first), ==, 0);
  g_assert_cmpuint(hg_service_table_initiated(table, 0, 1), ==, 3);
  g_assert_cmpuint(hg_service_table_initiated(table, 1, 0), ==, 0);
  g_assert_cmpint(hg_service_table_initiator(table, 0), ==, HG_SIDE_A);
  g_assert_cmpint(hg_service_table_initiator(table, 1), ==, HG_SIDE_UNKNOWN);
  hg_service_table_free(table);
  hg_tally_free(tally);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/connection/tcp-outcomes", test_tcp_outcomes);
  g_test_add_func("/connection/not-its-answer", test_not_its_answer);
  g_test_add_func("/connection/datagram-outcomes", test_datagram_outcomes);
  g_test_add_func("/connection/datagram-clients", test_datagram_clients);
  g_test_add_func("/connection/where-one-begins", test_where_one_begins);
  g_test_add_func("/connection/taking-turns", test_taking_turns);
  g_test_add_func("/connection/adding-is-joining", test_adding_is_joining);
  g_test_add_func("/connection/talking-to-oneself", test_talking_to_oneself);
  g_test_add_func("/connection/services", test_services);
  return g_test_run();
}
