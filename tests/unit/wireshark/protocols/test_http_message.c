/* test_http_message.c - requests and answers that begin with a segment
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/http_message.h"

#include <string.h>

/* "METHOD|TARGET|BODY", "STATUS|BODY", or "no". Of a copy, so that a sanitizer sees what is read beyond. */
static char *read_message(const char *bytes) {
  const gsize length = strlen(bytes);
  guint8 *copy = g_memdup2(bytes, length);
  HgHttpMessageStart message;
  char *text = g_strdup("no");
  if (hg_http_message_read(copy, length, &message)) {
    const HgHttpText body = hg_http_message_body(&message, copy, length);
    g_free(text);
    text = message.status ? g_strdup_printf("%u|%.*s", message.status, (int)body.length, body.bytes)
                          : g_strdup_printf("%.*s|%.*s|%.*s", (int)message.method.length,
                                            message.method.bytes, (int)message.target.length,
                                            message.target.bytes, (int)body.length, body.bytes);
  }
  g_free(copy);
  return text;
}

static void check(const char *bytes, const char *expected) {
  g_autofree char *got = read_message(bytes);
  g_assert_cmpstr(got, ==, expected);
}

static void test_requests(void) {
  check("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET|/|");
  check("POST /a?b HTTP/1.0\nHost: a\n\nxyz", "POST|/a?b|xyz");
  check("CONNECT a:443 HTTP/1.1\r\n\r\n", "CONNECT|a:443|");
  check("GET /a b HTTP/1.1\r\n\r\n", "GET|/a b|");
  check("GET ?x HTTP/1.1\r\nHost:", "GET|?x|"); /* the head goes on */
}

static void test_answers(void) {
  check("HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", "200|body");
  check("HTTP/1.0 404 Not Found\r\n\r\n", "404|");
  check("HTTP/1.1 200 \r\nA: b", "200|");
  check("HTTP/1.1 200 OK\nA: b\n\nbody", "200|body");
  /* RFC 9112, 7.1 */
  check("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\n", "200|Wiki\r\n");
}

static void test_others(void) {
  static const char *const others[] = {"",
                                       "G",
                                       "GET",
                                       "GET / HTTP/1.1", /* the line goes on */
                                       "get / HTTP/1.1\r\n",
                                       "GET / HTTP/2.0\r\n\r\n",
                                       "GET  HTTP/1.1\r\n\r\n",
                                       "GET /\r\n\r\n",
                                       "GE / HTTP/1.1\r\n",
                                       "HTTP/1.1 2x0 OK\r\n",
                                       "HTTP/1.1 20",
                                       "HTTP/1.1 000 OK\r\n",
                                       "SSH-2.0-OpenSSH_9.2p1\r\n",
                                       "220 mail ESMTP\r\n",
                                       "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"};
  for (guint i = 0; i < G_N_ELEMENTS(others); i++)
    check(others[i], "no");
}

static char *path_of(const char *target) {
  const HgHttpText path = hg_http_target_path((HgHttpText){(const guint8 *)target, strlen(target)});
  return g_strndup((const char *)path.bytes, path.length);
}

/* RFC 9112, 3.2: the four forms. */
static void test_paths(void) {
  static const char *const pairs[][2] = {
      {"/where?q=now", "/where"},     {"http://www.example.org/pub/a.html#x", "/pub/a.html"},
      {"http://www.example.org", ""}, {"*", "*"},
      {"/r?u=http://a/b", "/r"},      {"", ""}};
  for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
    g_autofree char *path = path_of(pairs[i][0]);
    g_assert_cmpstr(path, ==, pairs[i][1]);
  }
}

