/* wording.c - numbers and times in the words of evidence, independent of the locale
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wording.h"

#include <math.h>

/* How many hosts a sentence names before "and N others". */
#define NAMED_HOSTS 3

/* Faster than printf, which takes several times as long. */
static char *count_to_text(gint64 number) {
  char text[24], *start = text + sizeof text;
  guint64 rest = (guint64)ABS(number);
  do
    *--start = (char)('0' + rest % 10);
  while (rest /= 10);
  if (number < 0)
    *--start = '-';
  return g_strndup(start, (gsize)(text + sizeof text - start));
}

char *hg_wording_number(double number, guint decimals) {
  /* Most numbers are counts. */
  if (number == floor(number) && fabs(number) < 1e15)
    return count_to_text((gint64)number);
  char format[16], text[G_ASCII_DTOSTR_BUF_SIZE + 400];
  g_snprintf(format, sizeof format, "%%.%uf", MIN(decimals, 9));
  g_ascii_formatd(text, sizeof text, format, number);
  if (strchr(text, '.')) {
    gsize length = strlen(text);
    while (text[length - 1] == '0')
      length--;
    if (text[length - 1] == '.')
      length--;
    text[length] = '\0';
  }
  return g_strdup(g_str_equal(text, "-0") ? "0" : text);
}

char *hg_wording_span(gint64 nanoseconds) {
  static const struct {
    double from, divisor; /* seconds */
    const char *unit;
  } units[] = {{2 * 86400.0, 86400, "days"},
               {2 * 3600.0, 3600, "h"},
               {120, 60, "min"},
               {1, 1, "s"},
               {0, 1e-3, "ms"}};
  const double seconds = fabs((double)nanoseconds / 1e9);
  guint i = 0;
  while (seconds < units[i].from)
    i++;
  char *number = hg_wording_number(seconds / units[i].divisor, 1);
  char *text = g_strconcat(number, " ", units[i].unit, NULL);
  g_free(number);
  return text;
}

char *hg_wording_period(gint64 first, gint64 last) {
  return hg_time_is_known(first) && hg_time_is_known(last)
             ? hg_wording_span(hg_time_span(first, last))
             : g_strdup("an unknown time");
}

char *hg_wording_hosts(const HgTally *tally, const GArray *hosts, guint total) {
  GString *text = g_string_new(NULL);
  const guint named = MIN(hosts->len, total > NAMED_HOSTS + 1 ? NAMED_HOSTS : NAMED_HOSTS + 1);
  for (guint i = 0; i < named; i++) {
    const char *between = i == 0 ? "" : i + 1 == named && named == total ? " and " : ", ";
    const HgHost *host = hg_tally_host(tally, g_array_index(hosts, guint32, i));
    g_string_append(text, between);
    g_string_append(text, host->text);
  }
  if (named < total)
    g_string_append_printf(text, " and %u other%s", total - named, total - named == 1 ? "" : "s");
  return g_string_free(text, FALSE);
}
