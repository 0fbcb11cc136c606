/* test_telnet_stream.c - what is text on a Telnet connection, and what is a command
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/telnet_stream.h"

#include <string.h>

/* Tokens as text: "a" for the byte a, "<241>" for a command, "<251:1>" for an option. */
static void check(const char *bytes, gsize length, const char *expected) {
  HgTelnetStream stream = {0};
  GString *tokens = g_string_new(NULL);
  for (gsize i = 0; i < length; i++) {
    const HgTelnetToken token = hg_telnet_next(&stream, (guint8)bytes[i]);
    if (token.kind == HG_TELNET_TEXT)
      g_string_append_c(tokens, (char)token.value);
    else if (token.kind == HG_TELNET_COMMAND)
      g_string_append_printf(tokens, "<%u>", token.value);
    else if (token.kind == HG_TELNET_OPTION)
      g_string_append_printf(tokens, "<%u:%u>", token.value, token.option);
  }
  g_assert_cmpstr(tokens->str, ==, expected);
  g_string_free(tokens, TRUE);
}

#define CHECK(bytes, expected) check(bytes, sizeof bytes - 1, expected)

static void test_text(void) {
  CHECK("", "");
  CHECK("login: ", "login: ");
  CHECK("a\xff\xff"
        "b",
        "a\xff"
        "b");
}

static void test_commands(void) {
  CHECK("\xff\xfb\x01\xff\xfe\x03x", "<251:1><254:3>x");
  CHECK("a\xff\xf4\xff\xf7"
        "b",
        "a<244><247>b");
  CHECK("\xff\xfb\xffx", "<251:255>x");
  CHECK("x\xff", "x");
}

/* RFC 855: a doubled 255 within is data of the suboption. */
static void test_suboptions(void) {
  CHECK("a\xff\xfa\x18\x01secret\xff\xff\xf0more\xff\xf0"
        "b",
        "ab");
  CHECK("\xff\xfa\x18never ended", "");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/telnet-stream/text", test_text);
  g_test_add_func("/telnet-stream/commands", test_commands);
  g_test_add_func("/telnet-stream/suboptions", test_suboptions);
  return g_test_run();
}
