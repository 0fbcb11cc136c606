/* text.c - the only place where text from packets is made harmless for a format
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "text.h"

#include <math.h>
#include <string.h>

#include "hidden.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */
#define ELLIPSIS "\xE2\x80\xA6"    /* U+2026 */

/* How a format writes a character: NULL: unchanged; else the replacement. */
typedef const char *(*Escape)(gunichar c);

/* Characters that no format may carry: XML 1.0 cannot hold most of them, and the C1 range and DEL
 * drive terminals. Tab is the one control character that is text. */
static gboolean is_forbidden(gunichar c) {
  return (c < 0x20 && c != '\t') || (c >= 0x7F && c <= 0x9F) || c == 0xFFFE || c == 0xFFFF;
}

/* The character at `p` and its length in bytes; (gunichar)-1: no valid character begins there. */
static gunichar next_character(const char *p, const char *end, gsize *length) {
  *length = 1;
  if ((guchar)*p < 0x80)
    return (guchar)*p;
  const gunichar c = g_utf8_get_char_validated(p, end - p);
  if (c == (gunichar)-1 || c == (gunichar)-2)
    return (gunichar)-1;
  *length = (gsize)(g_utf8_next_char(p) - p);
  return c;
}

/* What every format writes for a character, before it escapes that: NULL: the character itself; "":
 * nothing. `shown` is room for it. */
static const char *clean(gunichar c, char shown[HG_HIDDEN_ESCAPE]) {
  if (c == (gunichar)-1)
    return REPLACEMENT;
  if (is_forbidden(c))
    return "";
  if (c < 0x80 || !hg_is_hidden(c))
    return NULL;
  hg_hidden_escape(c, shown);
  return shown;
}

/* Appends what clean() gave. Only the backslash in it can be something that a format escapes. */
static void append_cleaned(GString *out, const char *cleaned, Escape escape) {
  const char *backslash = *cleaned == '\\' && escape ? escape('\\') : NULL;
  if (backslash)
    g_string_append(out, backslash);
  g_string_append(out, cleaned + (backslash != NULL));
}

/* Cleans, escapes and cuts. Runs of unchanged characters are copied at once. */
static void append(GString *out, const char *text, gssize length, Escape escape) {
  const char *end = text + (length < 0 ? strlen(text) : (gsize)length);
  const char *run = text;
  gsize kept = 0;  /* bytes of cleaned text, before escaping */
  gssize cut = -1; /* offset in `out` for an ellipsis */
  gsize n;

  for (const char *p = text; p < end; p += n) {
    const gunichar c = next_character(p, end, &n);
    char shown[HG_HIDDEN_ESCAPE];
    const char *cleaned = clean(c, shown);
    const char *escaped = !cleaned && escape ? escape(c) : NULL;
    const gsize size = cleaned ? strlen(cleaned) : n;

    if (cut < 0 && kept + size > HG_TEXT_MAX - strlen(ELLIPSIS)) {
      g_string_append_len(out, run, p - run);
      run = p;
      cut = (gssize)out->len;
    }
    if (kept + size > HG_TEXT_MAX) {
      g_string_truncate(out, (gsize)cut);
      g_string_append(out, ELLIPSIS);
      return;
    }
    kept += size;
    if (cleaned || escaped) {
      g_string_append_len(out, run, p - run);
      if (cleaned)
        append_cleaned(out, cleaned, escape);
      else
        g_string_append(out, escaped);
      run = p + n;
    }
  }
  g_string_append_len(out, run, end - run);
}

void hg_text_plain(GString *out, const char *text, gssize length) {
  append(out, text, length, NULL);
}

/* A tab is written as a reference, because readers turn a plain one in an attribute into a blank.
 */
static const char *escape_xml(gunichar c) {
  switch (c) {
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '&':
    return "&amp;";
  case '"':
    return "&quot;";
  case '\'':
    return "&#39;";
  case '\t':
    return "&#9;";
  default:
    return NULL;
  }
}

void hg_text_xml(GString *out, const char *text, gssize length) {
  append(out, text, length, escape_xml);
}

/* Escapes < > & so that the text can stand inside a script element. */
static const char *escape_json(gunichar c) {
  switch (c) {
  case '"':
    return "\\\"";
  case '\\':
    return "\\\\";
  case '\t':
    return "\\t";
  case '<':
    return "\\u003c";
  case '>':
    return "\\u003e";
  case '&':
    return "\\u0026";
  default:
    return NULL;
  }
}

void hg_text_json(GString *out, const char *text, gssize length) {
  g_string_append_c(out, '"');
  append(out, text, length, escape_json);
  g_string_append_c(out, '"');
}

