/* fuzz_text.c - any bytes through every escaping: a reader must get the cleaned text back
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "export/text/hidden.h"
#include "export/text/text.h"
#include "fuzz.h"

typedef void (*Write)(GString *out, const char *text, gssize length);

static GString *written(Write write, const uint8_t *data, size_t size) {
  GString *out = g_string_new(NULL);
  write(out, (const char *)data, (gssize)size);
  CHECK(g_utf8_validate_len(out->str, out->len, NULL));
  return out;
}

static void collect(GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                    GError **error) {
  (void)context;
  (void)error;
  g_string_append_len(data, text, (gssize)length);
}

static void check_xml(const GString *xml, const GString *plain) {
  static const GMarkupParser parser = {.text = collect};
  GString *seen = g_string_new(NULL);
  GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, seen, NULL);
  CHECK(g_markup_parse_context_parse(context, "<a>", 3, NULL));
  CHECK(g_markup_parse_context_parse(context, xml->str, (gssize)xml->len, NULL));
  CHECK(g_markup_parse_context_parse(context, "</a>", 4, NULL));
  CHECK(g_markup_parse_context_end_parse(context, NULL));
  CHECK(g_string_equal(seen, plain));
  g_markup_parse_context_free(context);
  g_string_free(seen, TRUE);
}

static void check_json(const GString *json, const GString *plain) {
  GVariant *value = g_variant_parse(G_VARIANT_TYPE_STRING, json->str, NULL, NULL, NULL);
  CHECK(value != NULL);
  CHECK(strcmp(g_variant_get_string(value, NULL), plain->str) == 0);
  CHECK(!strpbrk(json->str, "<>&"));
  g_variant_unref(value);
}

/* RFC 4180, read back; an apostrophe guards what a spreadsheet would compute. */
static void check_csv(const GString *csv, const GString *plain) {
  GString *seen = g_string_new(NULL);
  const char *p = csv->str;
  if (*p == '"') {
    for (p++; *p != '"' || p[1] == '"'; p += *p == '"' ? 2 : 1) {
      CHECK(*p != '\0');
      g_string_append_c(seen, *p);
    }
    CHECK(p[1] == '\0');
  } else {
    CHECK(!strpbrk(p, ",\"\r\n;"));
    g_string_append(seen, p);
  }
  CHECK(!*seen->str || !strchr("=+-@\t\r", *seen->str));
  const gboolean guarded = *plain->str && strchr("=+-@\t", *plain->str);
  CHECK(strcmp(seen->str + guarded, plain->str) == 0);
  g_string_free(seen, TRUE);
}

/* As Graphviz reads a label. */
static void check_dot(const GString *dot, const GString *plain) {
  GString *seen = g_string_new(NULL);
  const char *p = dot->str + 1;
  for (; *p != '"'; p++) {
    CHECK(*p != '\0');
    if (*p == '\\') {
      p++;
      CHECK(*p == '\\' || *p == '"');
    }
    if (g_str_has_prefix(p, "&amp;")) {
      g_string_append_c(seen, '&');
      p += strlen("&amp;") - 1;
    } else {
      CHECK(*p != '&');
      g_string_append_c(seen, *p);
    }
  }
  CHECK(p[1] == '\0' && dot->str[0] == '"');
  CHECK(g_string_equal(seen, plain));
  g_string_free(seen, TRUE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  GString *plain = written(hg_text_plain, data, size);
  CHECK(plain->len <= HG_TEXT_MAX);
  CHECK(strlen(plain->str) == plain->len);
  for (const char *p = plain->str; *p; p++)
    CHECK(((guchar)*p >= 0x20 && *p != 0x7F) || *p == '\t');
  for (const char *p = plain->str; *p; p = g_utf8_next_char(p))
    CHECK(!hg_is_hidden(g_utf8_get_char(p)));
  GString *again = written(hg_text_plain, (const uint8_t *)plain->str, plain->len);
  CHECK(g_string_equal(again, plain));
  g_string_free(again, TRUE);

  static const struct {
    Write write;
    void (*check)(const GString *escaped, const GString *plain);
  } cases[] = {{hg_text_xml, check_xml},
               {hg_text_json, check_json},
               {hg_text_csv, check_csv},
               {hg_text_dot, check_dot}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    GString *escaped = written(cases[i].write, data, size);
    cases[i].check(escaped, plain);
    g_string_free(escaped, TRUE);
  }
  GString *terminal = written(hg_text_terminal, data, size);
  CHECK(terminal->len <= HG_TEXT_MAX);
  for (const char *p = terminal->str; *p; p = g_utf8_next_char(p))
    CHECK(!g_unichar_iscntrl(g_utf8_get_char(p)) && !hg_is_hidden(g_utf8_get_char(p)));
  g_string_free(terminal, TRUE);
  g_string_free(plain, TRUE);
  return 0;
}
