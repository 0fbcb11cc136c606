/* first_bytes.c - which protocol the first bytes of a TCP connection are of, whatever the port
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "first_bytes.h"

#include <string.h>

#include "big_endian.h"
#include "stratum.h"

typedef struct {
  const guint8 *bytes;
  gsize captured, length; /* `captured` is at least 1 and at most `length` */
} Segment;

/* The bytes at `at` are there, and are these. */
static gboolean has(const Segment *s, gsize at, const void *bytes, gsize count) {
  return at <= s->captured && s->captured - at >= count && memcmp(s->bytes + at, bytes, count) == 0;
}

static gboolean has_text(const Segment *s, gsize at, const char *text) {
  return has(s, at, text, strlen(text));
}

static gboolean has_text_in_any_case(const Segment *s, const char *text) {
  const gsize count = strlen(text);
  return s->captured >= count && g_ascii_strncasecmp((const char *)s->bytes, text, count) == 0;
}

static guint little_endian_24(const guint8 *bytes) {
  return bytes[0] | (guint)bytes[1] << 8 | (guint)bytes[2] << 16;
}

/* --- lines of text --- */

/* Up to the end of the line, or of what was captured. */
static gsize line_length(const Segment *s) {
  const guint8 *end = memchr(s->bytes, '\n', s->captured);
  return end != NULL ? (gsize)(end - s->bytes) : s->captured;
}

static gboolean line_has(const Segment *s, const char *upper) {
  const gsize count = strlen(upper), length = line_length(s);
  for (gsize at = 0; at + count <= length; at++) {
    if (g_ascii_strncasecmp((const char *)s->bytes + at, upper, count) == 0)
      return TRUE;
  }
  return FALSE;
}

static gsize span_digits(const Segment *s, gsize at) {
  gsize digits = 0;
  while (at + digits < s->captured && g_ascii_isdigit((char)s->bytes[at + digits]))
    digits++;
  return digits;
}

/* What a line begins with, in any letter case, that no other protocol's does. */
static const struct {
  const char *begins, *protocol;
} lines[] = {
    {"331 ", "FTP"}, /* RFC 959: user name okay, need password; logged in */
    {"230 ", "FTP"},        {"PASV\r\n", "FTP"},
    {"EPSV\r\n", "FTP"},    {"SYST\r\n", "FTP"},
    {"FEAT\r\n", "FTP"},    {"AUTH TLS\r\n", "FTP"}, /* RFC 4217 */
    {"OPTS UTF8", "FTP"},   {"USER anonymous\r\n", "FTP"},
    {"TYPE I\r\n", "FTP"},  {"TYPE A\r\n", "FTP"},
    {"EHLO ", "SMTP"},                         /* RFC 5321 */
    {"HELO ", "SMTP"},      {"LHLO ", "SMTP"}, /* RFC 2033 */
    {"MAIL FROM:", "SMTP"}, {"RCPT TO:", "SMTP"},
    {"535 5.7.8", "SMTP"}, /* RFC 4954 */
    {"CAPA\r\n", "POP"},   /* RFC 2449 */
    {"APOP ", "POP"},       {"UIDL\r\n", "POP"},
    {"STLS\r\n", "POP"},    {"* OK ", "IMAP"}, /* RFC 9051 */
    {"* PREAUTH", "IMAP"},  {"* CAPABILITY IMAP4", "IMAP"},
    {"* BYE ", "IMAP"},     {"NICK ", "IRC"}, /* RFC 2812, IRCv3 */
    {"CAP LS", "IRC"},      {"NOTICE AUTH :", "IRC"},
    {"NOTICE * :", "IRC"},
};

/* RFC 9112, 3 and 4: a request line ends in the version, which a segment or a capture may have cut off. */
static gboolean is_http(const Segment *s) {
  static const char *const methods[] = {"GET ",     "POST ",  "HEAD ",  "PUT ",      "OPTIONS ",
                                        "CONNECT ", "PATCH ", "TRACE ", "PROPFIND ", "DELETE "};
  if (has_text(s, 0, "HTTP/1.") && span_digits(s, strlen("HTTP/1.")) == 1)
    return span_digits(s, strlen("HTTP/1.1 ")) == 3;
  for (guint i = 0; i < G_N_ELEMENTS(methods); i++) {
    const gsize at = strlen(methods[i]);
    if (!has_text(s, 0, methods[i]))
      continue;
    if (line_length(s) < s->captured)
      return line_has(s, " HTTP/1.");
    return has_text(s, at, "/") || has_text(s, at, "http://");
  }
  return FALSE;
}

