/* sessions.h - what a client is in the middle of, a connection
 *
 * For logins that take several packets, and for calls whose interface was agreed on before. Holds user
 * names only: of a password nothing is kept but its class.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_SESSIONS_H
#define HG_WIRESHARK_SESSIONS_H

#include "http_exchanges.h"
#include "tally/types/packet.h"
#include "typed_line.h"

typedef enum {
  HG_SESSION_IDLE,
  HG_SESSION_SASL_PLAIN,   /* the client's next line is base64 of authority, user, password */
  HG_SESSION_SASL_LOGIN,   /* the server is to ask for the user name */
  HG_SESSION_SASL_USER,    /* it did: the client's next line is base64 of it */
  HG_SESSION_SASL_PASSWORD /* and the next one that of the password */
} HgSessionState;

typedef struct {
  HgSessionState state;
  gboolean waiting;     /* the client's login was not answered yet */
  guint tag;            /* hash of the tag (IMAP) that the answer will have */
  char *user;           /* whose login is not answered yet; NULL: not known */
  char password;        /* class of its password (tally/types/login_failure.h); 0: not known */
  gboolean administers; /* bound to an interface of remote control, over whatever pipe */
  GHashTable *wbem;     /* set of the contexts that are bound to IWbemServices; NULL: none */
  gboolean sequence_known;
  guint32 next_sequence; /* of the client: what is before it was seen already */
  HgTypedLine *typed;    /* Telnet: what is typed at prompts; NULL: none */
  const char *dialogue;  /* static: the protocol of login lines on a port of another; NULL: none */
  gboolean judged;       /* VNC: the one result that a connection has was seen */
  gint64 stream;         /* which connection these three are of, by Wireshark's count */
} HgSession;

typedef struct HgSessions HgSessions;

HgSessions *hg_sessions_new(void);
void hg_sessions_free(HgSessions *sessions);

/* The session that the packet belongs to; a new one is idle. `from_client`: whether its source is
 * the client. Borrowed; valid until the next call. */
HgSession *hg_sessions_of(HgSessions *sessions, const HgPacket *packet, gboolean from_client);

/* The same; NULL when it has none yet. */
HgSession *hg_sessions_known(const HgSessions *sessions, const HgPacket *packet,
                             gboolean from_client);

/* What is remembered of HTTP's requests. Borrowed. */
HgHttpExchanges *hg_sessions_http(HgSessions *sessions);

/* Whose login is under way, copied. NULL: nobody's; then no password is known either. */
void hg_session_set_user(HgSession *session, const char *user);

/* What a context of DCE/RPC over TCP, a number that the client chose, is bound to from now on. */
void hg_session_set_wbem(HgSession *session, guint16 context, gboolean is_wbem);
gboolean hg_session_is_wbem(const HgSession *session, guint16 context);
void hg_session_forget_wbem(HgSession *session);

/* FALSE for a client's packet that was seen before (a retransmission). Where bytes are missing before it, the
 * session is idle again. */
gboolean hg_session_is_new(HgSession *session, const HgPacket *packet);

#endif
