/* url_text.c - URLs and request targets without what may be a secret
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "url_text.h"

#include <string.h>

#define LEFT_OUT "..."

/* Longer than words and names of files are as a rule: a UUID without hyphens has 32 characters, keys have 20 and
 * more. */
#define LONG 24
/* From here on letters and digits in turns are no word with a number behind it. */
#define MIXED 8
/* Changes between letters and digits, or between lower and upper case: "jquery3min" has two, "IPv4Address" has
 * three in a row that reads. */
#define TURNS 3

typedef enum { LOWER, UPPER, DIGIT, OTHER } Class;

static Class class_of(char c) {
  if (g_ascii_islower(c))
    return LOWER;
  if (g_ascii_isupper(c))
    return UPPER;
  return g_ascii_isdigit(c) ? DIGIT : OTHER;
}

/* A word of letters and digits, without separators. */
static gboolean is_token_word(const char *word, gsize length) {
  guint turns = 0, digits = 0, letters = 0;
  for (gsize i = 0; i < length; i++) {
    const Class class = class_of(word[i]);
    digits += class == DIGIT;
    letters += class != DIGIT;
    /* An upper case letter that begins a word is part of it. */
    turns += i > 0 && class != class_of(word[i - 1]) && class_of(word[i - 1]) != UPPER;
  }
  if (length >= LONG)
    return TRUE;
  if (digits >= MIXED && letters == 0)
    return length > MIXED; /* a number longer than a date */
  return length >= MIXED && digits > 0 && letters > 0 && turns >= TURNS;
}

/* Whether a segment of a path looks like a token: long, or mixed as no word is. Percent-encoding counts as what
 * it stands for. */
static gboolean is_token(const char *segment, gsize length) {
  char *raw = g_strndup(segment, length), *text = g_uri_unescape_string(raw, NULL);
  gboolean token = text == NULL; /* what cannot be decoded is nothing to be shown */
  guint words = 0, all = 0;
  for (const char *at = text; !token && at != NULL && *at != '\0';) {
    const char *end = at;
    while (g_ascii_isalnum(*end))
      end++;
    token = is_token_word(at, (gsize)(end - at));
    words += end > at;
    all += (guint)(end - at);
    /* Names have these between their words; anything else may begin whatever somebody put there. */
    if (*end != '\0' && strchr(".-_~ ", *end) == NULL)
      token = TRUE;
    at = *end != '\0' ? end + 1 : end;
  }
  /* A UUID, and keys in groups: many digits in many words. */
  if (!token && words >= 4 && all >= LONG) {
    guint digits = 0;
    for (const char *at = text; *at != '\0'; at++)
      digits += g_ascii_isdigit(*at) != 0;
    token = digits * 4 >= all;
  }
  g_free(text);
  g_free(raw);
  return token;
}

static void append_segment(GString *out, const char *segment, gsize length) {
  const char *matrix = memchr(segment, ';', length);
  const gsize name = matrix != NULL ? (gsize)(matrix - segment) : length;
  if (name > 0 && is_token(segment, name))
    g_string_append(out, LEFT_OUT);
  else
    g_string_append_len(out, segment, (gssize)name);
  if (matrix != NULL)
    g_string_append(out, ";" LEFT_OUT);
}

static void append_path(GString *out, const char *path, gsize length) {
  gsize at = 0;
  while (at < length) {
    const char *slash = memchr(path + at, '/', length - at);
    const gsize end = slash != NULL ? (gsize)(slash - path) : length;
    append_segment(out, path + at, end - at);
    if (slash != NULL)
      g_string_append_c(out, '/');
    at = end + (slash != NULL);
  }
}

/* "host:port" without user information. */
static void append_authority(GString *out, const char *authority, gsize length) {
  const char *at = g_strrstr_len(authority, (gssize)length, "@");
  if (at != NULL) {
    g_string_append(out, LEFT_OUT "@");
    length -= (gsize)(at + 1 - authority);
    authority = at + 1;
  }
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalnum(authority[i]) && strchr(".-_:[]", authority[i]) == NULL) {
      g_string_append(out, LEFT_OUT);
      return;
    }
    g_string_append_c(out, authority[i]);
  }
}

/* Bytes of "scheme:" (RFC 3986, 3.1); 0: there is none. */
static gsize scheme_length(const char *url, gsize length) {
  gsize i = 0;
  while (i < length && (g_ascii_isalpha(url[i]) ||
                        (i > 0 && (g_ascii_isdigit(url[i]) || strchr("+-.", url[i]) != NULL))))
    i++;
  return i > 0 && i < length && url[i] == ':' ? i + 1 : 0;
}

/* Schemes without "//" that requests are for; "user:pw@host" is none. */
static gboolean is_bare_scheme(const char *url, gsize length) {
  static const char *const schemes[] = {"sip:", "sips:", "tel:"};
  for (guint i = 0; i < G_N_ELEMENTS(schemes); i++) {
    if (strlen(schemes[i]) == length && g_ascii_strncasecmp(schemes[i], url, length) == 0)
      return TRUE;
  }
  return FALSE;
}

static gsize length_before(const char *text, gsize length, const char *any) {
  gsize i = 0;
  while (i < length && strchr(any, text[i]) == NULL)
    i++;
  return i;
}

void hg_url_text_append(GString *out, const char *url, gsize length) {
  const gsize scheme = scheme_length(url, length);
  const gsize body = length_before(url, length, "?#");
  const gboolean query = body < length;
  gsize at = 0;
  if (scheme > 0 && body >= scheme + 2 && url[scheme] == '/' && url[scheme + 1] == '/') {
    const gsize host = scheme + 2, end = host + length_before(url + host, body - host, "/");
    g_string_append_len(out, url, (gssize)host);
    append_authority(out, url + host, end - host);
    at = end;
  } else if (is_bare_scheme(url, scheme)) {
    /* No authority, but user information all the same: "sip:user@host;parameter". */
    const gsize end = scheme + length_before(url + scheme, body - scheme, ";,");
    g_string_append_len(out, url, (gssize)scheme);
    append_authority(out, url + scheme, end - scheme);
    if (end < body)
      g_string_append(out, ";" LEFT_OUT);
    at = body;
  } else if (length > 0 && url[0] != '/' && url[0] != '*') { /* "host:443", as CONNECT has it */
    const gsize end = length_before(url, body, "/");
    append_authority(out, url, end);
    at = end;
  }
  if (body == 1 && url[0] == '*') /* "OPTIONS *" */
    g_string_append_c(out, '*');
  else
    append_path(out, url + at, body - at);
  if (query) {
    g_string_append_c(out, url[body]);
    g_string_append(out, LEFT_OUT);
  }
}
