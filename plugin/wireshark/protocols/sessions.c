/* sessions.c - what a client is in the middle of, a connection
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sessions.h"

#include <string.h>

/* Sessions kept at a time; beyond that all are forgotten, which can only miss a login. */
#define MAX_SESSIONS 4096

struct HgSessions {
  GHashTable *table;     /* GBytes of both ends -> HgSession */
  HgHttpExchanges *http; /* NULL until somebody asks for it */
};

static void session_free(gpointer data) {
  HgSession *session = data;
  hg_session_forget_wbem(session);
  hg_typed_line_free(session->typed);
  g_free(session->user);
  g_free(session);
}

HgSessions *hg_sessions_new(void) {
  HgSessions *sessions = g_new0(HgSessions, 1);
  sessions->table = g_hash_table_new_full(g_bytes_hash, g_bytes_equal,
                                          (GDestroyNotify)g_bytes_unref, session_free);
  return sessions;
}

void hg_sessions_free(HgSessions *sessions) {
  if (sessions == NULL)
    return;
  g_hash_table_destroy(sessions->table);
  hg_http_exchanges_free(sessions->http);
  g_free(sessions);
}

static void append_end(GByteArray *key, const HgAddress *address, guint16 port) {
  g_byte_array_append(key, &address->length, 1);
  if (address->length > 0)
    g_byte_array_append(key, address->data, address->length);
  g_byte_array_append(key, (const guint8 *)&port, sizeof port);
}

/* (transfer full) */
static GBytes *key_of(const HgPacket *packet, gboolean from_client) {
  GByteArray *bytes = g_byte_array_new();
  if (from_client) {
    append_end(bytes, &packet->source, packet->source_port);
    append_end(bytes, &packet->destination, packet->destination_port);
  } else {
    append_end(bytes, &packet->destination, packet->destination_port);
    append_end(bytes, &packet->source, packet->source_port);
  }
  return g_byte_array_free_to_bytes(bytes);
}

HgSession *hg_sessions_known(const HgSessions *sessions, const HgPacket *packet,
                             gboolean from_client) {
  GBytes *key;
  HgSession *session;
  if (g_hash_table_size(sessions->table) == 0)
    return NULL;
  key = key_of(packet, from_client);
  session = g_hash_table_lookup(sessions->table, key);
  g_bytes_unref(key);
  return session;
}

HgSession *hg_sessions_of(HgSessions *sessions, const HgPacket *packet, gboolean from_client) {
  GBytes *key = key_of(packet, from_client);
  HgSession *session = g_hash_table_lookup(sessions->table, key);
  if (session == NULL) {
    if (g_hash_table_size(sessions->table) >= MAX_SESSIONS)
      g_hash_table_remove_all(sessions->table);
    session = g_new0(HgSession, 1);
    g_hash_table_insert(sessions->table, g_bytes_ref(key), session);
  }
  g_bytes_unref(key);
  return session;
}

HgHttpExchanges *hg_sessions_http(HgSessions *sessions) {
  if (sessions->http == NULL)
    sessions->http = hg_http_exchanges_new();
  return sessions->http;
}

void hg_session_set_user(HgSession *session, const char *user) {
  char *before = session->user;
  session->user = g_strdup(user); /* may be the one before */
  g_free(before);
  if (user == NULL)
    session->password = 0;
}

void hg_session_set_wbem(HgSession *session, guint16 context, gboolean is_wbem) {
  const gpointer key = GUINT_TO_POINTER(context);
  if (is_wbem && session->wbem == NULL)
    session->wbem = g_hash_table_new(NULL, NULL);
  if (is_wbem)
    g_hash_table_add(session->wbem, key);
  else if (session->wbem != NULL)
    g_hash_table_remove(session->wbem, key);
}

gboolean hg_session_is_wbem(const HgSession *session, guint16 context) {
  return session->wbem != NULL && g_hash_table_contains(session->wbem, GUINT_TO_POINTER(context));
}

void hg_session_forget_wbem(HgSession *session) {
  g_clear_pointer(&session->wbem, g_hash_table_unref);
}

gboolean hg_session_is_new(HgSession *session, const HgPacket *packet) {
  const guint32 end = packet->tcp_sequence + packet->payload_length;
  if (packet->transport != HG_TRANSPORT_TCP)
    return TRUE;
  if (session->sequence_known && (gint32)(packet->tcp_sequence - session->next_sequence) < 0)
    return FALSE;
  if (session->sequence_known && packet->tcp_sequence != session->next_sequence)
    session->state = HG_SESSION_IDLE;
  session->sequence_known = TRUE;
  session->next_sequence = end;
  return TRUE;
}