/* RFC 9051, 6: a tag, and a verb of IMAP. Tags of clients have a number in them; one of three digits is the code of an
 * answer of FTP ("530 Login incorrect"). */
static gboolean is_imap_command(const Segment *s) {
  static const char *const verbs[] = {" LOGIN ", " CAPABILITY\r\n", " AUTHENTICATE ",
                                      " ID (",   " ID NIL\r\n",     " STARTTLS\r\n"};
  gsize tag = 0, digits = 0;
  for (; tag < s->captured && tag < 20 && g_ascii_isalnum((char)s->bytes[tag]); tag++)
    digits += g_ascii_isdigit((char)s->bytes[tag]) ? 1 : 0;
  const Segment rest = {s->bytes + tag, s->captured - tag, s->length - tag};
  const gboolean is_code = tag == 3 && digits == 3;
  for (guint i = 0; digits > 0 && !is_code && i < G_N_ELEMENTS(verbs); i++) {
    if (has_text_in_any_case(&rest, verbs[i]))
      return TRUE;
  }
  return FALSE;
}

/* ":irc.example.org NOTICE * :...", ":irc.example.org 001 nick :..." */
static gboolean is_irc_answer(const Segment *s) {
  const gsize length = line_length(s);
  const guint8 *blank = memchr(s->bytes, ' ', length);
  if (*s->bytes != ':' || blank == NULL || blank - s->bytes < 2)
    return FALSE;
  const gsize at = (gsize)(blank - s->bytes);
  return has_text(s, at, " NOTICE ") || has_text(s, at, " 001 ") || has_text(s, at, " CAP ");
}

/* RFC 1939, 3: a greeting or an answer with words. What Redis says so has none. */
static gboolean is_pop_answer(const Segment *s) {
  return has_text(s, 0, "+OK ") && line_length(s) > strlen("+OK x") &&
         g_ascii_isprint((char)s->bytes[strlen("+OK ")]);
}

/* RESP: an array of bulk strings is how a client of Redis asks. */
static gboolean is_resp(const Segment *s) {
  const gsize count = *s->bytes == '*' ? span_digits(s, 1) : 0;
  return count > 0 && has_text(s, 1 + count, "\r\n$") && span_digits(s, 1 + count + 3) > 0;
}

/* RFC 6143, 7.1.1 */
static gboolean is_vnc(const Segment *s) {
  return has_text(s, 0, "RFB ") && span_digits(s, 4) == 3 && has_text(s, 7, ".") &&
         span_digits(s, 8) == 3 && has_text(s, 11, "\n");
}

static const char *by_text(const Segment *s) {
  if (has_text(s, 0, "SSH-2.0-") || has_text(s, 0, "SSH-1.")) /* RFC 4253, 4.2 */
    return "SSH";
  if (is_vnc(s))
    return "VNC";
  if (is_http(s))
    return "HTTP";
  if (hg_stratum_begins(s->bytes, s->captured))
    return "Stratum";
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
    if (has_text_in_any_case(s, lines[i].begins))
      return lines[i].protocol;
  }
  if (has_text(s, 0, "220 ") || has_text(s, 0, "220-"))
    return line_has(s, "SMTP") ? "SMTP" : line_has(s, "FTP") ? "FTP" : NULL;
  return is_pop_answer(s)     ? "POP"
         : is_resp(s)         ? "RESP"
         : is_irc_answer(s)   ? "IRC"
         : is_imap_command(s) ? "IMAP"
                              : NULL;
}

/* --- bytes --- */

/* RFC 4253, 7.1: the key exchange that follows SSH's line of text: length, padding, SSH_MSG_KEXINIT, a cookie of
 * 16 bytes, and the names of algorithms. */
static gboolean is_ssh_key_exchange(const Segment *s) {
  enum { NAMES = 26, LONGEST = 35000 };
  if (s->captured < NAMES + 8 || hg_big_endian32(s->bytes) > LONGEST || s->bytes[5] != 20)
    return FALSE;
  const guint32 names = hg_big_endian32(s->bytes + NAMES - 4);
  for (gsize i = NAMES; i < NAMES + 8; i++) {
    if (!g_ascii_islower((char)s->bytes[i]) && !g_ascii_isdigit((char)s->bytes[i]) &&
        memchr("-,.@", s->bytes[i], 4) == NULL)
      return FALSE;
  }
  return names >= 8 && names + NAMES <= hg_big_endian32(s->bytes) + 4;
}

