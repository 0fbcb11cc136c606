/* address_in_request.c - IP addresses in what is said first in a TCP connection
 *
 * An injected command or look-up has to say whom to call. So have some protocols by design: these are left
 * out where their words tell them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/address_text.h"
#include "wireshark/reading/source.h"

#include <string.h>

/* No attack names more; a list of peers does. */
#define ADDRESSES_MAX 4

#define TLS_HANDSHAKE 22

static gboolean begins_with(const HgMessageBytes *payload, const char *word) {
  const gsize length = strlen(word);
  return payload->captured >= length && memcmp(payload->bytes, word, length) == 0;
}

/* Up to the first NUL. */
static gboolean holds(const HgMessageBytes *payload, const char *word) {
  return g_strstr_len((const char *)payload->bytes, payload->captured, word) != NULL;
}

/* An absolute URI or an authority (RFC 9112, 3.2): for a proxy, which is there to call others. */
static gboolean asks_proxy(const HgMessageBytes *payload) {
  const guint8 *space = memchr(payload->bytes, ' ', MIN(payload->captured, 10));
  const guint8 *end = payload->bytes + payload->captured;
  return begins_with(payload, "CONNECT ") ||
         (space != NULL && end - space > 5 && memcmp(space + 1, "http", 4) == 0);
}

/* Who greets with an address literal, or says where to send events, what to play, or which other peers there
 * are: SMTP (RFC 5321, 4.1.3), UPnP's events and AV transport, WS-Eventing, ONVIF, Gnutella, BitTorrent's trackers.
 * And answers, which are no requests. */
static gboolean tells_by_design(const HgMessageBytes *payload) {
  static const char *const first[] = {"HTTP/", "EHLO ", "HELO ",    "SUBSCRIBE ", "NOTIFY ",
                                      "SIP/",  "RTSP/", "GNUTELLA", "PORT ",      "EPRT ",
                                      "220 ",  "220-",  "SSH-",     "+OK",        "* OK"};
  static const char *const anywhere[] = {"schemas-upnp-org", "NotifyTo",   "ConsumerReference",
                                         "/announce?",       " SIP/2.0\r", " RTSP/1.0\r"};
  for (guint i = 0; i < G_N_ELEMENTS(first); i++)
    if (begins_with(payload, first[i]))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS(anywhere); i++)
    if (holds(payload, anywhere[i]))
      return TRUE;
  return asks_proxy(payload);
}

static void report(const HgFrame *frame, const HgAddressText *found) {
  char *address = hg_address_to_text(&found->address);
  char *subject =
      g_strdup_printf("%u %u\t%s", frame->packet->destination_port, found->port, address);
  hg_frame_report_observation(frame, HG_OBSERVED_ADDRESS_IN_REQUEST, &frame->packet->source,
                              &frame->packet->destination, subject, frame->payload.length);
  g_free(subject);
  g_free(address);
}

/* That the receiver is named says nothing (a Host header). */
static void read(const HgFrame *frame) {
  const HgMessageBytes *payload = &frame->payload;
  const HgAddress receiver = hg_frame_network_destination(frame);
  HgAddressText found;
  gsize at = 0;
  guint count = 0;
  if (payload->bytes == NULL || payload->bytes[0] == TLS_HANDSHAKE)
    return;
  while (count < ADDRESSES_MAX &&
         hg_address_text_next(payload->bytes, payload->captured, &at, &found)) {
    if (hg_address_equal(&found.address, &receiver) ||
        !hg_scope_is_unicast(hg_address_scope(&found.address)))
      continue;
    if (count++ == 0 && tells_by_design(payload))
      return;
    report(frame, &found);
  }
}

const HgEvidenceSource hg_evidence_address_in_request = {
    .id = "address-in-request",
    .title = "Addresses in requests",
    .what =
        "IP addresses, and ports behind them, in what is said first in a TCP connection, but not those of the "
        "receiver, nor those that protocols tell by design",
    .layers = (const char *const[]){"tcp", NULL},
    .stream_start = TRUE,
    .is_in_bytes = hg_frame_has_message,
    .read = read,
};
