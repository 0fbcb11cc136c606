/* test_url_text.c - URLs lose what may be a secret, and nothing else
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/url_text.h"

#include <string.h>

/* Of a copy, so that a sanitizer sees what is read beyond it. */
static char *shown(const char *url) {
  const gsize length = strlen(url);
  char *copy = g_memdup2(url, length > 0 ? length : 1);
  GString *out = g_string_new(NULL);
  hg_url_text_append(out, copy, length);
  g_free(copy);
  return g_string_free(out, FALSE);
}

typedef struct {
  const char *url, *expected;
} Case;

static void check(const Case *cases, gsize count) {
  for (gsize i = 0; i < count; i++) {
    char *got = shown(cases[i].url);
    g_assert_cmpstr(got, ==, cases[i].expected);
    g_free(got);
  }
}

static void test_kept(void) {
  static const Case cases[] = {
      {"", ""},
      {"*", "*"},
      {"/", "/"},
      {"/index.html", "/index.html"},
      {"/level/16/exec//show", "/level/16/exec//show"},
      {"/ads/flash/728x90_nx8com.swf", "/ads/flash/728x90_nx8com.swf"},
      {"/wp-content/uploads/2026/01/figures.xlsx", "/wp-content/uploads/2026/01/figures.xlsx"},
      {"/api/v1/users/4711", "/api/v1/users/4711"},
      {"/jquery-3.6.0.min.js", "/jquery-3.6.0.min.js"},
      {"http://a.example:8080/b", "http://a.example:8080/b"},
      {"http://[2001:db8::1]/b", "http://[2001:db8::1]/b"},
      {"a.example:443", "a.example:443"},
      {"rtsp://camera.example/stream1", "rtsp://camera.example/stream1"},
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void test_left_out(void) {
  static const Case cases[] = {
      {"/a?b=c", "/a?..."},
      {"/a?", "/a?..."},
      {"/a#b", "/a#..."},
      {"/a?b#c", "/a?..."},
      {"?b", "?..."},
      {"/login;jsessionid=1/b;c", "/login;.../b;..."},
      {"http://user:pw@a.example/b", "http://...@a.example/b"},
      {"http://pw@a.example", "http://...@a.example"},
      {"http://u:p@w@a.example/", "http://...@a.example/"}, /* the last "@" counts */
      {"user:pw@a.example:443", "...@a.example:443"},
      {"pw@a.example:443", "...@a.example:443"},
      {"sip:bob:pw@b.example;transport=tcp", "sip:...@b.example;..."},
      {"sip:b.example", "sip:b.example"},
      {"gopher://h.example/0pw?x", "gopher://h.example/0pw?..."},
      {"http://a.example{pw}/b", "http://a.example.../b"},
  };
  check(cases, G_N_ELEMENTS(cases));
}

static void test_tokens(void) {
  static const Case cases[] = {
      {"/reset/Zq7kd81hXw2P", "/reset/..."},
      {"/reset/Zq7kd81hXw2P.html", "/reset/..."},
      {"/bot123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/sendMessage", "/.../sendMessage"},
      {"/services/T0000/B0000/XXXXXXXXXXXXXXXXXXXXXXXX", "/services/T0000/B0000/..."},
      {"/u/550e8400-e29b-41d4-a716-446655440000/x", "/u/.../x"},
      {"/p%61ssword%3Dx", "/..."}, /* "password=x" */
      {"/a%zz", "/..."},
      {"/0123456789012345", "/..."},
      {"/dGhpcyBpcyBhIHNlY3JldA==", "/..."},
  };
  check(cases, G_N_ELEMENTS(cases));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/url-text/kept", test_kept);
  g_test_add_func("/url-text/left-out", test_left_out);
  g_test_add_func("/url-text/tokens", test_tokens);
  return g_test_run();
}
