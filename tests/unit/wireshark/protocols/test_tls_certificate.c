/* test_tls_certificate.c - certificates from the first bytes of a server: alone or not, cut off anywhere, hostile
 *
 * Layouts of RFC 5246 (7.4.2), RFC 5280 (4.1) and X.690, written here once more.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/tls_certificate.h"

#include <string.h>

static void put(GByteArray *to, guint value, guint size) {
  for (guint i = size; i-- > 0;) {
    const guint8 byte = (guint8)(value >> 8 * i);
    g_byte_array_append(to, &byte, 1);
  }
}

static void put_all(GByteArray *to, GByteArray *from) {
  g_byte_array_append(to, from->data, from->len);
  g_byte_array_unref(from);
}

static GByteArray *bytes_of(const char *text) {
  return g_byte_array_append(g_byte_array_new(), (const guint8 *)text, (guint)strlen(text));
}

/* An element of DER; takes its contents. */
static GByteArray *der(guint tag, GByteArray *contents) {
  GByteArray *element = g_byte_array_new();
  put(element, tag, 1);
  if (contents->len < 128)
    put(element, contents->len, 1);
  else
    put(element, 0x820000 | contents->len, 3);
  put_all(element, contents);
  return element;
}

static GByteArray *pair(GByteArray *a, GByteArray *b) {
  put_all(a, b);
  return a;
}

/* NULL: a name without attributes. */
static GByteArray *name(const char *common) {
  GByteArray *names = g_byte_array_new();
  put_all(names, der(0x31, der(0x30, pair(der(6, bytes_of("\x55\x04\x0a")),
                                          der(12, bytes_of("Some Firm"))))));
  if (common)
    put_all(names, der(0x31, der(0x30, pair(der(6, bytes_of("\x55\x04\x03")),
                                            der(12, bytes_of(common))))));
  return der(0x30, names);
}

static GByteArray *algorithm(void) {
  return der(0x30, pair(der(6, bytes_of("\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b")),
                        der(5, g_byte_array_new())));
}

typedef struct {
  const char *issuer, *subject, *from, *to;
  guint time; /* tag of the times */
} Described;

static const Described self_signed = {"localhost", "localhost", "180101000000Z", "190101000000Z",
                                      0x17};

static GByteArray *certificate(const Described *of) {
  GByteArray *inner = g_byte_array_new(), *version = g_byte_array_new(),
             *serial = g_byte_array_new();
  put(version, 2, 1);
  put(serial, 0x1234, 2);
  put_all(inner, der(0xa0, der(2, version)));
  put_all(inner, der(2, serial));
  put_all(inner, algorithm());
  put_all(inner, name(of->issuer));
  put_all(inner,
          der(0x30, pair(der(of->time, bytes_of(of->from)), der(of->time, bytes_of(of->to)))));
  put_all(inner, name(of->subject));
  GByteArray *key = g_byte_array_new();
  g_byte_array_set_size(key, 600);
  memset(key->data, 7, key->len);
  put_all(inner, der(0x30, key));
  return der(0x30, pair(der(0x30, inner), algorithm()));
}

static GByteArray *message(guint type, GByteArray *body) {
  GByteArray *whole = g_byte_array_new();
  put(whole, type, 1);
  put(whole, body->len, 3);
  put_all(whole, body);
  return whole;
}

static GByteArray *record(GByteArray *contents) {
  GByteArray *whole = g_byte_array_new();
  put(whole, 0x160303, 3);
  put(whole, contents->len, 2);
  put_all(whole, contents);
  return whole;
}

static GByteArray *server_hello(void) {
  GByteArray *body = g_byte_array_new();
  put(body, 0x0303, 2);
  for (guint i = 0; i < 8; i++)
    put(body, i, 4);
  put(body, 0, 1);
  put(body, 0x2f00, 3);
  return message(2, body);
}

/* A message with this certificate, `more` times. */
static GByteArray *certificates(const Described *of, guint count) {
  GByteArray *list = g_byte_array_new(), *body = g_byte_array_new();
  for (guint i = 0; i < count; i++) {
    GByteArray *one = certificate(of);
    put(list, one->len, 3);
    put_all(list, one);
  }
  put(body, list->len, 3);
  put_all(body, list);
  return message(11, body);
}

/* In one record, or each message in its own. */
static GByteArray *flight(const Described *of, guint count, gboolean one_record) {
  if (one_record)
    return record(pair(server_hello(), certificates(of, count)));
  return pair(record(server_hello()), record(certificates(of, count)));
}

/* Of the first `length` bytes, copied so that a sanitizer sees what is read beyond them. */
static gboolean reads(const GByteArray *from, guint length, HgTlsCertificate *found) {
  static guint8 *copy; /* `found` borrows from it */
  g_free(copy);
  copy = g_memdup2(from->data, length);
  return hg_tls_certificate_read(copy, length, found);
}

static void assert_text(const HgX509Text *text, const char *expected) {
  g_assert_cmpmem(text->bytes, text->length, expected, expected ? strlen(expected) : 0);
}

static void test_read(void) {
  for (guint i = 0; i < 4; i++) {
    GByteArray *from = flight(&self_signed, 1 + i / 2, i % 2);
    HgTlsCertificate found;
    g_assert_true(reads(from, from->len, &found));
    g_assert_cmpint(found.alone, ==, i < 2);
    g_assert_true(found.self_issued);
    g_assert_cmpuint(found.days, ==, 365);
    assert_text(&found.subject, "localhost");
    g_byte_array_unref(from);
  }
}

