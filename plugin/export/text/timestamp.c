/* timestamp.c - parses times that people type
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "timestamp.h"

#include <string.h>

#define NS_PER_SECOND G_GINT64_CONSTANT(1000000000)

/* Reads ".ddd" (1 to 9 digits), or nothing, as nanoseconds, and moves `text` behind it. */
static gboolean parse_fraction(const char **text, gint64 *ns) {
  *ns = 0;
  if (**text != '.')
    return TRUE;
  gint64 unit = NS_PER_SECOND;
  for ((*text)++; g_ascii_isdigit(**text); (*text)++) {
    if (unit == 1)
      return FALSE;
    unit /= 10;
    *ns += (**text - '0') * unit;
  }
  return unit < NS_PER_SECOND;
}

static gboolean combine(gint64 seconds, gint64 fraction, gboolean negative, gint64 *ns) {
  if (seconds > G_MAXINT64 / NS_PER_SECOND - 1)
    return FALSE;
  gint64 total = seconds * NS_PER_SECOND + fraction;
  *ns = negative ? -total : total;
  return TRUE;
}

gboolean hg_timestamp_parse_seconds(const char *text, gint64 *ns) {
  const gboolean negative = *text == '-';
  const char *at = text + negative;
  const char *digits = at;
  gint64 seconds = 0, fraction;
  for (; g_ascii_isdigit(*at); at++) {
    if (seconds > G_MAXINT64 / 10 - 9)
      return FALSE;
    seconds = seconds * 10 + (*at - '0');
  }
  if (at == digits || !parse_fraction(&at, &fraction) || *at != '\0')
    return FALSE;
  return combine(seconds, fraction, negative, ns);
}

/* Reads exactly `count` digits. */
static gboolean parse_digits(const char **text, int count, int *value) {
  *value = 0;
  for (int i = 0; i < count; i++, (*text)++) {
    if (!g_ascii_isdigit(**text))
      return FALSE;
    *value = *value * 10 + (**text - '0');
  }
  return TRUE;
}

static gboolean parse_character(const char **text, char wanted) {
  if (**text != wanted)
    return FALSE;
  (*text)++;
  return TRUE;
}

/* "", "Z", "+02", "+0200", "+02:00": seconds east of UTC. */
static gboolean parse_zone(const char *text, gint64 *offset) {
  int hours = 0, minutes = 0;
  *offset = 0;
  if (*text == '\0' || g_ascii_strcasecmp(text, "Z") == 0)
    return TRUE;
  const char sign = *text++;
  if ((sign != '+' && sign != '-') || !parse_digits(&text, 2, &hours))
    return FALSE;
  if (*text != '\0') {
    parse_character(&text, ':');
    if (!parse_digits(&text, 2, &minutes))
      return FALSE;
  }
  if (*text != '\0' || hours > 23 || minutes > 59)
    return FALSE;
  *offset = (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
  return TRUE;
}

/* Reads "12:00", "12:00:30", "12:00:30.5" and the zone after it. */
static gboolean parse_clock(const char *text, int *hour, int *minute, int *second, gint64 *fraction,
                            gint64 *offset) {
  if (!parse_digits(&text, 2, hour) || !parse_character(&text, ':') ||
      !parse_digits(&text, 2, minute))
    return FALSE;
  if (*text == ':') {
    text++;
    if (!parse_digits(&text, 2, second) || !parse_fraction(&text, fraction))
      return FALSE;
  }
  return parse_zone(text, offset);
}

static gboolean parse_iso(const char *text, gint64 *ns) {
  int year, month, day, hour = 0, minute = 0, second = 0;
  gint64 fraction = 0, offset = 0;
  if (!parse_digits(&text, 4, &year) || !parse_character(&text, '-') ||
      !parse_digits(&text, 2, &month) || !parse_character(&text, '-') ||
      !parse_digits(&text, 2, &day))
    return FALSE;
  if (*text != '\0') {
    if (*text != 'T' && *text != 't' && *text != ' ')
      return FALSE;
    if (!parse_clock(text + 1, &hour, &minute, &second, &fraction, &offset))
      return FALSE;
  }
  g_autoptr(GDateTime) when = g_date_time_new_utc(year, month, day, hour, minute, second);
  if (!when)
    return FALSE;
  const gint64 seconds = g_date_time_to_unix(when) - offset;
  if (ABS(seconds) > G_MAXINT64 / NS_PER_SECOND - 1)
    return FALSE;
  *ns = seconds * NS_PER_SECOND + fraction;
  return TRUE;
}

gboolean hg_timestamp_parse(const char *text, gint64 *ns) {
  return hg_timestamp_parse_seconds(text, ns) || parse_iso(text, ns);
}
