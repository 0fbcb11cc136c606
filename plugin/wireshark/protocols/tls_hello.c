/* tls_hello.c - the server name that a TLS ClientHello asks for, from its bytes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tls_hello.h"

#include "ascii_text.h"

enum { RECORD_HANDSHAKE = 22, CLIENT_HELLO = 1, EXTENSION_SERVER_NAME = 0 };

/* Version and random. */
#define FIXED_PART (2 + 32)

/* What is left of a message. */
typedef struct {
  const guint8 *bytes;
  guint length;
} Rest;

/* A number of `size` bytes, the first the highest. FALSE: it is cut off. */
static gboolean take_number(Rest *rest, guint size, guint *number) {
  if (rest->length < size)
    return FALSE;
  *number = 0;
  for (guint i = 0; i < size; i++)
    *number = *number << 8 | rest->bytes[i];
  rest->bytes += size;
  rest->length -= size;
  return TRUE;
}

static gboolean take(Rest *rest, guint length, Rest *taken) {
  if (rest->length < length)
    return FALSE;
  *taken = (Rest){rest->bytes, length};
  rest->bytes += length;
  rest->length -= length;
  return TRUE;
}

/* What follows its own length, of `size` bytes. */
static gboolean take_vector(Rest *rest, guint size, Rest *taken) {
  guint length;
  return take_number(rest, size, &length) && take(rest, length, taken);
}

/* The first entry of the list. */
static gboolean read_name(Rest extension, HgTlsName *name) {
  Rest list, entry;
  guint type;
  if (!take_vector(&extension, 2, &list) || !take_number(&list, 1, &type) ||
      !take_vector(&list, 2, &entry) || entry.length == 0)
    return FALSE;
  *name = (HgTlsName){entry.bytes, entry.length};
  return TRUE;
}

static gboolean read_extensions(Rest extensions, HgTlsName *name) {
  while (extensions.length > 0) {
    Rest extension;
    guint type;
    if (!take_number(&extensions, 2, &type) || !take_vector(&extensions, 2, &extension))
      return FALSE;
    if (type == EXTENSION_SERVER_NAME)
      return read_name(extension, name);
  }
  return TRUE;
}

/* The body of a ClientHello. */
static gboolean read_body(Rest body, HgTlsName *name) {
  Rest skipped, extensions;
  if (!take(&body, FIXED_PART, &skipped) || !take_vector(&body, 1, &skipped) /* session */ ||
      !take_vector(&body, 2, &skipped) /* cipher suites */ ||
      !take_vector(&body, 1, &skipped) /* compression */)
    return FALSE;
  if (body.length == 0) /* before extensions were thought of */
    return TRUE;
  return take_vector(&body, 2, &extensions) && body.length == 0 &&
         read_extensions(extensions, name);
}

gboolean hg_tls_hello_read(const guint8 *bytes, guint length, HgTlsName *name) {
  Rest rest = {bytes, length}, record, body;
  guint type, version, message;
  *name = (HgTlsName){0};
  if (!take_number(&rest, 1, &type) || type != RECORD_HANDSHAKE ||
      !take_number(&rest, 2, &version) || version >> 8 != 3 || !take_vector(&rest, 2, &record))
    return FALSE;
  if (take_number(&record, 1, &message) && message == CLIENT_HELLO &&
      take_vector(&record, 3, &body) && read_body(body, name))
    return TRUE;
  *name = (HgTlsName){0};
  return FALSE;
}

char *hg_tls_name_text(const HgTlsName *name) {
  return name->bytes != NULL ? hg_ascii_text(name->bytes, name->length) : NULL;
}
