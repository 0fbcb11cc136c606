/* evidence.h - what dissectors know beyond the headers of a packet
 *
 * The adapter gives evidence to the tally right after the packet that it belongs to. Pointers are
 * borrowed for the call.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_EVIDENCE_H
#define HG_TALLY_EVIDENCE_H

#include "packet.h"

G_BEGIN_DECLS

typedef enum {
  HG_EVIDENCE_LOGIN,       /* a user name in the clear; a password never gets here */
  HG_EVIDENCE_NAME,        /* a name for an address */
  HG_EVIDENCE_ARP,         /* an ARP request or reply */
  HG_EVIDENCE_ND,          /* the same in IPv6: a neighbour solicitation or advertisement */
  HG_EVIDENCE_OBSERVATION, /* anything that only rules use */
  HG_EVIDENCE_UNREACHABLE  /* an ICMP error that quotes a packet which could not be delivered */
} HgEvidenceKind;

typedef enum {
  HG_NAME_DNS,      /* an answer of type A or AAAA */
  HG_NAME_TLS,      /* server name indication */
  HG_NAME_HTTP,     /* Host header */
  HG_NAME_DHCP,     /* host name option of a client */
  HG_NAME_RESOLVED, /* what Wireshark shows: from the capture file, or written down by the user */
  HG_NAME_COUNT
} HgNameSource;

/* Stores keep the words of these (see hg_observations), so their order may change. */
typedef enum {
  HG_OBSERVED_ADDRESS_IN_REQUEST,
  HG_OBSERVED_ADDRESS_POST,
  HG_OBSERVED_ARP_QUESTION,
  HG_OBSERVED_ARP_REPLY,
  HG_OBSERVED_CERTIFICATE,
  HG_OBSERVED_DHCP_LEASE,
  HG_OBSERVED_DHCP_SERVER,
  HG_OBSERVED_DNS_QUERY,
  HG_OBSERVED_DNS_ANSWER,
  HG_OBSERVED_DNS_DATA,
  HG_OBSERVED_DOWNLOAD,
  HG_OBSERVED_ECHO,
  HG_OBSERVED_ECHO_DATA,
  HG_OBSERVED_INJECTION,
  HG_OBSERVED_LOGIN_FAILURE,
  HG_OBSERVED_ND_ADVERTISEMENT,
  HG_OBSERVED_ND_SOLICITATION,
  HG_OBSERVED_NO_ROUTE,
  HG_OBSERVED_PROXY_REQUEST,
  HG_OBSERVED_REMOTE_CONTROL,
  HG_OBSERVED_REPEATED_CLAIM,
  HG_OBSERVED_ROUTER_PREFIX,
  HG_OBSERVED_SCANNER,
  HG_OBSERVED_SERVER_NAME,
  HG_OBSERVED_TUNNEL,
  HG_OBSERVED_WEB_ANSWER,
  HG_OBSERVED_COUNT
} HgObservationKind;

typedef struct {
  HgEvidenceKind kind;
  guint32 frame;
  union {
    struct {
      HgAddress client, server;
      const char *protocol; /* "FTP", "HTTP", ... */
      const char *user;     /* "" when only the attempt is known */
    } login;
    struct {
      HgAddress address;
      const char *name;
      HgNameSource source;
    } name;
    struct {
      HgAddress mac, ip;   /* the sender's claim */
      HgAddress target_ip; /* a request: the address asked for; a reply: that of the asker */
      gboolean is_reply;
    } arp; /* of HG_EVIDENCE_ND, too */
    struct {
      HgObservationKind kind;
      HgAddress actor, peer; /* HG_ADDRESS_NONE where the kind has none */
      const char *subject;   /* "" where the kind has none */
      guint64 size;
    } observation;
    struct {
      HgAddress source, destination; /* of the quoted packet */
      HgTransport transport;
      guint16 source_port, destination_port; /* without a transport: 0, IP protocol */
    } unreachable;
  };
} HgEvidence;

G_END_DECLS
#endif
