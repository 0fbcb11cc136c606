/* test_sessions.c - which packets are of one session, and what is remembered of it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/sessions.h"

static const guint8 CLIENT[] = {10, 0, 0, 1}, SERVER[] = {10, 0, 0, 2};

static HgPacket packet_of(gboolean from_client, guint16 client_port, guint16 server_port) {
  const HgAddress client = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = CLIENT},
                  server = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = SERVER};
  return (HgPacket){.source = from_client ? client : server,
                    .destination = from_client ? server : client,
                    .source_port = from_client ? client_port : server_port,
                    .destination_port = from_client ? server_port : client_port,
                    .transport = HG_TRANSPORT_TCP};
}

static void test_both_directions(void) {
  HgSessions *sessions = hg_sessions_new();
  const HgPacket there = packet_of(TRUE, 4000, 21), back = packet_of(FALSE, 4000, 21);
  g_assert_null(hg_sessions_known(sessions, &there, TRUE));
  HgSession *session = hg_sessions_of(sessions, &there, TRUE);
  g_assert_cmpint(session->state, ==, HG_SESSION_IDLE);
  g_assert_true(hg_sessions_known(sessions, &there, TRUE) == session);
  g_assert_true(hg_sessions_known(sessions, &back, FALSE) == session);
  g_assert_true(hg_sessions_of(sessions, &back, FALSE) == session);
  g_assert_null(hg_sessions_known(sessions, &back, TRUE)); /* who is the client counts */
  hg_sessions_free(sessions);
}

/* Each differs from the first in one thing. */
static void test_others(void) {
  HgSessions *sessions = hg_sessions_new();
  const HgPacket first = packet_of(TRUE, 4000, 21);
  HgPacket others[] = {packet_of(TRUE, 4001, 21), packet_of(TRUE, 4000, 22), first, first, first};
  others[2].source.data = SERVER;
  others[3].destination.data = CLIENT;
  others[4].destination = (HgAddress){0};
  hg_sessions_of(sessions, &first, TRUE)->waiting = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
    g_assert_null(hg_sessions_known(sessions, &others[i], TRUE));
    g_assert_false(hg_sessions_of(sessions, &others[i], TRUE)->waiting);
  }
  g_assert_true(hg_sessions_known(sessions, &first, TRUE)->waiting);
  hg_sessions_free(sessions);
}

/* However many connections there are: what is kept has a bound, and the latest is among it. */
static void test_bound(void) {
  HgSessions *sessions = hg_sessions_new();
  guint known = 0;
  for (guint port = 1; port <= G_MAXUINT16; port++) {
    const HgPacket packet = packet_of(TRUE, (guint16)port, 21);
    HgSession *session = hg_sessions_of(sessions, &packet, TRUE);
    hg_session_set_wbem(session, 1, TRUE);
    g_assert_true(hg_sessions_known(sessions, &packet, TRUE) == session);
  }
  for (guint port = 1; port <= G_MAXUINT16; port++) {
    const HgPacket packet = packet_of(TRUE, (guint16)port, 21);
    known += hg_sessions_known(sessions, &packet, TRUE) != NULL;
  }
  g_assert_cmpuint(known, >, 0);
  g_assert_cmpuint(known, <=, 4096);
  hg_sessions_free(sessions);
}

static void test_wbem(void) {
  HgSessions *sessions = hg_sessions_new();
  const HgPacket packet = packet_of(TRUE, 4000, 135);
  HgSession *session = hg_sessions_of(sessions, &packet, TRUE);
  g_assert_false(hg_session_is_wbem(session, 0));
  hg_session_set_wbem(session, 0, FALSE);
  hg_session_set_wbem(session, 0, TRUE);
  hg_session_set_wbem(session, 65535, TRUE);
  g_assert_true(hg_session_is_wbem(session, 0));
  g_assert_true(hg_session_is_wbem(session, 65535));
  g_assert_false(hg_session_is_wbem(session, 1));
  hg_session_set_wbem(session, 0, FALSE);
  g_assert_false(hg_session_is_wbem(session, 0));
  hg_session_forget_wbem(session);
  g_assert_false(hg_session_is_wbem(session, 65535));
  hg_sessions_free(sessions);
}

static gboolean is_new(HgSession *session, guint32 sequence, guint32 length) {
  HgPacket packet = packet_of(TRUE, 4000, 21);
  packet.tcp_sequence = sequence;
  packet.payload_length = length;
  return hg_session_is_new(session, &packet);
}

/* Also where sequence numbers start over. */
static void test_retransmissions(void) {
  HgSession session = {0};
  g_assert_true(is_new(&session, G_MAXUINT32 - 9, 6));
  g_assert_false(is_new(&session, G_MAXUINT32 - 9, 6));
  g_assert_true(is_new(&session, G_MAXUINT32 - 3, 10));
  g_assert_false(is_new(&session, G_MAXUINT32 - 3, 10));
  g_assert_true(is_new(&session, 6, 5));
  g_assert_false(is_new(&session, G_MAXUINT32 - 9, 6));
  HgPacket datagram = packet_of(TRUE, 4000, 21);
  datagram.transport = HG_TRANSPORT_UDP;
  g_assert_true(hg_session_is_new(&session, &datagram));
  g_assert_true(hg_session_is_new(&session, &datagram));
}

/* A login is not followed over bytes that are missing. */
static void test_lost(void) {
  HgSession session = {0};
  g_assert_true(is_new(&session, 100, 10));
  session.state = HG_SESSION_SASL_USER;
  g_assert_false(is_new(&session, 100, 10));
  g_assert_true(is_new(&session, 110, 10));
  g_assert_cmpint(session.state, ==, HG_SESSION_SASL_USER);
  g_assert_true(is_new(&session, 121, 10));
  g_assert_cmpint(session.state, ==, HG_SESSION_IDLE);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sessions/both-directions", test_both_directions);
  g_test_add_func("/sessions/others", test_others);
  g_test_add_func("/sessions/bound", test_bound);
  g_test_add_func("/sessions/wbem", test_wbem);
  g_test_add_func("/sessions/retransmissions", test_retransmissions);
  g_test_add_func("/sessions/lost", test_lost);
  return g_test_run();
}
