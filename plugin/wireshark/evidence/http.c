/* http.c - HTTP: names of servers, logins in the address, logins that are refused
 *
 * The "http" tap tells method, target, Host and status. What else is needed are two header fields:
 * whether a request has credentials, which its bytes tell as a rule, and how a refusal is meant.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

#include "wireshark/protocols/credential_keys.h"
#include "wireshark/protocols/http_head.h"
#include "wireshark/protocols/http_message.h"
#include "wireshark/protocols/user_text.h"

enum { HOST, AUTHORIZATION, BASIC, URI, STATUS, CHALLENGE, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [HOST] = {"http.host"},
    [AUTHORIZATION] = {"http.authorization"},
    [BASIC] = {"http.authbasic"},
    [URI] = {"http.request.uri"},
    [STATUS] = {"http.response.code"},
    [CHALLENGE] = {"http.www_authenticate"},
};

/* RFC 9110, 15.5.2 */
#define UNAUTHORIZED 401

/* --- what the frame holds --- */

static const HgHttpMessage *message_at(const HgFrame *frame, guint i) {
  return &g_array_index(frame->http, HgHttpMessage, i);
}

/* The payload begins with this request, whose header fields end in it. */
static gboolean holds_head(const HgFrame *frame, const HgHttpMessage *request, gsize *length) {
  return request->method != NULL && request->uri != NULL && frame->payload.bytes != NULL &&
         hg_http_head_find(frame->payload.bytes, frame->payload.captured, request->method,
                           request->uri, length);
}

/* Of several Host fields the tap tells the last, the tree shows the first; what is no ASCII is text
 * in one version, and bytes in another. */
static gboolean is_plain_host(const HgFrame *frame, const char *host, gsize head) {
  for (const char *at = host; at != NULL && *at != '\0'; at++) {
    if ((guchar)*at >= 0x80)
      return FALSE;
  }
  return hg_http_head_count(frame->payload.bytes, head, "Host") <= 1;
}

/* No message was refused, and where there is a request, it is the only message, and its header fields are
 * there. */
static gboolean is_in_bytes(const HgFrame *frame) {
  gboolean request = FALSE;
  gsize head;
  if (!frame->tapped)
    return FALSE;
  for (guint i = 0; i < frame->http->len; i++) {
    if (message_at(frame, i)->status == UNAUTHORIZED)
      return FALSE;
    request |= message_at(frame, i)->method != NULL || message_at(frame, i)->uri != NULL;
  }
  return !request || (frame->http->len == 1 && holds_head(frame, message_at(frame, 0), &head) &&
                      is_plain_host(frame, message_at(frame, 0)->host, head));
}

/* All that is not in bytes. */
static gboolean is_worth(const HgFrame *frame) {
  (void)frame;
  return TRUE;
}

/* The first target, Host and status in the frame. `told`: by the tap; else by fields. */
static HgHttpMessage message_of(const HgFrame *frame, gboolean told) {
  HgHttpMessage message = {0};
  gint64 status;
  if (!told) {
    message.uri = hg_field_string(hg_frame_field(frame, URI, 0));
    message.host = hg_field_string(hg_frame_field(frame, HOST, 0));
    if (hg_field_number(hg_frame_field(frame, STATUS, 0), &status))
      message.status = (guint)status;
    return message;
  }
  for (guint i = 0; i < frame->http->len; i++) {
    const HgHttpMessage *one = message_at(frame, i);
    message.uri = message.uri != NULL ? message.uri : one->uri;
    message.host = message.host != NULL ? message.host : one->host;
    message.status = message.status != 0 ? message.status : one->status;
  }
  return message;
}

/* What the request authorizes itself with. NULL: nothing. Borrowed. */
static const char *credentials_of(const HgFrame *frame, gboolean told, gsize *length) {
  gsize head;
  if (!told) {
    const char *value = hg_field_string(hg_frame_field(frame, AUTHORIZATION, 0));
    *length = value != NULL ? strlen(value) : 0;
    return value;
  }
  return frame->http->len == 1 && holds_head(frame, message_at(frame, 0), &head)
             ? (const char *)hg_http_head_value(frame->payload.bytes, head, "Authorization", length)
             : NULL;
}

/* RFC 7617: the same for the same password. Other schemes answer a challenge that changes. */
static void note_password(const HgFrame *frame, const char *credentials, gsize length) {
  if (length > 6 && g_ascii_strncasecmp(credentials, "Basic ", 6) == 0)
    hg_frame_note_password(frame, credentials + 6, length - 6);
}

/* RFC 7617: "user:password", decoded. */
static void note_user(const HgFrame *frame) {
  const char *basic = hg_field_string(hg_frame_field(frame, BASIC, 0));
  char *user = basic != NULL ? g_strndup(basic, strcspn(basic, ":")) : NULL;
  hg_frame_note_user(frame, user);
  g_free(user);
}

/* --- names --- */

/* Of a request to a proxy, who is asked: its target is an absolute URI, or, with CONNECT, an authority
 * (RFC 9112, 3.2). NULL: it is no such request. (transfer full) */
static char *host_behind_proxy(const char *target) {
  const char *scheme = strstr(target, "://");
  if (*target == '/' || *target == '*')
    return NULL;
  if (scheme != NULL)
    return hg_http_authority_host(scheme + 3, strcspn(scheme + 3, "/?#"));
  return strchr(target, ':') != NULL ? hg_http_authority_host(target, strlen(target)) : NULL;
}

static void report_proxy_request(const HgFrame *frame, const char *target) {
  char *name = host_behind_proxy(target);
  hg_frame_report_named(frame, HG_OBSERVED_PROXY_REQUEST, name);
  g_free(name);
}

