/* test_http_request.c - requests from bytes: plain ones are read, all others are left alone
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/dissection/http_request.h"

#include <string.h>

/* Of a copy, so that a sanitizer sees what is read beyond it. "uri host", "uri -", or "no". */
static char *read_bytes(const char *bytes, gsize length) {
  guint8 *copy = g_memdup2(bytes, length);
  HgHttpRequest request;
  char *text;
  if (hg_http_request_read(copy, (guint)length, &request)) {
    g_assert_true(request.line == (const char *)copy);
    text = g_strdup_printf("%.*s %.*s", (int)request.uri_length, request.uri,
                           request.host ? (int)request.host_length : 1,
                           request.host ? request.host : "-");
  } else {
    g_assert_null(request.uri);
    g_assert_null(request.host);
    text = g_strdup("no");
  }
  g_free(copy);
  return text;
}

typedef struct {
  const char *request, *expected;
} Case;

static void check(const Case *cases, gsize count) {
  for (gsize i = 0; i < count; i++) {
    g_autofree char *got = read_bytes(cases[i].request, strlen(cases[i].request));
    g_assert_cmpstr(got, ==, cases[i].expected);
  }
}

static void test_plain(void) {
  static const Case cases[] = {
      {"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", "/ a.example"},
      {"GET / HTTP/1.0\r\n\r\n", "/ -"},
      {"HEAD /x?y=z HTTP/1.1\r\nAccept: */*\r\nhOsT:a.example:80\r\nX-Empty:\r\n\r\n",
       "/x?y=z a.example:80"},
      {"GET http://a.example/ HTTP/1.1\r\nHost:   a.example\r\n\r\n",
       "http://a.example/ a.example"},
      {"OPTIONS * HTTP/1.1\r\nHosts: other\r\nHost: a\r\n\r\n", "* a"},
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void test_others(void) {
  static const Case cases[] = {
      {"HTTP/1.1 200 OK\r\nHost: a\r\n\r\n", "no"}, /* a response */
      {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", "no"},  /* a version */
      {"GET /\r\n\r\n", "no"},                      /* none */
      {"GET  / HTTP/1.1\r\n\r\n", "no"},            /* two blanks */
      {"GET / HTTP/1.1 \r\n\r\n", "no"},
      {" GET / HTTP/1.1\r\n\r\n", "no"},
      {"GET / HTTP/1.1\nHost: a\n\n", "no"},                  /* lines */
      {"GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n", "no"},      /* folded */
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "no"}, /* two of them */
      {"GET / HTTP/1.1\r\nHost: a \r\n\r\n", "no"},           /* a blank at the end */
      {"GET / HTTP/1.1\r\nHost:\r\n\r\n", "no"},              /* empty */
      {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", "no"},           /* no such name */
      {"GET / HTTP/1.1\r\n: a\r\n\r\n", "no"},
      {"GET / HTTP/1.1\r\nHost\r\n\r\n", "no"},
      {"GET / HTTP/1.1\r\nHost: \tb\r\n\r\n", "no"}, /* not printable */
      {"GET /\xc3\xbc HTTP/1.1\r\nHost: a\r\n\r\n", "no"},
      {"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n", "no"}, /* more follows */
      {"POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n", "no"},            /* may have content */
      {"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", "no"},
      {"GET / HTTP/1.1\r\nauthorization: Basic YTpi\r\n\r\n", "no"}, /* a login */
      {"", "no"},
      {"\r\n\r\n", "no"},
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void test_nul(void) {
  static const char bytes[] = "GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n";
  g_autofree char *got = read_bytes(bytes, sizeof bytes - 1);
  g_assert_cmpstr(got, ==, "no");
}

static void test_cut_off(void) {
  static const char bytes[] = "GET /x HTTP/1.1\r\nHost: a.example\r\nAccept: b\r\n\r\n";
  for (gsize length = 0; length < sizeof bytes - 1; length++) {
    g_autofree char *got = read_bytes(bytes, length);
    g_assert_cmpstr(got, ==, "no");
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/http-request/plain", test_plain);
  g_test_add_func("/http-request/others", test_others);
  g_test_add_func("/http-request/nul", test_nul);
  g_test_add_func("/http-request/cut-off", test_cut_off);
  return g_test_run();
}
