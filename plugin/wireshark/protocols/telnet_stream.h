/* telnet_stream.h - one direction of a Telnet connection: what is text, and what is a command (RFC 854)
 *
 * Byte by byte, so that a command that is split over two segments is still one. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_TELNET_STREAM_H
#define HG_WIRESHARK_TELNET_STREAM_H

#include <glib.h>

G_BEGIN_DECLS

/* Commands (RFC 854; ABORT, SUSP and EOF: RFC 1184) and the option of RFC 857. */
#define HG_TELNET_EOF 236
#define HG_TELNET_SUSP 237
#define HG_TELNET_ABORT 238
#define HG_TELNET_BREAK 243
#define HG_TELNET_INTERRUPT 244
#define HG_TELNET_ABORT_OUTPUT 245
#define HG_TELNET_ERASE_CHARACTER 247
#define HG_TELNET_ERASE_LINE 248
#define HG_TELNET_WILL 251
#define HG_TELNET_WONT 252
#define HG_TELNET_DO 253
#define HG_TELNET_DONT 254
#define HG_TELNET_OPTION_ECHO 1

typedef enum {
  HG_TELNET_NOTHING, /* the byte is within a command */
  HG_TELNET_TEXT,    /* `value` is a byte of text */
  HG_TELNET_COMMAND, /* `value` is a command without an option */
  HG_TELNET_OPTION   /* `value` is WILL, WONT, DO or DONT, `option` what it is about */
} HgTelnetKind;

typedef struct {
  HgTelnetKind kind;
  guint8 value, option;
} HgTelnetToken;

/* To be embedded; all zero at the begin of a connection. */
typedef struct {
  guint8 state;
  guint8 command;
} HgTelnetStream;

HgTelnetToken hg_telnet_next(HgTelnetStream *stream, guint8 byte);

G_END_DECLS
#endif
