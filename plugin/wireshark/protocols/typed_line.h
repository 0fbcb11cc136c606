/* typed_line.h - the user name that somebody types at a Telnet server's prompt
 *
 * A line is a user name only if the prompt before it asks for one and for nothing else, and the server lets
 * it be seen: it sends back what was typed (RFC 857), or it never took that over and the client shows it
 * itself (RFC 854, RFC 1184). A server that does not echo is asking for a secret, whatever its prompt says.
 * Nothing is told where bytes are missing. What is typed elsewhere is never kept. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_TYPED_LINE_H
#define HG_WIRESHARK_TYPED_LINE_H

#include <glib.h>

G_BEGIN_DECLS

/* Longest user name, bytes; a longer line is none. */
#define HG_TYPED_MAX 64

/* One connection. */
typedef struct HgTypedLine HgTypedLine;

typedef struct {
  gboolean from_client;
  gboolean is_first;    /* of its direction, and the connection's begin was captured */
  guint32 sequence;     /* of the first byte, as in the TCP header */
  guint32 acknowledged; /* so, too: of the next byte that the sender expects */
  guint32 length;       /* on the wire, bytes */
  const guint8 *bytes;
  guint captured; /* bytes; fewer than `length` where the capture cut them off */
} HgTypedSegment;

HgTypedLine *hg_typed_line_new(void);
void hg_typed_line_free(HgTypedLine *line);

/* The next segment of either side, in the order of the capture. The user name that it completes, valid UTF-8
 * without blanks; NULL: none. Valid until the next call. */
const char *hg_typed_line_feed(HgTypedLine *line, const HgTypedSegment *segment);

/* Whether the server has said one of the words since it was asked last: NULL-terminated, in lower case, of at
 * most 32 bytes. */
gboolean hg_typed_line_answers(HgTypedLine *line, const char *const *words);

G_END_DECLS
#endif
