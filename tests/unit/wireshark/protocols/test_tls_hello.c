/* test_tls_hello.c - ClientHellos from bytes: with a name and without, cut off anywhere, hostile
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/tls_hello.h"

#include <string.h>

#define SERVER_NAME 0

static void put(GByteArray *to, guint value, guint size) {
  for (guint i = size; i-- > 0;) {
    const guint8 byte = (guint8)(value >> 8 * i);
    g_byte_array_append(to, &byte, 1);
  }
}

/* Appends `from` behind its length, and frees it. */
static void put_vector(GByteArray *to, GByteArray *from, guint size) {
  put(to, from->len, size);
  g_byte_array_append(to, from->data, from->len);
  g_byte_array_unref(from);
}

static GByteArray *copy_of(const char *bytes, gsize length) {
  return g_byte_array_append(g_byte_array_new(), (const guint8 *)bytes, (guint)length);
}

static void put_extension(GByteArray *to, guint type, GByteArray *body) {
  put(to, type, 2);
  put_vector(to, body, 2);
}

static GByteArray *server_name(const char *name, gsize length) {
  GByteArray *list = g_byte_array_new(), *body = g_byte_array_new();
  put(list, 0, 1);
  put_vector(list, copy_of(name, length), 2);
  put_vector(body, list, 2);
  return body;
}

/* `extensions` NULL: the hello ends before them. (transfer full) */
static GByteArray *hello_with(GByteArray *extensions) {
  GByteArray *body = g_byte_array_new(), *message = g_byte_array_new();
  GByteArray *record = g_byte_array_new();
  put(body, 0x0303, 2);
  for (guint i = 0; i < 32; i++)
    put(body, i, 1);
  put_vector(body, copy_of("session", 7), 1);
  put_vector(body, copy_of("\x13\x01\x13\x02", 4), 2);
  put_vector(body, copy_of("\0", 1), 1);
  if (extensions)
    put_vector(body, extensions, 2);
  put(message, 1, 1);
  put_vector(message, body, 3);
  put(record, 22, 1);
  put(record, 0x0301, 2);
  put_vector(record, message, 2);
  return record;
}

static GByteArray *hello_for(const char *name, gsize length) {
  GByteArray *extensions = g_byte_array_new();
  put_extension(extensions, 43, copy_of("\x02\x03\x04", 3));
  put_extension(extensions, SERVER_NAME, server_name(name, length));
  put_extension(extensions, 10, copy_of("\0\2\0\x1d", 4));
  return hello_with(extensions);
}

/* Of the first `length` bytes, copied so that a sanitizer sees what is read beyond them. */
static gboolean reads(const GByteArray *hello, guint length, char **text) {
  guint8 *copy = g_memdup2(hello->data, length);
  HgTlsName name;
  const gboolean whole = hg_tls_hello_read(copy, length, &name);
  if (!whole)
    g_assert_null(name.bytes);
  *text = hg_tls_name_text(&name);
  g_free(copy);
  return whole;
}

static void assert_text(GByteArray *hello, gboolean whole, const char *expected) {
  char *text;
  g_assert_cmpint(reads(hello, hello->len, &text), ==, whole);
  g_assert_cmpstr(text, ==, expected);
  g_free(text);
  g_byte_array_unref(hello);
}

static void test_name(void) {
  GByteArray *followed = hello_for("www.example.com", 15);
  put(followed, 0x140303, 3); /* another record */
  assert_text(hello_for("www.example.com", 15), TRUE, "www.example.com");
  assert_text(followed, TRUE, "www.example.com");
}

static void test_without_name(void) {
  assert_text(hello_with(NULL), TRUE, NULL);
  assert_text(hello_with(g_byte_array_new()), TRUE, NULL);
}

static void test_first_of_two(void) {
  GByteArray *extensions = g_byte_array_new();
  put_extension(extensions, SERVER_NAME, server_name("a", 1));
  put_extension(extensions, SERVER_NAME, server_name("b", 1));
  assert_text(hello_with(extensions), TRUE, "a");
}

static void test_hostile(void) {
  assert_text(hello_for("nul\0inside", 10), TRUE, "nul");
  assert_text(hello_for("\xff\xc3\x28", 3), TRUE, "\xef\xbf\xbd\xef\xbf\xbd(");
  assert_text(hello_for("", 0), FALSE, NULL);
}

static void test_cut_off(void) {
  GByteArray *hello = hello_for("www.example.com", 15);
  for (guint length = 0; length < hello->len; length++) {
    char *text;
    g_assert_false(reads(hello, length, &text));
    g_assert_null(text);
  }
  g_byte_array_unref(hello);
}

/* Lengths that lie, and what is no hello: for the dissector. */
static void test_malformed(void) {
  static const struct {
    guint at;
    guint8 value;
  } changes[] = {{0, 23}, {1, 2}, {4, 5}, {5, 2}, {8, 200}, {43, 255}, {51, 255}};
  for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
    GByteArray *hello = hello_for("www.example.com", 15);
    hello->data[changes[i].at] = changes[i].value;
    assert_text(hello, FALSE, NULL);
  }
  GByteArray *extensions = g_byte_array_new();
  put_extension(extensions, SERVER_NAME, copy_of("\0\x09\0\0\x06xyz", 8));
  assert_text(hello_with(extensions), FALSE, NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/tls-hello/name", test_name);
  g_test_add_func("/tls-hello/without-name", test_without_name);
  g_test_add_func("/tls-hello/first-of-two", test_first_of_two);
  g_test_add_func("/tls-hello/hostile", test_hostile);
  g_test_add_func("/tls-hello/cut-off", test_cut_off);
  g_test_add_func("/tls-hello/malformed", test_malformed);
  return g_test_run();
}
