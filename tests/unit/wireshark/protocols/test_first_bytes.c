/* test_first_bytes.c - protocols by their first bytes: messages of RFCs and published protocols, what looks like
 * them, and the same cut off anywhere
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/first_bytes.h"

#include <string.h>

/* Bytes and their number, without the zero that ends a literal. */
#define B(literal) literal, sizeof(literal) - 1

typedef struct {
  const char *bytes;
  gsize length;
  const char *protocol; /* NULL: none */
} Vector;

static const char *read(const char *bytes, gsize captured, gsize length) {
  guint8 *copy = g_memdup2(bytes, captured); /* of its own, so that reading beyond is seen */
  const char *protocol = hg_first_bytes_protocol(copy, captured, length);
  g_free(copy);
  return protocol;
}

static void check(const Vector *vectors, gsize count) {
  for (gsize i = 0; i < count; i++) {
    const Vector *v = &vectors[i];
    g_test_message("%" G_GSIZE_FORMAT ": %s", i, v->bytes);
    g_assert_cmpstr(read(v->bytes, v->length, v->length), ==, v->protocol);
    /* What was cut off can leave the protocol unknown, and never makes it another. */
    for (gsize captured = 0; captured < v->length; captured++) {
      const char *protocol = read(v->bytes, captured, v->length);
      if (protocol != NULL)
        g_assert_cmpstr(protocol, ==, v->protocol);
    }
  }
}

