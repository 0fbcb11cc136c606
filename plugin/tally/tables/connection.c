/* connection.c - TCP connections and UDP or echo exchanges, with how they ended
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "connection.h"

#include "tally/memory/chunked_array.h"

struct HgConnectionTable {
  HgChunkedArray connections; /* HgConnection */
  GHashTable *latest; /* HgConnection, equal when hosts and ports are: the last one of each. Leaves
                         out the only connection of a conversation, which saves memory */
};

static guint ends_hash(gconstpointer key) {
  const HgConnection *c = key;
  const guint64 ports = (guint64)c->port[0] << 32 | (guint64)c->port[1] << 8 | c->transport;
  const guint64 mixed =
      (ports ^ ((guint64)c->conversation << 20)) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
  return (guint)(mixed >> 32);
}

static gboolean ends_equal(gconstpointer a, gconstpointer b) {
  const HgConnection *x = a, *y = b;
  return x->conversation == y->conversation && x->transport == y->transport &&
         x->port[0] == y->port[0] && x->port[1] == y->port[1];
}

/* Somebody sent a SYN, and it was captured. */
static gboolean has_syn(const HgConnection *c) {
  return ((c->history[0] | c->history[1]) & HG_HISTORY_SYN) != 0;
}

gboolean hg_connection_is_stealth_probe(const HgConnection *c) {
  return c->transport == HG_TRANSPORT_TCP && c->begun && !has_syn(c) &&
         !(c->history[1 - c->client] & HG_HISTORY_SYN_ACK);
}

HgConnectionState hg_connection_state(const HgConnection *c) {
  if (!c->begun)
    return HG_CONNECTION_MIDSTREAM;
  const guint8 client = c->history[c->client], server = c->history[1 - c->client];
  const gboolean tcp = c->transport == HG_TRANSPORT_TCP && !hg_connection_is_stealth_probe(c);
  if (server & (HG_HISTORY_SYN_ACK | HG_HISTORY_OTHER | HG_HISTORY_FIN))
    return HG_CONNECTION_ESTABLISHED;
  if ((server & HG_HISTORY_RST) || (client & HG_HISTORY_UNREACHABLE))
    return HG_CONNECTION_REFUSED;
  if (tcp && (client & (HG_HISTORY_OTHER | HG_HISTORY_FIN)))
    return HG_CONNECTION_ESTABLISHED;
  return HG_CONNECTION_UNANSWERED;
}

guint16 hg_connection_server_port(const HgConnection *c) {
  return c->port[1 - c->client];
}

gboolean hg_connection_is_within(const HgConnection *c) {
  return c->transport >= HG_TRANSPORT_ICMP ? c->client == HG_SIDE_A : c->port[0] >= c->port[1];
}

/* All packets of a host that talks to itself have side 0; ports tell the ends apart. */
int hg_connection_side(const HgConversation *conversation, int side, guint16 source_port,
                       guint16 destination_port) {
  if (conversation->host[0] != conversation->host[1])
    return side;
  return source_port < destination_port ? HG_SIDE_B : HG_SIDE_A;
}

/* Where there are no times, the order of frames has to do. */
gboolean hg_connection_is_within_skew(gint64 a_ns, gint64 b_ns) {
  return ABS(hg_time_span(a_ns, b_ns)) <= HG_CONNECTION_SKEW_NS;
}

/* The silence between two connections; 0 when they overlap. */
static gint64 silence(const HgConnection *a, const HgConnection *b) {
  const gint64 from = MIN(a->last_ns, b->last_ns), to = MAX(a->first_ns, b->first_ns);
  return from >= to ? 0 : hg_time_distance(from, to);
}

/* Nothing but answers to a SYN that was not captured, or not yet. */
static gboolean is_answer(const HgConnection *c) {
  const guint8 sent = c->history[0] | c->history[1];
  return (c->history[0] == 0 || c->history[1] == 0) &&
         (sent == HG_HISTORY_SYN_ACK || sent == HG_HISTORY_RST) &&
         c->initial_sequence != HG_SEQUENCE_UNKNOWN;
}

/* All that `side` sent are segments that no connection has, and nothing but RST came back. */
static gboolean only_probes(const HgConnection *c, int side) {
  return (c->history[side] & HG_HISTORY_NO_ACK) &&
         !(c->history[side] & (HG_HISTORY_SYN | HG_HISTORY_SYN_ACK | HG_HISTORY_OTHER)) &&
         !(c->history[1 - side] & ~(HG_HISTORY_RST | HG_HISTORY_UNREACHABLE));
}