static void test_hosts(void) {
  static const char *const pairs[][2] = {{"a.example", "a.example"},
                                         {"a.example:80", "a.example"},
                                         {"u:p@a.example:80", "a.example"},
                                         {"[2001:db8::1]:8080", "2001:db8::1"},
                                         {"192.0.2.1:8080", "192.0.2.1"}};
  for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
    g_autofree char *host = hg_http_authority_host(pairs[i][0], strlen(pairs[i][0]));
    g_assert_cmpstr(host, ==, pairs[i][1]);
  }
  g_assert_null(hg_http_authority_host(":80", 3));
  /* Nobody's names: what is behind them may be anything. */
  static const char *const others[] = {
      "a.example;sid=1", "a.example\\x", "a.example?x", "a.example/x",
      "a.example#x",     "a.example x",  "a=b",         "a&b"};
  for (guint i = 0; i < G_N_ELEMENTS(others); i++)
    g_assert_null(hg_http_authority_host(others[i], strlen(others[i])));
  g_assert_true(hg_http_host_is_address("192.0.2.1"));
  g_assert_true(hg_http_host_is_address("2001:db8::1"));
  g_assert_false(hg_http_host_is_address("a.example"));
  g_assert_false(hg_http_host_is_address("1"));
}

static guint64 digest(const char *path) {
  return hg_http_path_digest((HgHttpText){(const guint8 *)path, strlen(path)});
}

static void test_digests(void) {
  g_assert_cmpuint(digest("/a/b"), ==, digest("/a/b"));
  g_assert_cmpuint(digest("/a/b"), !=, digest("/a/c"));
  g_assert_cmpuint(digest("/a"), !=, digest("/a/"));
  g_assert_cmpuint(digest(""), !=, digest("/"));
  g_assert_cmpuint(digest("/12345678"), !=, digest("/1234567/"));
  /* Numbers, and names of things by their digests (here MD5, SHA-256, and base 32 of Nix). */
  g_assert_cmpuint(digest("/14/870/53.png"), ==, digest("/9/1/2.png"));
  g_assert_cmpuint(digest("/ac/d41d8cd98f00b204e9800998ecf8427e"), ==,
                   digest("/ac/900150983cd24fb0d6963f7d28e17f72"));
  g_assert_cmpuint(digest("/p4pclmv1gyja5kzc26npqpia1qqxrf0l.narinfo"), ==,
                   digest("/7gx4kiv5m0i7d7qkixq2cwzbr10lvxwc.narinfo"));
  /* Folders by a digest's first digits: Git's objects, ccache, sccache. */
  g_assert_cmpuint(digest("/p.git/objects/d4/1d8cd98f00b204e9800998ecf8427e9f1a2b3c"), ==,
                   digest("/p.git/objects/e0/0150983cd24fb0d6963f7d28e17f729f1a2b3c"));
  g_assert_cmpuint(digest("/d/4/1/d41d8cd98f00b204e9800998ecf8427e"), ==,
                   digest("/9/0/0/900150983cd24fb0d6963f7d28e17f72"));
  g_assert_cmpuint(digest("/ab/c"), !=, digest("/cd/c"));
  g_assert_cmpuint(digest("/ab"), !=, digest("/cd"));
  g_assert_cmpuint(digest("/admin1"), !=, digest("/admin2"));
}

static guint64 target_digest(const char *target) {
  return hg_http_target_digest((HgHttpText){(const guint8 *)target, strlen(target)});
}

/* Also numbers tell targets apart; secrets do not. */
static void test_target_digests(void) {
  g_assert_cmpuint(target_digest("/a?b=1"), ==, target_digest("/a?b=1"));
  g_assert_cmpuint(target_digest("/a?b=1"), !=, target_digest("/a?b=2"));
  g_assert_cmpuint(target_digest("/a"), !=, target_digest("/b"));
  g_assert_cmpuint(target_digest("/a?password=1&x=2"), ==, target_digest("/a?password=secret&x=2"));
  g_assert_cmpuint(target_digest("/a?password=1&x=2"), !=, target_digest("/a?password=1&x=3"));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/http-message/requests", test_requests);
  g_test_add_func("/http-message/answers", test_answers);
  g_test_add_func("/http-message/others", test_others);
  g_test_add_func("/http-message/paths", test_paths);
  g_test_add_func("/http-message/hosts", test_hosts);
  g_test_add_func("/http-message/digests", test_digests);
  g_test_add_func("/http-message/target-digests", test_target_digests);
  return g_test_run();
}