/* The dialogues in the RFCs, and what common programs say. */
static void test_text(void) {
  static const Vector vectors[] = {
      {B("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), "SSH"},
      {B("SSH-1.99-Cisco-1.25\n"), "SSH"},
      {B("SSHD is not running\r\n"), NULL},
      {B("RFB 003.008\n"), "VNC"},
      {B("RFB 003.889\n"), "VNC"},
      {B("RFB 3.8\n"), NULL},
      /* RFC 959, appendix; vsftpd, ProFTPD, FileZilla */
      {B("220 ProFTPD Server (Debian)\r\n"), "FTP"},
      {B("220 (vsFTPd 3.0.3)\r\n"), "FTP"},
      {B("220-FileZilla Server 1.5\r\n220 hello\r\n"), NULL},
      {B("331 Please specify the password.\r\n"), "FTP"},
      {B("230 Login successful.\r\n"), "FTP"},
      {B("USER anonymous\r\n"), "FTP"},
      {B("USER bob\r\n"), NULL}, /* POP3, IRC */
      {B("pasv\r\n"), "FTP"},
      {B("TYPE I\r\n"), "FTP"},
      {B("220 ready\r\n"), NULL},
      {B("530 Login incorrect.\r\n"), NULL}, /* SMTP: authentication required */
      /* RFC 5321, D.1; RFC 4954 */
      {B("220 foo.com Simple Mail Transfer Service Ready\r\n"), NULL},
      {B("220 mx.example ESMTP Postfix\r\n"), "SMTP"},
      {B("EHLO bar.com\r\n"), "SMTP"},
      {B("helo bar.com\r\n"), "SMTP"},
      {B("MAIL FROM:<Smith@bar.com>\r\n"), "SMTP"},
      {B("RCPT TO:<Jones@foo.com>\r\n"), "SMTP"},
      {B("535 5.7.8 Authentication credentials invalid\r\n"), "SMTP"},
      /* RFC 1939, 10 */
      {B("+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n"), "POP"},
      {B("+OK\r\n"), NULL}, /* Redis */
      {B("CAPA\r\n"), "POP"},
      {B("APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n"), "POP"},
      {B("PASS secret\r\n"), NULL},
      /* RFC 9051, 8 */
      {B("* OK [CAPABILITY STARTTLS AUTH=GSSAPI IMAP4rev2 LOGINDISABLED] Service Ready\r\n"),
       "IMAP"},
      {B("* PREAUTH IMAP4rev2 server logged in as Smith\r\n"), "IMAP"},
      {B("a001 login mrc secret\r\n"), "IMAP"},
      {B("A1 CAPABILITY\r\n"), "IMAP"},
      {B("please LOGIN now\r\n"), NULL},
      /* RFC 2812, IRCv3 */
      {B("NICK Wiz\r\n"), "IRC"},
      {B("CAP LS 302\r\n"), "IRC"},
      {B(":irc.example.org NOTICE * :*** Looking up your hostname...\r\n"), "IRC"},
      {B(":irc.example.org 001 wiz :Welcome\r\n"), "IRC"},
      {B(": NOTICE x\r\n"), NULL},
      /* RFC 9112, 3 and 4 */
      {B("GET /where?q=now HTTP/1.1\r\nHost: www.example.org\r\n\r\n"), "HTTP"},
      {B("CONNECT www.example.com:80 HTTP/1.1\r\nHost: www.example.com\r\n\r\n"), "HTTP"},
      {B("OPTIONS * HTTP/1.1\r\nHost: www.example.org\r\n\r\n"), "HTTP"},
      {B("HTTP/1.1 200 OK\r\n"), "HTTP"},
      {B("HTTP/1.0 404 \r\n"), "HTTP"},
      {B("POST /a/very/long/path/that/the/segment/does/not/hold/who"), "HTTP"},
      {B("GET key\r\n"), NULL}, /* memcached */
      {B("OPTIONS rtsp://example.com/media.mp4 RTSP/1.0\r\nCSeq: 1\r\n\r\n"), NULL},
      {B("GET http from somewhere\r\n"), NULL},
      {B("HTTP/1.1\r\n"), NULL},
      /* RESP */
      {B("*1\r\n$4\r\nPING\r\n"), "RESP"},
      {B("*one\r\n"), NULL},
  };
  check(vectors, G_N_ELEMENTS(vectors));
}

/* Stratum, and JSON-RPC that is none. */
static void test_stratum(void) {
  static const Vector vectors[] = {
      {B("{\"id\": 1, \"method\": \"mining.subscribe\", \"params\": []}\n"), "Stratum"},
      {B("{\"params\": [\"slush.miner1\", \"password\"], \"id\": 2, \"method\": \"mining.authorize\"}\n"),
       "Stratum"},
      {B("{\"id\":null,\"method\":\"mining.notify\",\"params\":[\"bf\",\"4d16b6f8\"]}\n"),
       "Stratum"},
      {B("{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"login\",\"params\":{\"login\":\"48edfHu7\",\"pass\":\"x\","
         "\"agent\":\"XMRig/6.21.0\",\"algo\":[\"rx/0\"]}}\n"),
       "Stratum"},
      {B("{\"method\":\"login\",\"params\":{\"agent\":\"xmr-stak/2\",\"pass\":\"x\",\"login\":\"4\"},\"id\":1}\n"),
       "Stratum"},
      {B("{\"id\":1,\"jsonrpc\":\"2.0\",\"error\":null,\"result\":{\"id\":\"7\",\"job\":{\"blob\":\"0707\","
         "\"job_id\":\"q7\",\"target\":\"b88d0600\"},\"status\":\"OK\"}}\n"),
       "Stratum"},
      {B("{\"worker\":\"eth1.0\",\"jsonrpc\":\"2.0\",\"params\":[\"0x0\",\"x\"],\"id\":2,"
         "\"method\":\"eth_submitLogin\"}\n"),
       "Stratum"},
      /* twins: Electrum, Kodi, a light bulb, a node of Ethereum, a login of somebody else */
      {B("{\"id\":0,\"method\":\"server.version\",\"params\":[\"electrum/4.5\",\"1.4\"]}\n"), NULL},
      {B("{\"jsonrpc\":\"2.0\",\"method\":\"Player.GetActivePlayers\",\"id\":1}"), NULL},
      {B("{\"id\":1,\"method\":\"set_power\",\"params\":[\"on\",\"smooth\",500]}\r\n"), NULL},
      {B("{\"jsonrpc\":\"2.0\",\"method\":\"eth_getWork\",\"params\":[],\"id\":73}"), NULL},
      {B("{\"id\":1,\"method\":\"login\",\"params\":{\"user\":\"bob\",\"pass\":\"x\",\"agent\":\"app/1\"}}\n"),
       NULL},
      {B("{\"id\":1,\"method\":\"login\",\"params\":{\"login\":\"bob\",\"pass\":\"x\"}}\n"), NULL},
      {B("{\"id\":1,\"method\":\"login\",\"params\":[\"login\",\"pass\",\"agent\"]}\n"), NULL},
      {B("{\"id\":1,\"method\":\"say\",\"params\":[\"mining.subscribe\"]}\n"), NULL},
      {B("{\"id\":1,\"params\":{\"method\":\"mining.subscribe\"}}\n"), NULL},
      {B("{\"id\":1,\"say\":\"method\",\"x\":\"mining.subscribe\"}\n"), NULL},
      {B("{\"a\":{\"job_id\":1,\"blob\":2}}{\"b\":{\"target\":3}}\n"), NULL}, /* two messages */
      {B("{\"method\":\"say \\\"\",\"mining.subscribe\":\"method\"}\n"), NULL},
      {B("{\"method\"}]}]:,{\"mining.subscribe\""), NULL},
      {B("{{{{{{{{{{{{{{{{{{{{{{{{\"method\":\"mining.subscribe\""), NULL},
      {B("{\"x\":\001\"method\":\"mining.subscribe\"}"), NULL},
      {B("{]}}\"method\":\"mining.subscribe\""), NULL},
      {B("{"), NULL},
  };
  check(vectors, G_N_ELEMENTS(vectors));
}

static void test_bytes(void) {
  static const Vector vectors[] = {
      /* RFC 8446: ClientHello and ServerHello by their heads; records that end with the segment */
      {B("\x16\x03\x01\x00\x0a\x01\x00\x00\x06\x03\x03zzzz"), "TLS"},
      {B("\x16\x03\x03\x00\x0a\x02\x00\x00\x06\x03\x03zzzz"), "TLS"},
      {B("\x17\x03\x03\x00\x04zzzz"), "TLS"},
      {B("\x14\x03\x03\x00\x01\x01\x17\x03\x03\x00\x40zz"), "TLS"},
      {B("\x17\x03\x03\x00\x04zzzzzz"), NULL},
      {B("\x16\x03\x01\x00\x0a\x01\x00\x01\x06\x03\x03zzzz"), NULL}, /* longer than its record */
      {B("\x16\x03\x09\x00\x0a\x01\x00\x00\x06\x03\x03zzzz"), NULL},
      /* MS-SMB2, 2.1 */
      {B("\x00\x00\x00\x40\xfeSMB\x40\x00"), "SMB"},
      {B("\x00\x00\x00\x2f\xffSMB\x72\x00"), "SMB"},
      {B("\x81\x00\x00\x44 CKFDENECFDEFFCFGEFFCCACACACACACA"),
       NULL}, /* a NetBIOS session request */
      /* MS-RDPBCGR, 4.1.1 and 4.1.2 */
      {B("\x03\x00\x00\x2c\x27\xe0\x00\x00\x00\x00\x00"
         "Cookie: mstshash=eltons\r\n\x01\x00\x08\x00\x00\x00\x00\x00"),
       "RDP"},
      {B("\x03\x00\x00\x13\x0e\xd0\x00\x00\x12\x34\x00\x02\x00\x08\x00\x00\x00\x00\x00"), "RDP"},
      {B("\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00\x01\x00\x08\x00\x0b\x00\x00\x00"), "RDP"},
      /* S7 on ISO transport: TSAPs */
      {B("\x03\x00\x00\x16\x11\xe0\x00\x00\x00\x01\x00\xc1\x02\x01\x00\xc2\x02\x01\x02\xc0\x01\x0a"),
       NULL},
      {B("\x03\x00\x00\x0b\x06\xe0\x00\x00\x00\x00\x00"), NULL},
      /* RFC 4253, 7.1 */
      {B("\x00\x00\x00\x3c\x04\x14"
         "cookiecookiecook\x00\x00\x00\x11"
         "curve25519-sha256\x00\x00\x00\x0bssh-ed25519"),
       "SSH"},
      {B("\x00\x00\x00\x3c\x04\x14"
         "cookiecookiecook\x00\x00\x00\x11"
         "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
       NULL},
      /* RFC 854, RFC 855 */
      {B("\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27"), "TELNET"},
      {B("\xff\xfb\x01\xff\xfb\x03login: "), "TELNET"},
      {B("\xff\xfb\x01"), "TELNET"},
      {B("\xff\xfb\x01 and more"), NULL},
      {B("\xff\xd8\xff\xe0 a picture"), NULL},
      /* RFC 1928, 4 and 6 */
      {B("\x05\x01\x00\x01\x0a\x00\x00\x01\x00\x50"), "Socks"},
      {B("\x05\x01\x00\x03\x0bwww.example\x00\x50"), "Socks"},
      {B("\x05\x01\x00\x04zzzzzzzzzzzzzzzz\x01\xbb"), "Socks"},
      {B("\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"), "Socks"},
      {B("\x05\x01\x00"), NULL}, /* a greeting: anything may begin so */
      {B("\x05\x01\x00\x01\x0a\x00\x00\x01\x00\x50more"), NULL},
      /* SOCKS4, SOCKS4a */
      {B("\x04\x01\x00\x50\x0a\x00\x00\x01"
         "Fred\x00"),
       "Socks"},
      {B("\x04\x01\x00\x50\x00\x00\x00\x01\x00www.example\x00"), "Socks"},
      {B("\x04\x01\x00\x50\x0a\x00\x00\x01\x80\x81\x00"), NULL},
      /* MySQL, PostgreSQL, TDS, LDAP */
      {B("\x13\x00\x00\x00\x0a"
         "8.0.36\x00\x08\x00\x00\x00zzzzzzz"),
       "MySQL"},
      {B("\x13\x00\x00\x00\x0aversion\x00\x08\x00\x00\x00zzzzzz"), NULL},
      {B("\x00\x00\x00\x08\x04\xd2\x16\x2f"), "PGSQL"},
      {B("\x00\x00\x00\x12\x00\x03\x00\x00user\x00"
         "bob\x00\x00"),
       "PGSQL"},
      {B("\x00\x00\x00\x22\x00\x03\x00\x00user\x00"
         "bob\x00\x00"),
       NULL}, /* longer than it is */
      {B("\x12\x01\x00\x14\x00\x00\x00\x00\x00\x00\x06\x00\x06\xffzzzzzz"), "TDS"},
      {B("\x30\x0c\x02\x01\x01\x60\x07\x02\x01\x03\x04\x00\x80\x00"), "LDAP"},
      {B("\x30\x82\x00\x0c\x02\x01\x01\x60\x07\x02\x01\x03\x04\x00\x80\x00"), "LDAP"},
      {B("\x30\x0c\x02\x01\x01\x63\x07\x02\x01\x03\x04\x00\x80\x00"), NULL}, /* a search */
      {B("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"), NULL},
  };
  check(vectors, G_N_ELEMENTS(vectors));
  g_assert_null(hg_first_bytes_protocol(NULL, 0, 0));
  g_assert_null(hg_first_bytes_protocol(NULL, 0, 100)); /* nothing was captured of it */
}

/* Random bytes, of which some have a head like those above, are mostly nothing: what is random in a session that was
 * captured from its middle must not be taken for another protocol. */
static void test_random(void) {
  GRand *rand = g_rand_new_with_seed(11);
  guint taken = 0;
  guint8 bytes[64];
  for (guint i = 0; i < 2000000; i++) {
    for (guint k = 0; k < sizeof bytes; k += 4) {
      const guint32 word = g_rand_int(rand);
      memcpy(bytes + k, &word, 4);
    }
    taken += hg_first_bytes_protocol(bytes, sizeof bytes, sizeof bytes) != NULL;
  }
  g_assert_cmpuint(taken, <=, 4);
  g_rand_free(rand);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/first-bytes/text", test_text);
  g_test_add_func("/first-bytes/stratum", test_stratum);
  g_test_add_func("/first-bytes/bytes", test_bytes);
  g_test_add_func("/first-bytes/random", test_random);
  return g_test_run();
}