/* A server that sends on after its SYN-ACK has got the client's ACK: so the client, not somebody who
 * forged its address, sent a SYN. What a victim of forged SYNs sends is only SYN-ACK and RST. */
static gboolean is_begun_tcp(const HgConnection *c) {
  const guint8 server = c->history[1 - c->client];
  return has_syn(c) || only_probes(c, c->client) ||
         ((server & HG_HISTORY_SYN_ACK) && (server & (HG_HISTORY_OTHER | HG_HISTORY_FIN)));
}

gboolean hg_connection_continues(const HgConnection *earlier, const HgConnection *later) {
  if (earlier->transport != HG_TRANSPORT_TCP)
    return silence(earlier, later) <= HG_CONNECTION_GAP_NS;
  if (!has_syn(later))
    return TRUE;
  return earlier->initial_sequence == later->initial_sequence &&
         (has_syn(earlier) ||
          (is_answer(earlier) && hg_connection_is_within_skew(earlier->first_ns, later->first_ns)));
}

/* A handshake tells for certain who the client is. */
static gboolean has_handshake(const HgConnection *c) {
  return ((c->history[0] | c->history[1]) & (HG_HISTORY_SYN | HG_HISTORY_SYN_ACK)) != 0;
}

/* Where no handshake tells: who sends probes, else the higher port suggests the client. */
static guint8 client_without_handshake(const HgConnection *c) {
  for (guint8 side = 0; side < 2; side++)
    if (only_probes(c, side))
      return side;
  return c->port[0] > c->port[1] ? HG_SIDE_A : HG_SIDE_B;
}

static gboolean is_before(gint64 a_ns, guint32 a_frame, gint64 b_ns, guint32 b_frame) {
  return a_ns != b_ns ? a_ns < b_ns : a_frame < b_frame;
}

/* When the client sent its first packet, counted from another time than first_ns. */
static guint32 client_after(const HgConnection *c, gint64 from_ns) {
  const gint64 earlier = ABS(hg_time_span(c->first_ns, from_ns));
  return earlier < HG_CLIENT_LATE - c->client_after_ns ? c->client_after_ns + (guint32)earlier
                                                       : HG_CLIENT_LATE;
}

/* The first packet tells which side is the client, where ports or the kind of message do not. To be
 * called before the times are joined. */
static void join_datagram_client(HgConnection *earlier, const HgConnection *later) {
  const gboolean reversed =
      is_before(later->first_ns, later->first_frame, earlier->first_ns, earlier->first_frame);
  if (earlier->client == later->client) {
    const gint64 first_ns = MIN(earlier->first_ns, later->first_ns);
    earlier->client_after_ns = MIN(client_after(earlier, first_ns), client_after(later, first_ns));
  } else if (reversed) {
    earlier->client = later->client;
    earlier->client_after_ns = later->client_after_ns;
  }
  earlier->begun = earlier->client_after_ns <= HG_CONNECTION_SKEW_NS;
}

/* The first handshake tells which side is the client. To be called after the histories were joined;
 * `known`: a handshake of the earlier half told it. */
static void join_tcp_client(HgConnection *earlier, const HgConnection *later, gboolean known) {
  if (!known)
    earlier->client = has_handshake(later) ? later->client : client_without_handshake(earlier);
  earlier->begun = (guint8)is_begun_tcp(earlier);
}

static void join_protocol(HgConnection *earlier, const HgConnection *later) {
  if (earlier->application > later->application ||
      (earlier->application == later->application &&
       is_before(later->protocol_ns, later->protocol_frame, earlier->protocol_ns,
                 earlier->protocol_frame)))
    return;
  earlier->protocol = later->protocol;
  earlier->application = later->application;
  earlier->protocol_ns = later->protocol_ns;
  earlier->protocol_frame = later->protocol_frame;
}

void hg_connection_join(HgConnection *earlier, const HgConnection *later) {
  const gboolean tcp = earlier->transport == HG_TRANSPORT_TCP, known = has_handshake(earlier);
  if (!tcp)
    join_datagram_client(earlier, later);
  join_protocol(earlier, later);
  if (earlier->detected == HG_PROTOCOL_UNKNOWN)
    earlier->detected = later->detected;
  for (int side = 0; side < 2; side++) {
    earlier->history[side] |= later->history[side];
    earlier->packets[side] += later->packets[side];
    earlier->bytes[side] += later->bytes[side];
    earlier->payload[side] += later->payload[side];
  }
  if (tcp)
    join_tcp_client(earlier, later, known);
  if (is_before(later->first_ns, later->first_frame, earlier->first_ns, earlier->first_frame)) {
    earlier->first_ns = later->first_ns;
    earlier->first_frame = later->first_frame;
    earlier->vlan = later->vlan;
  }
  if (is_before(earlier->last_ns, earlier->last_frame, later->last_ns, later->last_frame)) {
    earlier->last_ns = later->last_ns;
    earlier->last_frame = later->last_frame;
  }
}

