/* zeek_state.c - how a connection went, in the words of Zeek's conn.log
 *
 * Two steps, as in Zeek: the state of each end (analyzer/protocol/tcp), then the name for both together
 * (conn_state in base/protocols/conn/main.zeek).
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "zeek_state.h"

/* Of one end of a TCP connection; Zeek's TCP_INACTIVE, TCP_PARTIAL, ... */
typedef enum {
  INACTIVE,
  PARTIAL, /* sent something, but the handshake was not seen */
  SYN_SENT,
  ESTABLISHED,
  CLOSED, /* sent FIN */
  RESET   /* sent RST */
} EndState;

/* The state of an end that sent FIN or RST; else `otherwise`. Once both have sent FIN, a RST tells
 * nothing new. */
static EndState ended(guint8 own, guint8 peer, EndState otherwise) {
  if ((own & HG_HISTORY_RST) && !(own & peer & HG_HISTORY_FIN))
    return RESET;
  return own & HG_HISTORY_FIN ? CLOSED : otherwise;
}

static EndState originator_state(guint8 own, guint8 responder) {
  const gboolean answered = (responder & (HG_HISTORY_SYN | HG_HISTORY_SYN_ACK)) != 0;
  EndState open = PARTIAL;
  if (own & HG_HISTORY_SYN)
    open = answered ? ESTABLISHED : SYN_SENT;
  else if ((own & HG_HISTORY_OTHER) && (responder & HG_HISTORY_SYN_ACK))
    open = ESTABLISHED; /* only its SYN was not captured */
  else if (!(own & (HG_HISTORY_SYN_ACK | HG_HISTORY_OTHER | HG_HISTORY_NO_ACK)))
    open = INACTIVE;
  return ended(own, responder, open);
}

/* Some servers acknowledge a SYN before they answer it: without data that makes no partial connection. */
static EndState responder_state(const HgConnection *c, guint8 own, guint8 originator) {
  EndState open = INACTIVE;
  if (own & (HG_HISTORY_SYN | HG_HISTORY_SYN_ACK))
    open = ESTABLISHED;
  else if ((own & HG_HISTORY_OTHER) &&
           !((originator & HG_HISTORY_SYN) && c->payload[1 - c->client] == 0))
    open = PARTIAL;
  return ended(own, originator, open);
}

static const char *tcp_state(const HgConnection *c) {
  const guint8 originator = c->history[c->client], responder = c->history[1 - c->client];
  const EndState o = originator_state(originator, responder);
  const EndState r = responder_state(c, responder, originator);
  const gboolean o_unseen = o == INACTIVE || o == PARTIAL;
  const gboolean r_unseen = r == INACTIVE || r == PARTIAL;

  if (r == RESET) {
    if (o == SYN_SENT || (o == RESET && c->payload[0] == 0 && c->payload[1] == 0))
      return "REJ";
    /* Zeek takes who sends nothing but RST for the originator. */
    if (o == INACTIVE && !(responder & (HG_HISTORY_SYN_ACK | HG_HISTORY_OTHER)))
      return "OTH";
    return o_unseen ? "RSTRH" : "RSTR";
  }
  if (o == RESET && r_unseen)
    return (originator & ~HG_HISTORY_UNREACHABLE) == (HG_HISTORY_SYN | HG_HISTORY_RST) ? "RSTOS0"
                                                                                       : "OTH";
  if (o == RESET)
    return "RSTO";
  if (o == CLOSED && r == CLOSED)
    return "SF";
  if (o == CLOSED)
    return r_unseen ? "SH" : "S2";
  if (r == CLOSED)
    return o_unseen ? "SHR" : "S3";
  if (o == SYN_SENT && r == INACTIVE)
    return "S0";
  return o == ESTABLISHED && r == ESTABLISHED ? "S1" : "OTH";
}

static const char *udp_state(const HgConnection *c) {
  if (c->packets[c->client] == 0)
    return "SHR";
  return c->packets[1 - c->client] > 0 ? "SF" : "S0";
}

const char *hg_zeek_state(const HgConnection *c) {
  if (c->transport == HG_TRANSPORT_TCP)
    return tcp_state(c);
  return c->transport == HG_TRANSPORT_UDP ? udp_state(c) : "OTH";
}
