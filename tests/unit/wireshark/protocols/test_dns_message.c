/* test_dns_message.c - DNS messages from bytes: names of all kinds, what is cut off, loops
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/dns_message.h"

#include <string.h>

#define HEAD(flags, questions, answers) "\x12\x34" flags "\0" questions "\0" answers "\0\0\0\0"
#define QUERY "\x01\0"
#define ANSWER "\x81\x83" /* no such name */
#define TYPE(type) "\0" type "\0\x01"

/* Bytes of a literal without its end. */
#define BYTES(literal) (const guint8 *)(literal), sizeof(literal) - 1

/* The name of the only question; NULL when there is none. (transfer full) */
static char *question_of(const guint8 *bytes, guint length) {
  HgDnsMessage message;
  HgDnsRecord question;
  /* A copy of its own, so that a sanitizer sees what is read beyond. */
  guint8 *copy = g_memdup2(bytes, length);
  char *name = NULL;
  if (hg_dns_message_begin(&message, copy, length) && hg_dns_message_question(&message, &question))
    name = g_strdup(question.name);
  g_free(copy);
  return name;
}

static void assert_name(const guint8 *bytes, guint length, const char *expected) {
  char *name = question_of(bytes, length);
  g_assert_cmpstr(name, ==, expected);
  g_free(name);
}

static void test_question(void) {
  static const char bytes[] = HEAD(QUERY, "\1", "\0") "\3www\7Example\3com\0" TYPE("\x10");
  HgDnsMessage message;
  HgDnsRecord question;
  g_assert_true(hg_dns_message_begin(&message, BYTES(bytes)));
  g_assert_false(message.is_response);
  g_assert_cmpuint(message.opcode, ==, 0);
  g_assert_true(hg_dns_message_question(&message, &question));
  g_assert_cmpstr(question.name, ==, "www.Example.com");
  g_assert_cmpstr(hg_dns_type_name(question.type), ==, "TXT");
  g_assert_false(hg_dns_message_question(&message, &question));
  g_assert_false(hg_dns_message_record(&message, &question));
}

static void test_records(void) {
  static const char bytes[] = HEAD(ANSWER, "\1", "\2") "\1a\2bc\0" TYPE("\1") /* name at 12 */
      "\xc0\x0e" TYPE("\5") "\0\0\0\1\0\2\xc0\x0c"                            /* bc: an alias */
                            "\1x\xc0\x0c" TYPE("\1") "\0\0\0\1\0\4\x0a\0\0\1";
  HgDnsMessage message;
  HgDnsRecord record;
  g_assert_true(hg_dns_message_begin(&message, BYTES(bytes)));
  g_assert_true(message.is_response);
  g_assert_cmpstr(hg_dns_code_name(message.code), ==, "NXDOMAIN");
  g_assert_true(hg_dns_message_question(&message, &record));
  g_assert_true(hg_dns_message_record(&message, &record));
  g_assert_cmpstr(record.name, ==, "bc");
  g_assert_cmpuint(record.length, ==, 2);
  g_assert_true(hg_dns_message_record(&message, &record));
  g_assert_cmpstr(record.name, ==, "x.a.bc");
  g_assert_cmpmem(record.data, record.length, "\x0a\0\0\1", 4);
  g_assert_false(hg_dns_message_record(&message, &record));
}

static void test_odd_names(void) {
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\0" TYPE("\1")), ".");
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\3a.b\1c\0" TYPE("\1")), "a\\.b.c");
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\3a\\b\1c\0" TYPE("\1")), "a\\\\b.c");
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\4a\0\n \1c\0" TYPE("\1")), "a\\000\\010\\032.c");
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\3b\xc3\xbc\1c\0" TYPE("\1")), "b\xc3\xbc.c");
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\2b\xc3\1c\0" TYPE("\1")), "b\\195.c");
  /* Right-to-left override: no printable character. */
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\3\xe2\x80\xae\1c\0" TYPE("\1")), "\\226\\128\\174.c");
}

/* 255 bytes are the most that a name may have, and 63 a label. */
static void test_long_names(void) {
  guint8 bytes[12 + 300] = HEAD(QUERY, "\1", "\0");
  for (guint labels = 3; labels <= 4; labels++) {
    guint at = 12;
    for (guint label = 0; label < labels; label++, at += 64) {
      bytes[at] = 63;
      memset(bytes + at + 1, 0xff, 63);
    }
    bytes[at] = 0;
    memset(bytes + at + 1, 0, 4);
    char *name = question_of(bytes, at + 5);
    g_assert_true((name != NULL) == (labels == 3)); /* 193 and 257 bytes */
    g_assert_true(!name || strlen(name) == 3 * 63 * 4 + 2);
    g_free(name);
  }
}

static void test_senseless(void) {
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\xc0\x0c" TYPE("\1")), NULL);    /* to itself */
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\1a\xc0\x0c" TYPE("\1")), NULL); /* and back */
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\xc0\x20" TYPE("\1")), NULL);    /* onward */
  assert_name(BYTES(HEAD(QUERY, "\1", "\0") "\x41"
                                            "a\0" TYPE("\1")),
              NULL); /* reserved */
  assert_name(BYTES(HEAD(QUERY, "\0", "\0")), NULL);
}

/* Whatever is cut off, nothing is read beyond, and no question is made up. */
static void test_cut(void) {
  static const char bytes[] = HEAD(ANSWER, "\1", "\1") "\3www\7example\3com\0" TYPE(
      "\1") "\xc0\x0c" TYPE("\1") "\0\0\0\1\0\4\x0a\0\0\1";
  const guint whole = sizeof bytes - 1;
  for (guint length = 0; length <= whole; length++) {
    guint8 *copy = g_memdup2(bytes, length);
    HgDnsMessage message;
    HgDnsRecord record;
    guint questions = 0, records = 0;
    if (hg_dns_message_begin(&message, copy, length)) {
      while (hg_dns_message_question(&message, &record))
        questions++;
      while (hg_dns_message_record(&message, &record))
        records++;
    }
    g_assert_cmpuint(questions, ==, length >= 12 + 17 + 4);
    g_assert_cmpuint(records, ==, length == whole);
    g_free(copy);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/dns-message/question", test_question);
  g_test_add_func("/dns-message/records", test_records);
  g_test_add_func("/dns-message/odd-names", test_odd_names);
  g_test_add_func("/dns-message/long-names", test_long_names);
  g_test_add_func("/dns-message/senseless", test_senseless);
  g_test_add_func("/dns-message/cut", test_cut);
  return g_test_run();
}
