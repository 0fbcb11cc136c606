/* test_http_exchanges.c - which request an answer answers, and where its body begins
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/http_exchanges.h"

static const guint8 client[4] = {10, 0, 0, 1}, server[4] = {192, 0, 2, 1};

static HgPacket packet_of(gboolean from_client, guint16 port, guint32 sequence, guint32 length) {
  const HgAddress c = {HG_ADDRESS_IPV4, 4, 0, client}, s = {HG_ADDRESS_IPV4, 4, 0, server};
  return (HgPacket){.source = from_client ? c : s,
                    .destination = from_client ? s : c,
                    .source_port = from_client ? port : 80,
                    .destination_port = from_client ? 80 : port,
                    .transport = HG_TRANSPORT_TCP,
                    .tcp_sequence = sequence,
                    .payload_length = length};
}

static gboolean ask(HgHttpExchanges *exchanges, guint16 port, guint32 sequence, guint64 path) {
  const HgPacket packet = packet_of(TRUE, port, sequence, 100);
  return hg_http_exchanges_request(exchanges, &packet, &(HgHttpRequest){.path = path});
}

static const HgHttpRequest *answer(HgHttpExchanges *exchanges, guint16 port) {
  const HgPacket packet = packet_of(FALSE, port, 5000, 100);
  return hg_http_exchanges_answer(exchanges, &packet);
}

static void test_answers(void) {
  HgHttpExchanges *exchanges = hg_http_exchanges_new();
  g_assert_null(answer(exchanges, 4000));
  g_assert_true(ask(exchanges, 4000, 1, 7));
  g_assert_true(ask(exchanges, 4001, 1, 8));
  g_assert_cmpuint(answer(exchanges, 4000)->path, ==, 7);
  g_assert_null(answer(exchanges, 4000)); /* once more */
  g_assert_cmpuint(answer(exchanges, 4001)->path, ==, 8);
  g_assert_true(ask(exchanges, 4000, 101, 9));
  g_assert_cmpuint(answer(exchanges, 4000)->path, ==, 9);
  hg_http_exchanges_free(exchanges);
}

static void test_retransmitted(void) {
  HgHttpExchanges *exchanges = hg_http_exchanges_new();
  g_assert_true(ask(exchanges, 4000, 1, 7));
  g_assert_false(ask(exchanges, 4000, 1, 7));
  g_assert_true(ask(exchanges, 4000, 101, 7));
  hg_http_exchanges_free(exchanges);
}

static const HgDownload *body(HgHttpExchanges *exchanges, guint16 port, guint32 sequence) {
  const HgPacket packet = packet_of(FALSE, port, sequence, 1000);
  return hg_http_exchanges_body(exchanges, &packet);
}

static void test_bodies(void) {
  HgHttpExchanges *exchanges = hg_http_exchanges_new();
  const HgPacket head = packet_of(FALSE, 4000, G_MAXUINT32 - 9, 20);
  hg_http_exchanges_expect_body(exchanges, &head, &(HgDownload){.type = HG_CLAIM_IMAGE});
  g_assert_null(body(exchanges, 4000, 1000));
  g_assert_null(body(exchanges, 4001, 10));
  g_assert_cmpint(body(exchanges, 4000, 10)->type, ==, HG_CLAIM_IMAGE);
  g_assert_null(body(exchanges, 4000, 10)); /* sent again */
  hg_http_exchanges_free(exchanges);
}

/* However many connections there are, its size stays the same, and what it knows is right. */
static void test_bound(void) {
  HgHttpExchanges *exchanges = hg_http_exchanges_new();
  guint known = 0;
  for (guint port = 1; port < 20000; port++)
    ask(exchanges, (guint16)port, 1, port);
  for (guint port = 1; port < 20000; port++) {
    const HgHttpRequest *request = answer(exchanges, (guint16)port);
    g_assert_true(request == NULL || request->path == port);
    known += request != NULL;
  }
  g_assert_cmpuint(known, >, 1000);
  hg_http_exchanges_free(exchanges);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/http-exchanges/answers", test_answers);
  g_test_add_func("/http-exchanges/retransmitted", test_retransmitted);
  g_test_add_func("/http-exchanges/bodies", test_bodies);
  g_test_add_func("/http-exchanges/bound", test_bound);
  return g_test_run();
}
