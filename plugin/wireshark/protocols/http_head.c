/* http_head.c - the header fields of an HTTP/1 message, in the bytes of one segment
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "http_head.h"

#include <string.h>

static gboolean begins_with(const guint8 *bytes, gsize length, const char *word) {
  const gsize size = strlen(word);
  return length > size && memcmp(bytes, word, size) == 0 && bytes[size] == ' ';
}

/* Where the line after `at` begins; `length` when there is none. */
static gsize next_line(const guint8 *bytes, gsize length, gsize at) {
  const guint8 *end = at < length ? memchr(bytes + at, '\n', length - at) : NULL;
  return end != NULL ? (gsize)(end - bytes) + 1 : length;
}

gboolean hg_http_head_end(const guint8 *bytes, gsize length, gsize *head, gsize *body) {
  *head = *body = 0;
  for (gsize at = next_line(bytes, length, 0); at < length; at = next_line(bytes, length, at)) {
    const gsize end = at + (bytes[at] == '\r');
    if (end < length && bytes[end] == '\n') {
      *head = at;
      *body = end + 1;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean hg_http_head_find(const guint8 *bytes, gsize length, const char *method,
                           const char *target, gsize *head) {
  const gsize skipped = strlen(method) + 1;
  gsize body;
  *head = 0;
  return begins_with(bytes, length, method) &&
         begins_with(bytes + skipped, length - skipped, target) &&
         hg_http_head_end(bytes, length, head, &body);
}

/* Where the value begins of the first field of that name in the lines after the one that `at` is in; `*line`:
 * where its line begins. `length` when there is none. */
static gsize find_field(const guint8 *bytes, gsize length, gsize at, const char *name,
                        gsize *line) {
  const gsize size = strlen(name);
  for (at = next_line(bytes, length, at); at < length; at = next_line(bytes, length, at)) {
    gsize end = at + size;
    if (end >= length || g_ascii_strncasecmp((const char *)bytes + at, name, size) != 0)
      continue;
    while (end < length && (bytes[end] == ' ' || bytes[end] == '\t'))
      end++;
    if (end < length && bytes[end] == ':') {
      *line = at;
      return end + 1;
    }
  }
  *line = length;
  return length;
}

guint hg_http_head_count(const guint8 *bytes, gsize length, const char *name) {
  guint count = 0;
  gsize line = 0;
  while (find_field(bytes, length, line, name, &line), line < length)
    count++;
  return count;
}

const guint8 *hg_http_head_value(const guint8 *bytes, gsize length, const char *name, gsize *size) {
  gsize line;
  gsize begin = find_field(bytes, length, 0, name, &line);
  gsize end = next_line(bytes, length, begin);
  while (begin < end && g_ascii_isspace(bytes[begin]))
    begin++;
  while (end > begin && g_ascii_isspace(bytes[end - 1]))
    end--;
  *size = end - begin;
  return begin < end ? bytes + begin : NULL;
}