HgConnectionTable *hg_connection_table_new(void) {
  HgConnectionTable *table = g_new0(HgConnectionTable, 1);
  hg_chunked_array_init(&table->connections, sizeof(HgConnection));
  table->latest = g_hash_table_new(ends_hash, ends_equal);
  return table;
}

void hg_connection_table_free(HgConnectionTable *table) {
  if (!table)
    return;
  g_hash_table_destroy(table->latest);
  hg_chunked_array_clear(&table->connections);
  g_free(table);
}

/* --- one packet as a connection of its own --- */

static guint8 tcp_history(const HgPacket *packet) {
  const guint8 flags = packet->tcp_flags;
  const guint8 fin = flags & HG_TCP_FIN ? HG_HISTORY_FIN : 0;
  if (flags & HG_TCP_RST)
    return HG_HISTORY_RST;
  if (flags & HG_TCP_SYN)
    return flags & HG_TCP_ACK ? HG_HISTORY_SYN_ACK : HG_HISTORY_SYN;
  if (!(flags & HG_TCP_ACK))
    return fin | HG_HISTORY_NO_ACK;
  return fin && packet->payload_length == 0 ? fin : fin | HG_HISTORY_OTHER;
}

/* RFC 9293, section 3.10.7.1: a closed port answers a SYN with RST and ACK, sequence number 0. */
static gboolean refuses_syn(const HgPacket *packet) {
  return (packet->tcp_flags & HG_TCP_RST) && (packet->tcp_flags & HG_TCP_ACK) &&
         packet->tcp_sequence == 0 && packet->tcp_acknowledged != 0;
}

static void orient_tcp(HgConnection *one, int side, const HgPacket *packet) {
  one->initial_sequence = HG_SEQUENCE_UNKNOWN;
  one->client = client_without_handshake(one);
  if (one->history[side] == HG_HISTORY_SYN) {
    one->initial_sequence = packet->tcp_sequence;
    one->client = (guint8)side;
  } else if (one->history[side] == HG_HISTORY_SYN_ACK) {
    one->initial_sequence = packet->tcp_acknowledged - 1;
    one->client = (guint8)(1 - side);
  } else if (refuses_syn(packet)) {
    one->initial_sequence = packet->tcp_acknowledged - 1;
  }
  one->begun = (guint8)is_begun_tcp(one);
}

/* Registered UDP ports whose servers only ever answer, and whose clients ask from another port. */
static gboolean is_answering_udp(guint16 port) {
  switch (port) {
  case 1434:  /* SQL Server's browser */
  case 1645:  /* RADIUS, */
  case 1646:  /* on its old */
  case 1812:  /* and its new */
  case 1813:  /* ports */
  case 3478:  /* STUN */
  case 5351:  /* NAT-PMP and PCP */
  case 11211: /* memcached */
    return TRUE;
  default:
    return FALSE;
  }
}

/* No client asks from such a port, except one that is a server of the kind itself. */
static gboolean is_answering(const HgConnection *one, int side) {
  const guint16 port = one->port[side];
  return port < HG_SYSTEM_PORTS || (one->transport == HG_TRANSPORT_UDP && is_answering_udp(port));
}

/* The first datagram makes its sender the initiator, unless it says that it answers, or comes from a port
 * that answers to one that asks: then what it answers was not captured, or is captured later. */
static void orient_datagram(HgConnection *one, int side, const HgPacket *packet) {
  const gboolean answer =
      packet->answer || (is_answering(one, side) && !is_answering(one, 1 - side));
  one->client = (guint8)(answer ? 1 - side : side);
}

static void orient_echo(HgConnection *one, int side, const HgPacket *packet) {
  const int requester = packet->icmp == HG_ICMP_ECHO_REQUEST ? side : 1 - side;
  one->port[requester] = packet->source_port;
  one->port[1 - requester] = 0;
  one->client = (guint8)requester;
}

