/* http_exchanges.c - which request of a connection an answer answers, and where the answer's body begins
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "http_exchanges.h"

#include <string.h>

#include "tally/types/siphash.h"

/* Powers of 2. Connections that wait for an answer at a time, and answers whose head has just been sent. */
#define REQUESTS 4096u
#define BODIES 256u

typedef struct {
  guint64 connection; /* 0: nothing */
  guint32 sequence;
  gboolean answered;
  HgHttpRequest request;
} Exchange;

typedef struct {
  guint64 connection; /* 0: nothing */
  guint32 sequence;   /* of the segment that the body begins with */
  HgDownload download;
} Body;

struct HgHttpExchanges {
  Exchange requests[REQUESTS];
  Body bodies[BODIES];
};

HgHttpExchanges *hg_http_exchanges_new(void) {
  return g_new0(HgHttpExchanges, 1);
}

void hg_http_exchanges_free(HgHttpExchanges *exchanges) {
  g_free(exchanges);
}

static void add_end(HgSipHash *hash, const HgAddress *address, guint16 port) {
  guint64 words[2] = {0};
  memcpy(words, address->data, MIN(address->length, sizeof words));
  hg_siphash_add(hash, words[0]);
  hg_siphash_add(hash, words[1]);
  hg_siphash_add(hash, (guint64)address->segment << 16 | port);
}

/* Stands for the connection; not 0. */
static guint64 connection_of(const HgPacket *packet, gboolean from_client) {
  static const guint64 key[2] = {0}; /* the same each time, so that the same is pushed out */
  const HgAddress *client = from_client ? &packet->source : &packet->destination;
  const HgAddress *server = from_client ? &packet->destination : &packet->source;
  HgSipHash hash;
  guint64 result[2];
  hg_siphash_init(&hash, key);
  add_end(&hash, client, from_client ? packet->source_port : packet->destination_port);
  add_end(&hash, server, from_client ? packet->destination_port : packet->source_port);
  hg_siphash_result(&hash, result);
  return result[0] | 1;
}

gboolean hg_http_exchanges_request(HgHttpExchanges *exchanges, const HgPacket *packet,
                                   const HgHttpRequest *request) {
  const guint64 connection = connection_of(packet, TRUE);
  Exchange *exchange = &exchanges->requests[(connection >> 1) % REQUESTS];
  if (exchange->connection == connection && exchange->sequence == packet->tcp_sequence)
    return FALSE;
  *exchange =
      (Exchange){.connection = connection, .sequence = packet->tcp_sequence, .request = *request};
  return TRUE;
}

const HgHttpRequest *hg_http_exchanges_answer(HgHttpExchanges *exchanges, const HgPacket *packet) {
  const guint64 connection = connection_of(packet, FALSE);
  Exchange *exchange = &exchanges->requests[(connection >> 1) % REQUESTS];
  if (exchange->connection != connection || exchange->answered)
    return NULL;
  exchange->answered = TRUE;
  return &exchange->request;
}

void hg_http_exchanges_expect_body(HgHttpExchanges *exchanges, const HgPacket *packet,
                                   const HgDownload *download) {
  const guint32 sequence = packet->tcp_sequence + packet->payload_length;
  exchanges->bodies[sequence % BODIES] = (Body){connection_of(packet, FALSE), sequence, *download};
}

const HgDownload *hg_http_exchanges_body(HgHttpExchanges *exchanges, const HgPacket *packet) {
  Body *body = &exchanges->bodies[packet->tcp_sequence % BODIES];
  if (body->connection == 0 || body->sequence != packet->tcp_sequence ||
      body->connection != connection_of(packet, FALSE))
    return NULL;
  body->connection = 0;
  return &body->download;
}
