/* test_text.c - texts are cleaned, escaped, cut; what a reader gets back is the cleaned text
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/text/text.h"

#include <math.h>
#include <string.h>

#include "../support.h"

typedef void (*Write)(GString *out, const char *text, gssize length);

static char *written(Write write, const char *text, gssize length) {
  GString *out = g_string_new("before ");
  write(out, text, length);
  g_assert_true(g_str_has_prefix(out->str, "before "));
  g_string_erase(out, 0, 7);
  return g_string_free(out, FALSE);
}

#define assert_written(write, text, length, expected)                                              \
  do {                                                                                             \
    char *got = written(write, text, length);                                                      \
    g_assert_cmpstr(got, ==, expected);                                                            \
    g_free(got);                                                                                   \
  } while (0)

static void test_plain(void) {
  assert_written(hg_text_plain, "", -1, "");
  assert_written(hg_text_plain, "10.0.0.1", -1, "10.0.0.1");
  assert_written(hg_text_plain, "abc", 2, "ab");
  assert_written(hg_text_plain, "a\0b", 3, "ab");
  assert_written(hg_text_plain, "a\tb\r\nc\x1b[31m\x7f", -1, "a\tbc[31m");
  /* C1 controls, noncharacters */
  assert_written(hg_text_plain, "\xc2\x80\xc2\x9f\xc2\xa0|\xef\xbf\xbe\xef\xbf\xbf", -1,
                 "\xc2\xa0|");
  /* lone continuation, overlong, surrogate, above U+10FFFF, cut short */
  assert_written(hg_text_plain, "\x80", -1, "\xef\xbf\xbd");
  assert_written(hg_text_plain, "a\xc0\xafz", -1, "a\xef\xbf\xbd\xef\xbf\xbdz");
  assert_written(hg_text_plain, "\xed\xa0\x80", -1, "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  assert_written(hg_text_plain, "\xf4\x90\x80\x80", -1,
                 "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  assert_written(hg_text_plain, "x\xe2\x82", -1, "x\xef\xbf\xbd\xef\xbf\xbd");
  assert_written(hg_text_plain, "\xe2\x82\xac", 2, "\xef\xbf\xbd\xef\xbf\xbd");
  assert_written(hg_text_plain, "\xe2\x82\xac \xf0\x9f\x98\x80", -1,
                 "\xe2\x82\xac \xf0\x9f\x98\x80");
}

static void test_escapes(void) {
  assert_written(hg_text_xml, "<a b=\"c\" d='e'>&]]>\t", -1,
                 "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;]]&gt;&#9;");
  assert_written(hg_text_json, "</script>\"\\\t&", -1,
                 "\"\\u003c/script\\u003e\\\"\\\\\\t\\u0026\"");
  assert_written(hg_text_dot, "a\"b\\N\\", -1, "\"a\\\"b\\\\N\\\\\"");
  assert_written(hg_text_dot, "&lt;", -1, "\"&amp;lt;\"");
}

static void test_csv(void) {
  assert_written(hg_text_csv, "", -1, "");
  assert_written(hg_text_csv, "10.0.0.1", -1, "10.0.0.1");
  assert_written(hg_text_csv, "fe80::1", -1, "fe80::1");
  assert_written(hg_text_csv, "a,b", -1, "\"a,b\"");
  assert_written(hg_text_csv, "say \"x\"", -1, "\"say \"\"x\"\"\"");
  assert_written(hg_text_csv, "=1+1", -1, "\"'=1+1\"");
  assert_written(hg_text_csv, "+1", -1, "\"'+1\"");
  assert_written(hg_text_csv, "-1", -1, "\"'-1\"");
  assert_written(hg_text_csv, "@SUM(A1)", -1, "\"'@SUM(A1)\"");
  assert_written(hg_text_csv, "\t=1", -1, "\"'\t=1\"");
  /* what a spreadsheet sees first, after cleaning */
  assert_written(hg_text_csv, "\r\x01=1", -1, "\"'=1\"");
  assert_written(hg_text_csv, "a\r\nb", -1, "ab");
}

static void test_terminal(void) {
  assert_written(hg_text_terminal, "c\td\x1b[0m\xe2\x80\xae", -1, "c d[0m\\u202E");
  assert_written(hg_text_terminal, "gr\xc3\xbc\xc3\x9f", -1, "gr\xc3\xbc\xc3\x9f");
  assert_written(hg_text_lines, "one\r\n\n\ttwo\xe2\x80\xae\n", -1, "one\n\n two\\u202E\n");
  assert_written(hg_text_lines, "a\nb", 2, "a\n");
  assert_written(hg_text_lines, "", -1, "");
}

