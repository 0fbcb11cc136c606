/* community_id.c - the Community ID of a connection, by which flow records of other tools are found
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "community_id.h"

#include <string.h>

#define SHA1_LENGTH 20

/* IANA's protocol numbers; 0: none. */
static guint8 ip_protocol(HgTransport transport) {
  static const guint8 numbers[HG_TRANSPORT_COUNT] = {
      [HG_TRANSPORT_TCP] = 6,   [HG_TRANSPORT_UDP] = 17, [HG_TRANSPORT_SCTP] = 132,
      [HG_TRANSPORT_DCCP] = 33, [HG_TRANSPORT_ICMP] = 1, [HG_TRANSPORT_ICMPV6] = 58};
  return numbers[transport];
}

gboolean hg_community_id_echo_ports(HgTransport transport, guint16 port[2]) {
  if (transport != HG_TRANSPORT_ICMP && transport != HG_TRANSPORT_ICMPV6)
    return FALSE;
  port[0] = transport == HG_TRANSPORT_ICMP ? 8 : 128; /* RFC 792, RFC 4443 */
  port[1] = transport == HG_TRANSPORT_ICMP ? 0 : 129;
  return TRUE;
}

static void add_port(GChecksum *sum, guint16 port) {
  const guint16 big = GUINT16_TO_BE(port);
  g_checksum_update(sum, (const guchar *)&big, sizeof big);
}

/* The numerically smaller end comes first. */
static gboolean is_first(const HgAddress *a, const HgAddress *b, guint16 port_a, guint16 port_b) {
  const int order = memcmp(a->data, b->data, a->length);
  return order < 0 || (order == 0 && port_a <= port_b);
}

char *hg_community_id(HgTransport transport, const HgAddress *client, const HgAddress *server,
                      guint16 client_port, guint16 server_port) {
  static const guint8 seed[2] = {0, 0};
  const gboolean ip = hg_address_is_ip(client);
  if (!ip || client->kind != server->kind || transport == HG_TRANSPORT_NONE)
    return NULL;
  const gboolean in_order = is_first(client, server, client_port, server_port);
  const HgAddress *first = in_order ? client : server, *second = in_order ? server : client;
  const guint8 protocol[2] = {ip_protocol(transport), 0};
  GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA1);
  g_checksum_update(sum, seed, sizeof seed);
  g_checksum_update(sum, first->data, first->length);
  g_checksum_update(sum, second->data, second->length);
  g_checksum_update(sum, protocol, sizeof protocol);
  if (transport != HG_TRANSPORT_DCCP) {
    add_port(sum, in_order ? client_port : server_port);
    add_port(sum, in_order ? server_port : client_port);
  }
  guint8 digest[SHA1_LENGTH];
  gsize length = sizeof digest;
  g_checksum_get_digest(sum, digest, &length);
  g_checksum_free(sum);
  g_autofree char *base64 = g_base64_encode(digest, length);
  return g_strconcat("1:", base64, NULL);
}