/* Graphviz reads escapes (\N, \G, \l) and HTML entities in labels. */
static const char *escape_dot(gunichar c) {
  switch (c) {
  case '"':
    return "\\\"";
  case '\\':
    return "\\\\";
  case '&':
    return "&amp;";
  default:
    return NULL;
  }
}

void hg_text_dot(GString *out, const char *text, gssize length) {
  g_string_append_c(out, '"');
  append(out, text, length, escape_dot);
  g_string_append_c(out, '"');
}

static const char *escape_csv(gunichar c) {
  return c == '"' ? "\"\"" : NULL;
}

/* Whether a cell needs no quotes, as hosts, protocols and times mostly do not. */
static gboolean is_bare(const char *cell) {
  for (; *cell; cell++)
    if (!g_ascii_isalnum(*cell) && !strchr("._:/-", *cell))
      return FALSE;
  return TRUE;
}

void hg_text_csv(GString *out, const char *text, gssize length) {
  const gsize start = out->len;
  append(out, text, length, escape_csv);
  /* Checked after cleaning, because a spreadsheet sees the cleaned text. Any CR is dropped by then.
   */
  const char *cell = out->str + start;
  if (*cell && strchr("=+-@\t", *cell))
    g_string_insert_c(out, (gssize)start, '\'');
  if (is_bare(out->str + start))
    return;
  g_string_insert_c(out, (gssize)start, '"');
  g_string_append_c(out, '"');
}

static const char *escape_terminal(gunichar c) {
  return c == '\t' ? " " : NULL;
}

void hg_text_terminal(GString *out, const char *text, gssize length) {
  append(out, text, length, escape_terminal);
}

void hg_text_lines(GString *out, const char *text, gssize length) {
  const char *const end = text + (length < 0 ? strlen(text) : (gsize)length);
  for (const char *line = text; line <= end;) {
    const char *const found = memchr(line, '\n', (gsize)(end - line));
    const char *const stop = found ? found : end;
    if (line > text)
      g_string_append_c(out, '\n');
    hg_text_terminal(out, line, stop - line);
    line = stop + 1;
  }
}

/* Appends the decimal digits of `value`, at least `digits` of them. Most of an export are numbers,
 * and printf would take half of the time. */
static void append_unsigned(GString *out, guint64 value, guint digits) {
  char text[24];
  char *p = text + sizeof text;
  const char *const end = p;
  while (value > 0 || digits > 0) {
    *--p = (char)('0' + value % 10);
    value /= 10;
    if (digits > 0)
      digits--;
  }
  g_string_append_len(out, p, end - p);
}

/* Correct for G_MININT64, too. */
static guint64 magnitude(gint64 value) {
  return value < 0 ? -(guint64)value : (guint64)value;
}

void hg_text_integer(GString *out, gint64 value) {
  if (value < 0)
    g_string_append_c(out, '-');
  append_unsigned(out, magnitude(value), 1);
}

void hg_text_seconds(GString *out, gint64 ns) {
  const guint64 second = G_GUINT64_CONSTANT(1000000000);
  if (ns < 0)
    g_string_append_c(out, '-');
  append_unsigned(out, magnitude(ns) / second, 1);
  g_string_append_c(out, '.');
  append_unsigned(out, magnitude(ns) % second, 9);
}

void hg_text_iso8601(GString *out, gint64 ns) {
  const gint64 second = G_GINT64_CONSTANT(1000000000);
  const gint64 seconds = ns / second - (ns % second < 0);
  GDateTime *time = g_date_time_new_from_unix_utc(seconds); /* 64 bits of ns fit: 1677 to 2262 */
  const struct {
    int value;
    guint digits;
    char after;
  } parts[] = {
      {g_date_time_get_year(time), 4, '-'},         {g_date_time_get_month(time), 2, '-'},
      {g_date_time_get_day_of_month(time), 2, 'T'}, {g_date_time_get_hour(time), 2, ':'},
      {g_date_time_get_minute(time), 2, ':'},       {g_date_time_get_second(time), 2, '.'},
      {(int)(ns - seconds * second), 9, 'Z'},
  };
  for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
    append_unsigned(out, (guint64)parts[i].value, parts[i].digits);
    g_string_append_c(out, parts[i].after);
  }
  g_date_time_unref(time);
}

void hg_text_double(GString *out, double value) {
  if (!isfinite(value) || value == 0) {
    g_string_append_c(out, '0');
    return;
  }
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  for (int digits = 15; digits <= 17; digits++) {
    char format[] = "%.15g";
    format[3] = (char)('0' + digits % 10);
    g_ascii_formatd(text, sizeof text, format, value);
    if (g_ascii_strtod(text, NULL) == value)
      break;
  }
  g_string_append(out, text);
}