/* Every character that nobody sees is shown, and is shown alike once a format's own escapes are read
 * back (test_read_back). */
static void test_hidden(void) {
  static const gunichar hidden[] = {
      0x00AD, 0x034F, 0x061C, 0x115F, 0x180E, 0x200B, 0x200C, 0x200D,  0x200E,  0x200F,
      0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060,  0x2066,  0x2067,
      0x2068, 0x2069, 0x206F, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xE0001, 0xE0041, 0xE01EF,
  };
  static const gunichar seen[] = {' ',    0x00A0, 0x00AC, 0x00AE, 0x200A, 0x2010, 0x202F,  0x2070,
                                  0x05E9, 0x0627, 0x0301, 0xFDFF, 0xFE10, 0xFFFC, 0x1F600, 0xE1000};
  for (gsize i = 0; i < G_N_ELEMENTS(hidden); i++) {
    char text[8] = "",
         *expected = g_strdup_printf(hidden[i] > 0xFFFF ? "a\\U%08Xb" : "a\\u%04Xb", hidden[i]);
    char *bytes = (g_unichar_to_utf8(hidden[i], text), g_strconcat("a", text, "b", NULL));
    assert_written(hg_text_plain, bytes, -1, expected);
    assert_written(hg_text_plain, expected, -1, expected); /* shown once */
    g_free(bytes);
    g_free(expected);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(seen); i++) {
    char text[8] = "";
    g_unichar_to_utf8(seen[i], text);
    assert_written(hg_text_plain, text, -1, text);
  }
  assert_written(hg_text_xml, "<\xe2\x80\xae>", -1, "&lt;\\u202E&gt;");
  assert_written(hg_text_json, "\xe2\x80\xae", -1, "\"\\\\u202E\"");
  assert_written(hg_text_dot, "\xe2\x80\xae", -1, "\"\\\\u202E\"");
  assert_written(hg_text_csv, "\xe2\x80\xae=1", -1, "\"\\u202E=1\"");
}

/* Whatever comes in: valid UTF-8 no longer than the limit, at a character's end, and an ellipsis
 * exactly where something was cut. */
