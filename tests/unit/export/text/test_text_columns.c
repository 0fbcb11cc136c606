/* test_text_columns.c - texts and tables keep within the columns of a line
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/text/columns.h"
#include "export/text_report/table.h"

#include <string.h>

static void test_width(void) {
  static const struct {
    const char *text;
    guint width;
  } cases[] = {
      {"", 0}, {"abc", 3}, {"é", 1}, {"日本", 4}, {"e\xCC\x81", 1}, {"…", 1},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
    g_assert_cmpuint(hg_columns_width(cases[i].text), ==, cases[i].width);
}

static void test_cut(void) {
  static const struct {
    const char *text;
    guint width;
    const char *cut;
  } cases[] = {
      {"abcdef", 6, "abcdef"},
      {"abcdef", 5, "abcd…"},
      {"abcdef", 1, "…"},
      {"abcdef", 0, ""},
      {"日本語", 6, "日本語"},
      {"日本語", 5, "日本…"},
      {"日本語", 4, "日…"},
      {"a\nb\x1b[31mc\td", 20, "ab[31mc d"},
      {"\xE2\x80\xAEgpj.exe", 20, "\\u202Egpj.exe"},
      {"\xFFx", 5, "\xEF\xBF\xBDx"},
      {"z\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81", 5, "z\xCC\x81\xCC\x81\xCC\x81"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) out = g_string_new(NULL);
    hg_columns_cut(out, cases[i].text, cases[i].width);
    g_assert_cmpstr(out->str, ==, cases[i].cut);
  }
}

/* `length` letters. (transfer full) */
static char *letters(guint length) {
  return g_strnfill(length, (char)('a' + length % 26));
}

static void assert_lines_fit(const char *text) {
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (hg_columns_width(lines[i]) > HG_COLUMNS_LINE)
      g_error("too wide: %s", lines[i]);
    g_assert_false(g_str_has_suffix(lines[i], " "));
  }
}

/* No word is lost, and no line is too long. */
static void test_wrap(void) {
  for (guint round = 0; round < 200; round++) {
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GString) out = g_string_new("0123456789");
    const guint words = (guint)g_test_rand_int_range(0, 60);
    for (guint i = 0; i < words; i++) {
      g_autofree char *word = letters((guint)g_test_rand_int_range(1, 40));
      g_string_append_printf(text, "%s%s", i ? " " : "", word);
    }
    hg_columns_wrap(out, text->str, 10, 12);
    assert_lines_fit(out->str);
    g_assert_true(g_str_has_suffix(out->str, "\n"));
    g_auto(GStrv) wanted = g_strsplit(text->str, " ", -1);
    const char *at = out->str + 10;
    for (guint i = 0; wanted[i] && *wanted[i]; i++) {
      while (*at == ' ' || *at == '\n')
        at++;
      g_assert_true(g_str_has_prefix(at, wanted[i]));
      at += strlen(wanted[i]);
    }
  }
}

static void test_wrap_endless_word(void) {
  g_autofree char *word = letters(5000);
  g_autofree char *text = g_strconcat("a ", word, " b", NULL);
  g_autoptr(GString) out = g_string_new(NULL);
  hg_columns_wrap(out, text, 0, 15);
  assert_lines_fit(out->str);
  g_assert_nonnull(strstr(out->str, "…"));
}

static const HgTableColumn columns[] = {
    {"A", HG_COLUMN_KEY},          {"", HG_COLUMN_WORD},     {"B", HG_COLUMN_KEY},
    {"Packets", HG_COLUMN_NUMBER}, {"Text", HG_COLUMN_TEXT}, {"Bytes", HG_COLUMN_NUMBER},
    {"List", HG_COLUMN_LIST},      {NULL, HG_COLUMN_WORD},
};

/* Whatever the widths: lines fit; addresses and numbers are whole. */
static void test_tables(void) {
  for (guint round = 0; round < 300; round++) {
    HgTable *table = hg_table_new(columns, 4);
    HgOutput *output = hg_output_new_string();
    g_autoptr(GPtrArray) whole = g_ptr_array_new_with_free_func(g_free);
    const guint rows = (guint)g_test_rand_int_range(1, 12);
    const int widest = g_test_rand_int_range(2, 40);
    for (guint row = 0; row < rows; row++) {
      char *const a = letters((guint)g_test_rand_int_range(1, widest));
      char *const b = letters((guint)g_test_rand_int_range(1, widest));
      const guint64 number = (guint64)g_test_rand_int_range(0, G_MAXINT32);
      g_autofree char *text = letters((guint)g_test_rand_int_range(0, 70));
      g_autofree char *list = letters((guint)g_test_rand_int_range(0, 200));
      hg_table_add(table, a);
      hg_table_add(table, "->");
      hg_table_add(table, b);
      hg_table_add_number(table, number);
      hg_table_add(table, text);
      hg_table_add_number(table, 7 * number);
      hg_table_add(table, list);
      if (row % 2)
        hg_table_note(table,
                      "a note that is long enough to be broken, as it has more than a "
                      "hundred columns when nothing is taken away from it",
                      row % 4 == 1);
      g_ptr_array_add(whole, a);
      g_ptr_array_add(whole, b);
      g_ptr_array_add(whole, g_strdup_printf("%" G_GUINT64_FORMAT, number));
      g_ptr_array_add(whole, g_strdup_printf("%" G_GUINT64_FORMAT, 7 * number));
    }
    hg_table_print(table, output);
    g_autofree char *printed = hg_output_take_string(output);
    assert_lines_fit(printed);
    const char *at = printed;
    for (guint i = 0; i < whole->len; i++) {
      at = strstr(at, whole->pdata[i]); /* in this order */
      g_assert_nonnull(at);
    }
    hg_table_free(table);
  }
}

static void test_empty_table(void) {
  HgTable *table = hg_table_new(columns, 0);
  HgOutput *output = hg_output_new_string();
  hg_table_print(table, output);
  g_autofree char *printed = hg_output_take_string(output);
  g_assert_cmpstr(printed, ==, "");
  hg_table_free(table);
  hg_table_free(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/columns/width", test_width);
  g_test_add_func("/columns/cut", test_cut);
  g_test_add_func("/columns/wrap", test_wrap);
  g_test_add_func("/columns/endless-word", test_wrap_endless_word);
  g_test_add_func("/table/random", test_tables);
  g_test_add_func("/table/empty", test_empty_table);
  return g_test_run();
}
