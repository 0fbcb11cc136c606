/* address_text.c - IP addresses in text that may be anything: requests, commands, URIs
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "address_text.h"

#include <string.h>

/* The longest text of an IPv6 address, with an IPv4 address at its end. */
#define IPV6_TEXT 45

typedef struct {
  const guint8 *bytes;
  gsize length;
} Text;

static gboolean is_digit_at(Text text, gsize at) {
  return at < text.length && g_ascii_isdigit(text.bytes[at]);
}

/* How many bytes stand for this character at `at`: itself, or "%XX"; 0: another character does. */
static gsize escaped_at(Text text, gsize at, char character) {
  if (at < text.length && text.bytes[at] == (guint8)character)
    return 1;
  if (at + 2 < text.length && text.bytes[at] == '%' &&
      g_ascii_xdigit_value((char)text.bytes[at + 1]) * 16 +
              g_ascii_xdigit_value((char)text.bytes[at + 2]) ==
          character)
    return 3;
  return 0;
}

/* A decimal number of up to `digits` digits. */
static gboolean take_number(Text text, gsize *at, guint digits, guint max, guint *number) {
  const gsize begin = *at;
  *number = 0;
  while (is_digit_at(text, *at) && *at - begin <= digits)
    *number = *number * 10 + (guint)(text.bytes[(*at)++] - '0');
  return *at > begin && *at - begin <= digits && *number <= max;
}

/* Whether what stands before `begin` is not a part of the same word or number. "%2F" ends with a letter. */
static gboolean begins_word(Text text, gsize begin) {
  if (begin == 0)
    return TRUE;
  if (begin >= 3 && text.bytes[begin - 3] == '%' && g_ascii_isxdigit(text.bytes[begin - 2]) &&
      g_ascii_isxdigit(text.bytes[begin - 1]))
    return TRUE;
  return !g_ascii_isalnum(text.bytes[begin - 1]) && text.bytes[begin - 1] != '.';
}

/* "/dev/tcp/" */
static gboolean is_shell_path(Text text, gsize begin) {
  return begin >= 5 && (memcmp(text.bytes + begin - 5, "/tcp/", 5) == 0 ||
                        memcmp(text.bytes + begin - 5, "/udp/", 5) == 0);
}

static guint16 take_port(Text text, gsize begin, gsize *at) {
  gsize digits = escaped_at(text, *at, ':');
  guint port = 0;
  if (digits == 0 && is_shell_path(text, begin))
    digits = escaped_at(text, *at, '/');
  gsize end = *at + digits;
  if (digits == 0 || !take_number(text, &end, 5, G_MAXUINT16, &port))
    return 0;
  *at = end;
  return (guint16)port;
}

/* The address that has its first dot at `dot`. */
static gboolean read_ipv4(Text text, gsize dot, gsize *at, HgAddressText *found) {
  gsize begin = dot;
  while (begin > 0 && dot - begin < 3 && is_digit_at(text, begin - 1))
    begin--;
  gsize end = begin;
  for (guint i = 0; i < 4; i++) {
    guint number;
    if ((i > 0 && (end >= text.length || text.bytes[end++] != '.')) ||
        !take_number(text, &end, 3, 255, &number))
      return FALSE;
    found->bytes[i] = (guint8)number;
  }
  if (!begins_word(text, begin) || (end < text.length && g_ascii_isalpha(text.bytes[end])) ||
      (end < text.length && text.bytes[end] == '.' && is_digit_at(text, end + 1)))
    return FALSE;
  found->address = (HgAddress){.kind = HG_ADDRESS_IPV4, .length = 4, .data = found->bytes};
  found->port = take_port(text, begin, &end);
  *at = end;
  return TRUE;
}

/* The address behind the bracket at `bracket`, which `size` bytes stand for. */
static gboolean read_ipv6(Text text, gsize bracket, gsize size, gsize *at, HgAddressText *found) {
  char written[IPV6_TEXT + 1];
  gsize end = bracket + size, used = 0, step;
  HgAddressBuffer buffer;
  HgAddress address;
  while (end < text.length && used < IPV6_TEXT && !escaped_at(text, end, ']')) {
    step = escaped_at(text, end, ':');
    if (step == 0 && !g_ascii_isxdigit(text.bytes[end]) && text.bytes[end] != '.')
      return FALSE;
    written[used++] = step > 0 ? ':' : (char)text.bytes[end];
    end += MAX(step, 1);
  }
  step = escaped_at(text, end, ']');
  written[used] = '\0';
  if (step == 0 || !strchr(written, ':') || !hg_address_parse(written, &address, &buffer) ||
      address.kind != HG_ADDRESS_IPV6)
    return FALSE;
  memcpy(found->bytes, address.data, sizeof found->bytes);
  found->address =
      (HgAddress){.kind = HG_ADDRESS_IPV6, .length = sizeof found->bytes, .data = found->bytes};
  end += step;
  found->port = take_port(text, bracket, &end);
  *at = end;
  return TRUE;
}

/* The first of these characters from `at` on; the length: there is none. */
static gsize find(Text text, gsize at, char character) {
  const guint8 *found = memchr(text.bytes + at, character, text.length - at);
  return found != NULL ? (gsize)(found - text.bytes) : text.length;
}

/* An address has a dot or a bracket in it, and most text neither: a search for single characters costs a fraction
 * of a look at each. */
gboolean hg_address_text_next(const guint8 *bytes, gsize length, gsize *at, HgAddressText *found) {
  static const char signs[] = {'.', '[', '%'};
  const Text text = {bytes, length};
  gsize next[G_N_ELEMENTS(signs)];
  if (length == 0)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
    next[i] = find(text, *at, signs[i]);
  while ((*at = MIN(next[0], MIN(next[1], next[2]))) < length) {
    const gsize place = *at, size = escaped_at(text, place, '[');
    if (place == next[0] && place > 0 && is_digit_at(text, place - 1) &&
        is_digit_at(text, place + 1) && read_ipv4(text, place, at, found))
      return TRUE;
    if (size > 0 && read_ipv6(text, place, size, at, found))
      return TRUE;
    for (guint i = 0; i < G_N_ELEMENTS(signs); i++)
      if (next[i] == place)
        next[i] = find(text, place + 1, signs[i]);
  }
  return FALSE;
}