/* RFC 8446, 5.1: a record that is as long as it says, as far as the segment goes. */
static gboolean is_tls_record(const Segment *s, gsize at) {
  const guint8 *record = s->bytes + at;
  return s->captured >= at + 5 && record[0] >= 20 && record[0] <= 23 && record[1] == 3 &&
         record[2] <= 4 && hg_big_endian16(record + 3) > 0 &&
         hg_big_endian16(record + 3) <= 16384 + 2048;
}

/* A hello, or, where that was lost, records that end with the segment or behind which another one begins. */
static gboolean is_tls(const Segment *s) {
  enum { HANDSHAKE = 22, CLIENT_HELLO = 1, SERVER_HELLO = 2 };
  if (!is_tls_record(s, 0))
    return FALSE;
  const gsize record = hg_big_endian16(s->bytes + 3), next = 5 + record;
  if (s->bytes[0] == HANDSHAKE && s->captured < 11)
    return FALSE;
  if (s->bytes[0] == HANDSHAKE && (s->bytes[5] == CLIENT_HELLO || s->bytes[5] == SERVER_HELLO))
    return s->bytes[6] == 0 && hg_big_endian16(s->bytes + 7) + 4u <= record && s->bytes[9] == 3 &&
           s->bytes[10] <= 4;
  return next == s->length || is_tls_record(s, next);
}

/* RFC 854: commands to negotiate options (RFC 855), at least two, or one alone. */
static gboolean is_telnet(const Segment *s) {
  enum { IAC = 255, WILL = 251, DONT = 254, OPTIONS = 50 };
  gsize at = 0;
  while (s->captured - at >= 3 && s->bytes[at] == IAC && s->bytes[at + 1] >= WILL &&
         s->bytes[at + 1] <= DONT && s->bytes[at + 2] < OPTIONS)
    at += 3;
  return at >= 6 || (at == 3 && s->length == 3);
}

/* MS-SMB2, 2.1 and 2.2.1: the length, then FE (SMB2), FF (SMB1), FD (encrypted) or FC (compressed) and "SMB". */
static gboolean is_smb(const Segment *s) {
  return s->captured >= 8 && s->bytes[0] == 0 && s->bytes[4] >= 0xfc && has_text(s, 5, "SMB");
}

/* MS-RDPBCGR, 2.2.1.1 and 2.2.1.2: X.224 connection request or confirm in a TPKT, with a cookie or RDP's negotiation.
 * Others (S7, H.323, ISO transport) have neither. */
static gboolean is_rdp(const Segment *s) {
  enum { X224 = 4, REST = 11, REQUEST = 0xe0, CONFIRM = 0xd0 };
  if (s->captured < REST + 4 || s->bytes[0] != 3 || s->bytes[1] != 0 ||
      hg_big_endian16(s->bytes + 2) != s->length || s->bytes[X224] + X224 + 1u != s->length)
    return FALSE;
  const guint8 *rest = s->bytes + REST;
  const gboolean negotiates = s->captured >= REST + 8 && rest[2] == 8 && rest[3] == 0;
  if (s->bytes[X224 + 1] == REQUEST)
    return has_text(s, REST, "Cookie: mst") || (negotiates && rest[0] == 1);
  return s->bytes[X224 + 1] == CONFIRM && negotiates && (rest[0] == 2 || rest[0] == 3);
}

/* RFC 1928, 4 and 6: a request or a reply, which is as long as its kind of address says. The greeting before it is
 * three bytes that anything may have. */
static gboolean is_socks5(const Segment *s) {
  enum { IPV4 = 1, NAME = 3, IPV6 = 4, REPLIES = 8 };
  if (s->captured < 5 || s->bytes[0] != 5 || s->bytes[1] > REPLIES || s->bytes[2] != 0)
    return FALSE;
  switch (s->bytes[3]) {
  case IPV4:
    return s->length == 10;
  case NAME:
    return s->bytes[4] > 0 && s->length == 7u + s->bytes[4] &&
           (s->captured < 6 || g_ascii_isalnum((char)s->bytes[5]));
  case IPV6:
    return s->length == 22;
  default:
    return FALSE;
  }
}