static void read_name(const HgFrame *frame, const HgHttpMessage *message) {
  const HgAddress server = hg_frame_network_destination(frame);
  char *name;
  if (message->uri == NULL || server.kind == HG_ADDRESS_NONE ||
      !hg_scope_is_unicast(hg_address_scope(&server)))
    return;
  /* To a proxy the request names the whole URI: the host is not who is asked. */
  if (*message->uri != '/') {
    report_proxy_request(frame, message->uri);
    return;
  }
  name =
      message->host != NULL ? hg_http_authority_host(message->host, strlen(message->host)) : NULL;
  if (name != NULL && !hg_http_host_is_address(name)) {
    hg_frame_report_name(frame, &server, name, HG_NAME_HTTP);
    hg_frame_report_named(frame, HG_OBSERVED_SERVER_NAME, name);
  }
  g_free(name);
}

/* --- logins --- */

/* Of a parameter, "key=value", decoded where it can be. (transfer full) */
static char *decoded_key(const char *parameter, gsize length) {
  char *key = g_uri_unescape_segment(parameter, parameter + length, NULL);
  return key != NULL ? key : g_strndup(parameter, length);
}

static char *user_of_parameter(const char *value) {
  char *decoded = g_uri_unescape_string(value, NULL);
  char *user = decoded != NULL ? hg_user_of_value(decoded) : NULL;
  g_free(decoded);
  return user;
}

/* GET /login?user=...&password=...; the older ";" parts parameters, too. */
static void read_query(const HgFrame *frame, const HgHttpMessage *message) {
  const char *query = message->uri != NULL ? strchr(message->uri, '?') : NULL;
  char **parameters, *user = NULL;
  gboolean has_password = FALSE, has_user = FALSE;
  if (query == NULL)
    return;
  parameters = g_strsplit_set(query + 1, "&;", -1);
  for (guint i = 0; parameters[i] != NULL; i++) {
    const char *equals = strchr(parameters[i], '=');
    char *key = equals != NULL ? decoded_key(parameters[i], (gsize)(equals - parameters[i])) : NULL;
    if (key != NULL && hg_key_is_secret(key, strlen(key))) {
      has_password = TRUE;
    } else if (key != NULL && !has_user && hg_key_is_user(key)) {
      has_user = TRUE;
      user = user_of_parameter(equals + 1);
    }
    g_free(key);
  }
  if (has_password)
    hg_frame_report_login(frame, TRUE, "HTTP", user);
  g_free(user);
  g_strfreev(parameters);
}

/* Schemes of several steps (RFC 4559, MS-NTHT): a challenge with a token asks for the next one. A
 * nonce that is too old (RFC 7616) is no wrong password. */
static gboolean goes_on(const char *challenge) {
  static const char *const schemes[] = {"NTLM ", "Negotiate "};
  for (guint i = 0; i < G_N_ELEMENTS(schemes); i++) {
    const gsize length = strlen(schemes[i]);
    if (g_ascii_strncasecmp(challenge, schemes[i], length) == 0 &&
        challenge[length + strspn(challenge + length, " ")] != '\0')
      return TRUE;
  }
  if (g_ascii_strncasecmp(challenge, "Digest ", 7) == 0) {
    char *lower = g_ascii_strdown(challenge, -1);
    const gboolean stale = strstr(lower, "stale=true") || strstr(lower, "stale=\"true\"");
    g_free(lower);
    return stale;
  }
  return FALSE;
}

static gboolean is_handshake(const HgFrame *frame) {
  for (guint i = 0; i < hg_frame_field_count(frame, CHALLENGE); i++) {
    const char *challenge = hg_field_string(hg_frame_field(frame, CHALLENGE, i));
    if (challenge != NULL && goes_on(challenge))
      return TRUE;
  }
  return FALSE;
}

/* RFC 9110: 401 to a request without credentials asks for them, 401 to one with them refuses. */
static void read_refusal(const HgFrame *frame, const HgHttpMessage *message, gboolean told) {
  HgSession *session;
  const char *credentials;
  gsize length;
  if (message->status != 0) {
    session = hg_sessions_known(frame->sessions, frame->packet, FALSE);
    if (session == NULL)
      return;
    if (session->waiting && message->status == UNAUTHORIZED && !is_handshake(frame))
      hg_frame_report_login_failure(frame, "HTTP", FALSE);
    session->waiting = FALSE;
  } else if ((credentials = credentials_of(frame, told, &length)) != NULL) {
    hg_sessions_of(frame->sessions, frame->packet, TRUE)->waiting = TRUE;
    note_password(frame, credentials, length);
    note_user(frame);
  } else if (message->uri != NULL) {
    session = hg_sessions_known(frame->sessions, frame->packet, TRUE);
    if (session != NULL)
      session->waiting = FALSE;
  }
}

static void read(const HgFrame *frame) {
  const gboolean told = is_in_bytes(frame);
  const HgHttpMessage message = message_of(frame, told);
  read_name(frame, &message);
  read_query(frame, &message);
  if (!frame->retransmission)
    read_refusal(frame, &message, told);
}

static const HgInfoPolicy info[] = {
    {"HTTP2", HG_INFO_LABEL, NULL},  {"HTTP*", HG_INFO_REQUEST, NULL},
    {"SSDP", HG_INFO_REQUEST, NULL}, {"OCSP", HG_INFO_LABEL, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_http = {
    .id = "http",
    .title = "HTTP",
    .what =
        "names of servers (Host), and which client calls them when; who is asked for by a proxy; "
        "logins in the address; logins that are refused (401)",
    .layers = (const char *const[]){"http", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .info = info,
    .info_otherwise = HG_INFO_REQUEST,
    .is_in_bytes = is_in_bytes,
    .is_worth = is_worth,
    .read = read,
};
