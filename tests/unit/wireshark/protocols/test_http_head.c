/* test_http_head.c - where the header fields of a request end, and which there are
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/http_head.h"

#include <string.h>

/* "no", or the header fields up to the empty line. Of a copy, so that a sanitizer sees what is read beyond. */
static char *head_of(const char *bytes, const char *method, const char *target) {
  const gsize length = strlen(bytes);
  guint8 *copy = g_memdup2(bytes, length);
  gsize head;
  char *text = g_strdup("no");
  if (hg_http_head_find(copy, length, method, target, &head)) {
    g_free(text);
    text = g_strndup(bytes, head);
  } else {
    g_assert_cmpuint(head, ==, 0);
  }
  g_free(copy);
  return text;
}

static void check(const char *bytes, const char *method, const char *target, const char *expected) {
  char *got = head_of(bytes, method, target);
  g_assert_cmpstr(got, ==, expected);
  g_free(got);
}

static void test_whole(void) {
  check("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET", "/", "GET / HTTP/1.1\r\nHost: a\r\n");
  check("GET / HTTP/1.0\r\n\r\nbody", "GET", "/", "GET / HTTP/1.0\r\n");
  check("POST /a?b HTTP/1.1\nHost: a\n\nx", "POST", "/a?b", "POST /a?b HTTP/1.1\nHost: a\n");
  check("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\n\r\n", "GET", "/",
        "GET / HTTP/1.1\r\nHost: a\r\n");
}

static void test_cut_off(void) {
  static const char request[] = "GET / HTTP/1.1\r\nHost: a\r\n\r";
  for (gsize length = 0; length < sizeof request; length++) {
    char *cut = g_strndup(request, length);
    check(cut, "GET", "/", "no");
    g_free(cut);
  }
}

static void test_another_request(void) {
  check("HEAD / HTTP/1.1\r\n\r\n", "GET", "/", "no");
  check("GET /b HTTP/1.1\r\n\r\n", "GET", "/", "no");
  check("GET / HTTP/1.1\r\n\r\n", "GET", "/b", "no");
  check("\r\nGET / HTTP/1.1\r\n\r\n", "GET", "/", "no");
  check("x: y\r\n\r\n", "GET", "/", "no");
}

static guint count(const char *head, const char *name) {
  const gsize length = strlen(head);
  guint8 *copy = g_memdup2(head, length);
  const guint found = hg_http_head_count(copy, length, name);
  g_free(copy);
  return found;
}

static void test_fields(void) {
  g_assert_cmpuint(
      count("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Basic x\r\n", "Authorization"), ==, 1);
  g_assert_cmpuint(count("GET / HTTP/1.1\r\naUTHORIZATION:x\r\n", "Authorization"), ==, 1);
  g_assert_cmpuint(count("GET / HTTP/1.1\nAuthorization \t: x\n", "Authorization"), ==, 1);
  g_assert_cmpuint(count("GET / HTTP/1.1\r\nProxy-Authorization: x\r\n", "Authorization"), ==, 0);
  g_assert_cmpuint(count("GET / HTTP/1.1\r\nAuthorizations: x\r\n", "Authorization"), ==, 0);
  g_assert_cmpuint(count("GET /?Authorization: HTTP/1.1\r\n", "Authorization"), ==, 0);
  g_assert_cmpuint(count("Authorization: x\r\n", "Authorization"), ==,
                   0); /* the first line is no field */
  g_assert_cmpuint(count("GET / HTTP/1.1\r\nAuthorization", "Authorization"), ==, 0);
  g_assert_cmpuint(count("", "Authorization"), ==, 0);
  g_assert_cmpuint(count("GET / HTTP/1.1\r\nHost: a\r\nX: y\r\nhost:b\r\n", "Host"), ==, 2);
}

/* Of a copy, so that a sanitizer sees what is read beyond. */
static void check_value(const char *head, const char *name, const char *expected) {
  const gsize length = strlen(head);
  guint8 *copy = g_memdup2(head, length);
  gsize size;
  const guint8 *value = hg_http_head_value(copy, length, name, &size);
  char *text = value ? g_strndup((const char *)value, size) : NULL;
  g_assert_cmpstr(text, ==, expected);
  g_assert_cmpuint(size, ==, expected ? strlen(expected) : 0);
  g_free(text);
  g_free(copy);
}

static void test_value(void) {
  check_value("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n", "host", "a");
  check_value("GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n", "x", "b");
  check_value("GET / HTTP/1.1\nA:\t Basic Ym9i \t\nA: c\n", "A", "Basic Ym9i");
  check_value("GET / HTTP/1.1\r\nHost: a", "Host", "a");
  check_value("GET / HTTP/1.1\r\nHost:  \r\nX: b\r\n", "Host", NULL);
  check_value("GET / HTTP/1.1\r\nHost:", "Host", NULL);
  check_value("GET / HTTP/1.1\r\nHostile: a\r\n", "Host", NULL);
  check_value("Host: a\r\n", "Host", NULL); /* the request line */
  check_value("", "Host", NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/http-head/whole", test_whole);
  g_test_add_func("/http-head/cut-off", test_cut_off);
  g_test_add_func("/http-head/another-request", test_another_request);
  g_test_add_func("/http-head/fields", test_fields);
  g_test_add_func("/http-head/value", test_value);
  return g_test_run();
}