static void test_cut(void) {
  static const struct {
    const char *unit;
    gsize count;
    gboolean cut;
  } cases[] = {
      {"x", HG_TEXT_MAX, FALSE},
      {"x", HG_TEXT_MAX + 1, TRUE},
      {"x", 65536, TRUE},
      {"\xe2\x82\xac", HG_TEXT_MAX / 3, FALSE},
      {"\xe2\x82\xac", HG_TEXT_MAX / 3 + 1, TRUE},
      {"\xf0\x9f\x98\x80", HG_TEXT_MAX / 4, FALSE},
      {"\xf0\x9f\x98\x80", HG_TEXT_MAX / 4 + 1, TRUE},
      {"\xff", 65536, TRUE},
      {"\xe2\x80\xae", HG_TEXT_MAX / 6, FALSE}, /* shown, it takes 6 bytes */
      {"\xe2\x80\xae", HG_TEXT_MAX / 6 + 1, TRUE},
      {"\x01", 65536, FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *in = g_string_new(NULL);
    for (gsize j = 0; j < cases[i].count; j++)
      g_string_append(in, cases[i].unit);
    char *out = written(hg_text_plain, in->str, (gssize)in->len);
    g_assert_true(g_utf8_validate(out, -1, NULL));
    g_assert_cmpuint(strlen(out), <=, HG_TEXT_MAX);
    g_assert_cmpint(g_str_has_suffix(out, "\xe2\x80\xa6"), ==, cases[i].cut);
    if (cases[i].cut)
      g_assert_cmpuint(strlen(out), >, HG_TEXT_MAX - 10);
    char *again = written(hg_text_plain, out, -1);
    g_assert_cmpstr(again, ==, out);
    g_free(again);
    g_free(out);
    g_string_free(in, TRUE);
  }
  /* Escaping does not make the limit smaller. */
  char *quotes = g_strnfill(HG_TEXT_MAX, '"');
  char *out = written(hg_text_xml, quotes, -1);
  g_assert_cmpuint(strlen(out), ==, 6 * HG_TEXT_MAX);
  g_free(out);
  g_free(quotes);
}

static void collect_text(GMarkupParseContext *context, const char *text, gsize length,
                         gpointer data, GError **error) {
  (void)context;
  (void)error;
  g_string_append_len(data, text, (gssize)length);
}

static void collect_attribute(GMarkupParseContext *context, const char *element, const char **names,
                              const char **values, gpointer data, GError **error) {
  (void)context;
  (void)element;
  (void)names;
  (void)error;
  g_string_append_printf(data, "%s|", values[0]);
}

/* GLib's own parsers read back what was written: they must give the plain text. */
static void assert_reads_back(const char *bytes, gsize length) {
  char *plain = written(hg_text_plain, bytes, (gssize)length);

  char *xml = written(hg_text_xml, bytes, (gssize)length);
  char *document = g_strdup_printf("<a b=\"%s\">%s</a>", xml, xml);
  char *expected = g_strdup_printf("%s|%s", plain, plain);
  const GMarkupParser parser = {.start_element = collect_attribute, .text = collect_text};
  GString *seen = g_string_new(NULL);
  GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, seen, NULL);
  GError *error = NULL;
  g_markup_parse_context_parse(context, document, -1, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(seen->str, ==, expected);
  g_markup_parse_context_free(context);
  g_string_free(seen, TRUE);
  g_free(expected);
  g_free(document);
  g_free(xml);

  char *json = written(hg_text_json, bytes, (gssize)length);
  GVariant *string = g_variant_parse(G_VARIANT_TYPE_STRING, json, NULL, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpstr(g_variant_get_string(string, NULL), ==, plain);
  g_assert_null(strpbrk(json, "<>&"));
  g_variant_unref(string);
  g_free(json);
  g_free(plain);
}

static void test_read_back(void) {
  assert_reads_back("]]></script>\"'\\&\t", 17);
  for (int round = 0; round < 5000; round++) {
    guchar bytes[64];
    const gsize length = (gsize)g_test_rand_int_range(0, sizeof bytes);
    for (gsize i = 0; i < length; i++)
      bytes[i] =
          (guchar)(g_test_rand_bit() ? g_test_rand_int_range(0, 256)
                                     : "<>&\"'\\]\t\xe2\x80\xae"[g_test_rand_int_range(0, 11)]);
    assert_reads_back((const char *)bytes, length);
  }
}

static void assert_number(const char *expected, GString *out) {
  g_assert_cmpstr(out->str, ==, expected);
  g_string_truncate(out, 0);
}

static void check_numbers(void) {
  GString *out = g_string_new(NULL);
  hg_text_seconds(out, 0);
  assert_number("0.000000000", out);
  hg_text_seconds(out, G_GINT64_CONSTANT(1700000000123456789));
  assert_number("1700000000.123456789", out);
  hg_text_seconds(out, -1);
  assert_number("-0.000000001", out);
  hg_text_seconds(out, -1500000000);
  assert_number("-1.500000000", out);
  hg_text_seconds(out, G_MININT64);
  assert_number("-9223372036.854775808", out);
  hg_text_integer(out, G_MININT64);
  assert_number("-9223372036854775808", out);
  hg_text_integer(out, 0);
  assert_number("0", out);
  hg_text_double(out, 0.1);
  assert_number("0.1", out);
  hg_text_double(out, 50);
  assert_number("50", out);
  hg_text_double(out, -0.0);
  assert_number("0", out);
  hg_text_double(out, NAN);
  assert_number("0", out);
  hg_text_double(out, -INFINITY);
  assert_number("0", out);
  for (int i = 0; i < 1000; i++) {
    const double value =
        g_test_rand_double_range(-1e6, 1e6) * pow(10, g_test_rand_int_range(-9, 9));
    hg_text_double(out, value);
    g_assert_true(g_ascii_strtod(out->str, NULL) == value);
    g_string_truncate(out, 0);
  }
  g_string_free(out, TRUE);
}

static void test_numbers(void) {
  check_numbers();
}

/* A locale with a decimal comma changes nothing. */
static void test_locale(void) {
  if (!use_decimal_comma()) {
    g_test_skip("no locale with a decimal comma can be had");
    return;
  }
  char comma[8];
  g_snprintf(comma, sizeof comma, "%.1f", 0.5);
  g_assert_cmpstr(comma, ==, "0,5"); /* it is in force */
  check_numbers();
  setlocale(LC_ALL, "C");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/text/plain", test_plain);
  g_test_add_func("/text/escapes", test_escapes);
  g_test_add_func("/text/csv", test_csv);
  g_test_add_func("/text/terminal", test_terminal);
  g_test_add_func("/text/hidden", test_hidden);
  g_test_add_func("/text/cut", test_cut);
  g_test_add_func("/text/read-back", test_read_back);
  g_test_add_func("/text/numbers", test_numbers);
  g_test_add_func("/text/locale", test_locale);
  return g_test_run();
}
