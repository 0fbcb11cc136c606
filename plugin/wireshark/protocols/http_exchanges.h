/* http_exchanges.h - which request of a connection an answer answers, and where the answer's body begins
 *
 * A table of fixed size: what pushes an entry out of its place only makes us miss something. Holds no text of
 * requests. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_HTTP_EXCHANGES_H
#define HG_WIRESHARK_HTTP_EXCHANGES_H

#include "tally/types/download.h"
#include "tally/types/packet.h"

G_BEGIN_DECLS

/* What is remembered of the last request of a connection. */
typedef struct {
  guint64 path;   /* which one it asks for, by number */
  HgClaim name;   /* what its target ends in */
  HgCalled host;  /* what the client called the server */
  gboolean plain; /* not HEAD, whose answers have no body */
} HgHttpRequest;

typedef struct HgHttpExchanges HgHttpExchanges;

HgHttpExchanges *hg_http_exchanges_new(void);
void hg_http_exchanges_free(HgHttpExchanges *exchanges);

/* The packet begins with this request. FALSE: so did an earlier one, of which it is a retransmission. */
gboolean hg_http_exchanges_request(HgHttpExchanges *exchanges, const HgPacket *packet,
                                   const HgHttpRequest *request);

/* The request that the packet's answer is to; NULL: it was not captured, or this is a retransmission of the
 * answer. Borrowed until the next call. */
const HgHttpRequest *hg_http_exchanges_answer(HgHttpExchanges *exchanges, const HgPacket *packet);

/* The body of the packet's answer begins with the next segment; `download` is what is known of it. */
void hg_http_exchanges_expect_body(HgHttpExchanges *exchanges, const HgPacket *packet,
                                   const HgDownload *download);
/* What was known of the body that begins with this packet; once. NULL: none does, or not with it. Cheap,
 * since all segments are asked about. */
const HgDownload *hg_http_exchanges_body(HgHttpExchanges *exchanges, const HgPacket *packet);

G_END_DECLS
#endif