static void assert_days(const Described *of, guint days) {
  GByteArray *from = certificate(of);
  HgTlsCertificate found;
  g_assert_true(hg_x509_read(from->data, from->len, &found));
  g_assert_cmpuint(found.days, ==, days);
  g_byte_array_unref(from);
}

/* RFC 5280, 4.1.2.5: two digits of a year below 50 are of this century. */
static void test_validity(void) {
  assert_days(&(Described){"a", "b", "990101000000Z", "000101000000Z", 0x17}, 365);
  assert_days(&(Described){"a", "b", "20200228000000Z", "20200301000000Z", 0x18}, 2);
  assert_days(&(Described){"a", "b", "20500101000000Z", "20490101000000Z", 0x18}, 0);
  assert_days(&(Described){"a", "b", "201301000000Z", "210101000000Z", 0x17}, 0);
  assert_days(&(Described){"a", "b", "2x0101000000Z", "210101000000Z", 0x17}, 0);
  assert_days(&(Described){"a", "b", "", "", 0x17}, 0);
}

static void test_issuers(void) {
  const Described other = {"Tool Server", "Tool", "180101000000Z", "281010000000Z", 0x17};
  const Described nobody = {NULL, NULL, "180101000000Z", "281010000000Z", 0x17};
  GByteArray *from = flight(&other, 1, TRUE);
  HgTlsCertificate found;
  g_assert_true(reads(from, from->len, &found));
  g_assert_false(found.self_issued);
  assert_text(&found.issuer, "Tool Server");
  g_byte_array_unref(from);
  from = flight(&nobody, 1, TRUE);
  g_assert_true(reads(from, from->len, &found));
  g_assert_true(found.self_issued);
  g_assert_null(found.subject.bytes);
  g_byte_array_unref(from);
}

/* All that is needed stands in the first 300 bytes of a certificate of more than 800; less tells nothing. */
static void test_cut_off(void) {
  for (guint one = 0; one < 2; one++) {
    GByteArray *from = flight(&self_signed, 1, one != 0);
    gboolean before = FALSE;
    for (guint length = 0; length <= from->len; length++) {
      HgTlsCertificate found;
      const gboolean now = reads(from, length, &found);
      g_assert_true(now || !before);
      if (now) {
        g_assert_true(found.alone && found.self_issued);
        g_assert_cmpuint(found.days, ==, 365);
      } else {
        g_assert_cmpuint(length, <, 400);
      }
      before = now;
    }
    g_byte_array_unref(from);
  }
}

/* Any single byte may lie. */
static void test_hostile(void) {
  GByteArray *from = flight(&self_signed, 2, TRUE);
  for (guint i = 0; i < from->len; i++) {
    const guint8 was = from->data[i];
    for (guint value = 0; value < 256; value += 5) {
      HgTlsCertificate found;
      from->data[i] = (guint8)value;
      if (reads(from, from->len, &found) && found.subject.bytes)
        g_assert_cmpuint(found.subject.length, <=, from->len);
    }
    from->data[i] = was;
  }
  g_byte_array_unref(from);
}

static void test_others(void) {
  GByteArray *from = record(server_hello());
  HgTlsCertificate found;
  g_assert_false(reads(from, from->len, &found)); /* TLS 1.3 */
  from->data[0] = 23;
  g_assert_false(reads(from, from->len, &found));
  g_byte_array_unref(from);
  g_assert_false(hg_tls_certificate_read((const guint8 *)"HTTP/1.1 200 OK\r\n", 17, &found));
}

static gboolean is_tor(const char *issuer, const char *subject) {
  const Described of = {issuer, subject, "180101000000Z", "181010000000Z", 0x17};
  GByteArray *from = certificate(&of);
  HgTlsCertificate found;
  g_assert_true(hg_x509_read(from->data, from->len, &found));
  const gboolean is = hg_tls_certificate_is_tor(&found);
  g_byte_array_unref(from);
  return is;
}

static void test_tor(void) {
  g_assert_true(is_tor("www.3aewxmzqcd.com", "www.b5l2kqxg4aov.net"));
  g_assert_false(is_tor("www.example-firm.com", "www.b5l2kqxg4aov.net"));
  g_assert_false(is_tor("www.3aewxmzqcd.com", "www.3aewxmzqcd.com"));
  g_assert_false(is_tor("www.3aewxmz.com", "www.b5l2kqxg4aov.net"));
  g_assert_false(is_tor("www.aaaaabbbbbcccccddddde.com", "www.b5l2kqxg4aov.net"));
  g_assert_false(is_tor("www.3aewxmzqc8.com", "www.b5l2kqxg4aov.net"));
  g_assert_false(is_tor(NULL, NULL));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/tls-certificate/read", test_read);
  g_test_add_func("/tls-certificate/validity", test_validity);
  g_test_add_func("/tls-certificate/issuers", test_issuers);
  g_test_add_func("/tls-certificate/cut-off", test_cut_off);
  g_test_add_func("/tls-certificate/hostile", test_hostile);
  g_test_add_func("/tls-certificate/others", test_others);
  g_test_add_func("/tls-certificate/tor", test_tor);
  return g_test_run();
}
