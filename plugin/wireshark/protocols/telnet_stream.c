/* telnet_stream.c - one direction of a Telnet connection: what is text, and what is a command
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "telnet_stream.h"

#define SE 240
#define SB 250
#define IAC 255

enum { TEXT, AFTER_IAC, AFTER_VERB, SUBOPTION, SUBOPTION_AFTER_IAC };

static HgTelnetToken after_iac(HgTelnetStream *stream, guint8 byte) {
  stream->state = TEXT;
  if (byte == IAC) /* doubled: the byte 255 itself */
    return (HgTelnetToken){HG_TELNET_TEXT, byte, 0};
  if (byte >= HG_TELNET_WILL) {
    stream->state = AFTER_VERB;
    stream->command = byte;
    return (HgTelnetToken){0};
  }
  if (byte == SB) {
    stream->state = SUBOPTION;
    return (HgTelnetToken){0};
  }
  return (HgTelnetToken){HG_TELNET_COMMAND, byte, 0};
}

HgTelnetToken hg_telnet_next(HgTelnetStream *stream, guint8 byte) {
  switch (stream->state) {
  case AFTER_IAC:
    return after_iac(stream, byte);
  case AFTER_VERB:
    stream->state = TEXT;
    return (HgTelnetToken){HG_TELNET_OPTION, stream->command, byte};
  case SUBOPTION:
    if (byte == IAC)
      stream->state = SUBOPTION_AFTER_IAC;
    return (HgTelnetToken){0};
  case SUBOPTION_AFTER_IAC:
    stream->state = byte == SE ? TEXT : SUBOPTION;
    return (HgTelnetToken){0};
  default:
    if (byte != IAC)
      return (HgTelnetToken){HG_TELNET_TEXT, byte, 0};
    stream->state = AFTER_IAC;
    return (HgTelnetToken){0};
  }
}