/* FALSE when the packet belongs to no connection. */
static gboolean as_connection(HgConnection *one, const HgConversation *conversation, int side,
                              const HgPacket *packet) {
  const gboolean echo = packet->icmp == HG_ICMP_ECHO_REQUEST || packet->icmp == HG_ICMP_ECHO_REPLY;
  if (packet->transport == HG_TRANSPORT_NONE || (!echo && packet->transport >= HG_TRANSPORT_ICMP))
    return FALSE;
  *one = (HgConnection){.conversation = conversation->number,
                        .transport = packet->transport,
                        .first_ns = packet->time_ns,
                        .last_ns = packet->time_ns,
                        .first_frame = packet->frame,
                        .last_frame = packet->frame,
                        .vlan = packet->vlan,
                        .protocol_ns = packet->time_ns,
                        .protocol_frame = packet->frame};
  one->port[side] = packet->source_port;
  one->port[1 - side] = packet->destination_port;
  one->packets[side] = 1;
  one->bytes[side] = packet->wire_length;
  one->payload[side] = packet->payload_length;
  one->history[side] = packet->transport == HG_TRANSPORT_TCP ? tcp_history(packet)
                       : packet->tcp_flags & HG_TCP_RST      ? HG_HISTORY_RST
                                                             : HG_HISTORY_OTHER;
  if (packet->transport == HG_TRANSPORT_TCP) {
    orient_tcp(one, side, packet);
    return TRUE;
  }
  if (echo)
    orient_echo(one, side, packet);
  else
    orient_datagram(one, side, packet);
  one->begun = one->client == side;
  one->client_after_ns = one->begun ? 0 : HG_CLIENT_LATE;
  return TRUE;
}

static int side_of(const HgConversation *conversation, int side, const HgPacket *packet) {
  const gboolean self = conversation->host[0] == conversation->host[1];
  if (self && packet->icmp == HG_ICMP_ECHO_REPLY)
    return HG_SIDE_B;
  return hg_connection_side(conversation, side, packet->source_port, packet->destination_port);
}

void hg_connection_table_append(HgConnectionTable *table, HgConversation *conversation,
                                const HgConnection *connection) {
  HgConnection *copy = hg_chunked_array_add_unset(&table->connections);
  *copy = *connection;
  if (conversation->latest) {
    if (!conversation->several)
      g_hash_table_add(table->latest, conversation->latest);
    g_hash_table_replace(table->latest, copy, copy);
    conversation->several = TRUE;
  }
  conversation->latest = copy;
}

/* The last connection with the hosts and ports of `key`; NULL: none. */
static HgConnection *find(const HgConnectionTable *table, const HgConversation *conversation,
                          const HgConnection *key) {
  HgConnection *latest = conversation->latest; /* packets of one connection mostly come in runs */
  if (latest && ends_equal(latest, key))
    return latest;
  return conversation->several ? g_hash_table_lookup(table->latest, key) : NULL;
}

gboolean hg_connection_table_packet(HgConnectionTable *table, HgConversation *conversation,
                                    int side, const HgPacket *packet,
                                    const HgConnectionProtocols *protocols, guint32 max) {
  HgConnection one;
  side = side_of(conversation, side, packet);
  if (!as_connection(&one, conversation, side, packet))
    return TRUE;
  one.protocol = protocols->protocol;
  one.application = (guint8)protocols->application;
  one.detected = protocols->detected;

  HgConnection *latest = find(table, conversation, &one);
  if (latest && hg_connection_continues(latest, &one)) {
    hg_connection_join(latest, &one);
    conversation->latest = latest;
    return TRUE;
  }
  if (table->connections.count >= max)
    return FALSE;
  hg_connection_table_append(table, conversation, &one);
  return TRUE;
}

gboolean hg_connection_table_unreachable(HgConnectionTable *table,
                                         const HgConversation *conversation, int side,
                                         HgTransport transport, guint16 source_port,
                                         guint16 destination_port) {
  HgConnection key = {.conversation = conversation->number, .transport = (guint8)transport};
  side = hg_connection_side(conversation, side, source_port, destination_port);
  key.port[side] = source_port;
  key.port[1 - side] = destination_port;
  HgConnection *latest = find(table, conversation, &key);
  if (latest)
    latest->history[side] |= HG_HISTORY_UNREACHABLE;
  return latest != NULL;
}

void hg_connection_table_date(HgConnectionTable *table, gint64 ns) {
  for (guint64 i = 0; i < table->connections.count; i++) {
    HgConnection *connection = hg_chunked_array_get(&table->connections, i);
    if (connection->first_ns == HG_TIME_NONE)
      connection->first_ns = connection->last_ns = connection->protocol_ns = ns;
  }
}

const HgConnection *hg_connection_table_get(const HgConnectionTable *table, guint32 number) {
  g_return_val_if_fail(number < table->connections.count, NULL);
  return hg_chunked_array_get(&table->connections, number);
}

guint32 hg_connection_table_count(const HgConnectionTable *table) {
  return (guint32)table->connections.count;
}
