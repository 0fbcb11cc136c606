/* http_request.c - what an HTTP request without content asks for, from its bytes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "http_request.h"

#include <string.h>

typedef struct {
  const char *text;
  gsize length;
} Span;

static gboolean is_printable(char c) {
  return c >= ' ' && c <= '~';
}

/* RFC 9110, 5.6.2 */
static gboolean is_token(char c) {
  return g_ascii_isalnum(c) || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

/* The next line, without its CRLF. FALSE: there is none, or something else in it. */
static gboolean take_line(Span *rest, Span *line) {
  gsize length = 0;
  while (length < rest->length && is_printable(rest->text[length]))
    length++;
  if (rest->length - length < 2 || rest->text[length] != '\r' || rest->text[length + 1] != '\n')
    return FALSE;
  *line = (Span){rest->text, length};
  rest->text += length + 2;
  rest->length -= length + 2;
  return TRUE;
}

/* Bytes up to the first of `end`, which must be there and not come first. */
static gboolean take_word(Span *rest, char end, Span *word) {
  const char *at = memchr(rest->text, end, rest->length);
  if (at == NULL || at == rest->text)
    return FALSE;
  *word = (Span){rest->text, (gsize)(at - rest->text)};
  rest->length -= word->length + 1;
  rest->text = at + 1;
  return TRUE;
}

static gboolean is_version(const Span *text) {
  return text->length == 8 && memcmp(text->text, "HTTP/1.", 7) == 0 &&
         g_ascii_isdigit(text->text[7]);
}

static gboolean read_request_line(Span line, HgHttpRequest *request) {
  Span rest = line, method, uri;
  if (!take_word(&rest, ' ', &method) || !take_word(&rest, ' ', &uri) || !is_version(&rest))
    return FALSE;
  request->line = line.text;
  request->line_length = line.length;
  request->uri = uri.text;
  request->uri_length = uri.length;
  return TRUE;
}

static gboolean is_named(const Span *name, const char *other) {
  return name->length == strlen(other) && g_ascii_strncasecmp(name->text, other, name->length) == 0;
}

static gboolean read_field(Span line, HgHttpRequest *request) {
  static const char *const not_read[] = {"Authorization", "Content-Length", "Transfer-Encoding"};
  Span value = line, name;
  if (!take_word(&value, ':', &name))
    return FALSE;
  for (gsize i = 0; i < name.length; i++) {
    if (!is_token(name.text[i]))
      return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS(not_read); i++) {
    if (is_named(&name, not_read[i]))
      return FALSE;
  }
  if (!is_named(&name, "Host"))
    return TRUE;
  for (; value.length > 0 && *value.text == ' '; value.text++)
    value.length--;
  if (request->host != NULL || value.length == 0 || value.text[value.length - 1] == ' ')
    return FALSE;
  request->host = value.text;
  request->host_length = value.length;
  return TRUE;
}

static gboolean read_request(Span rest, HgHttpRequest *request) {
  Span line;
  if (!take_line(&rest, &line) || !read_request_line(line, request))
    return FALSE;
  while (take_line(&rest, &line)) {
    if (line.length == 0)
      return rest.length == 0;
    if (!read_field(line, request))
      return FALSE;
  }
  return FALSE;
}

gboolean hg_http_request_read(const guint8 *bytes, guint length, HgHttpRequest *request) {
  *request = (HgHttpRequest){0};
  if (read_request((Span){(const char *)bytes, length}, request))
    return TRUE;
  *request = (HgHttpRequest){0};
  return FALSE;
}