/* SOCKS4's paper: CONNECT or BIND, port, address, a user name that a zero ends. SOCKS4a adds a server name. */
static gboolean is_socks4(const Segment *s) {
  if (s->captured != s->length || s->length < 9 || s->length > 512 || s->bytes[0] != 4 ||
      s->bytes[1] < 1 || s->bytes[1] > 2 || hg_big_endian16(s->bytes + 2) == 0 ||
      s->bytes[s->length - 1] != 0)
    return FALSE;
  const gboolean has_name = hg_big_endian32(s->bytes + 4) < 256;
  guint texts = 0;
  for (gsize i = 8; i < s->length; i++) {
    texts += s->bytes[i] == 0;
    if (s->bytes[i] != 0 && !g_ascii_isprint((char)s->bytes[i]))
      return FALSE;
  }
  return texts == (has_name ? 2 : 1);
}

/* MySQL's client/server protocol: the greeting of protocol version 10, which names the server's version. */
static gboolean is_mysql(const Segment *s) {
  if (s->captured < 12 || little_endian_24(s->bytes) + 4 != s->length || s->bytes[3] != 0 ||
      s->bytes[4] != 10)
    return FALSE;
  return span_digits(s, 5) > 0 && has_text(s, 5 + span_digits(s, 5), ".") &&
         memchr(s->bytes + 5, 0, MIN(s->captured - 5, 64)) != NULL;
}

/* PostgreSQL's documentation, 55.7: StartupMessage of version 3.0, SSLRequest. */
static gboolean is_pgsql(const Segment *s) {
  if (s->captured < 8 || hg_big_endian32(s->bytes) != s->length)
    return FALSE;
  return has(s, 4, "\x04\xd2\x16\x2f", 4) || (has(s, 4, "\0\3\0\0", 4) && has(s, 8, "user", 5));
}

/* MS-TDS, 2.2.6.5: a PRELOGIN message, or the answer to it, whose first option is the version. */
static gboolean is_tds(const Segment *s) {
  enum { PRELOGIN = 18, ANSWER = 4, VERSION_LENGTH = 6 };
  return s->captured >= 13 && (s->bytes[0] == PRELOGIN || s->bytes[0] == ANSWER) &&
         s->bytes[1] == 1 && hg_big_endian16(s->bytes + 2) == s->length && s->bytes[8] == 0 &&
         s->bytes[9] == 0 && s->bytes[11] == 0 && s->bytes[12] == VERSION_LENGTH;
}

/* RFC 4511, 4.2: a BindRequest of version 3, in BER. */
static gboolean is_ldap(const Segment *s) {
  gsize at = 2;
  if (s->captured < 4 || s->bytes[0] != 0x30)
    return FALSE;
  if (s->bytes[1] & 0x80)
    at += s->bytes[1] & 0x7fu;
  if (at > 6 || !has(s, at, "\2\1", 2))
    return FALSE;
  at += 3; /* the message id */
  if (!has(s, at, "\x60", 1) || s->captured < at + 2)
    return FALSE;
  at += 2u + (s->bytes[at + 1] & 0x80u ? s->bytes[at + 1] & 0x7fu : 0);
  return has(s, at, "\2\1\3\4", 4);
}

static const char *by_bytes(const Segment *s) {
  static const struct {
    gboolean (*is)(const Segment *s);
    const char *protocol;
  } kinds[] = {
      {is_tls, "TLS"},       {is_smb, "SMB"},
      {is_rdp, "RDP"},       {is_ssh_key_exchange, "SSH"},
      {is_telnet, "TELNET"}, {is_socks5, "Socks"},
      {is_socks4, "Socks"},  {is_mysql, "MySQL"},
      {is_pgsql, "PGSQL"},   {is_tds, "TDS"},
      {is_ldap, "LDAP"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
    if (kinds[i].is(s))
      return kinds[i].protocol;
  }
  return NULL;
}

const char *hg_first_bytes_protocol(const guint8 *bytes, gsize captured, gsize length) {
  const Segment segment = {bytes, MIN(captured, length), length};
  if (segment.captured == 0)
    return NULL;
  const char *text = g_ascii_isgraph((char)*bytes) ? by_text(&segment) : NULL;
  return text != NULL ? text : by_bytes(&segment);
}
