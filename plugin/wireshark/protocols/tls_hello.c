/* tls_hello.c - the server name that a TLS ClientHello asks for, from its bytes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tls_hello.h"

#include "ascii_text.h"
#include "byte_reader.h"

enum { RECORD_HANDSHAKE = 22, CLIENT_HELLO = 1, EXTENSION_SERVER_NAME = 0 };

/* Version and random. */
#define FIXED_PART (2 + 32)

/* The first entry of the list. */
static gboolean read_name(HgByteReader extension, HgTlsName *name) {
  HgByteReader list, entry;
  guint type;
  if (!hg_byte_reader_vector(&extension, 2, &list) || !hg_byte_reader_number(&list, 1, &type) ||
      !hg_byte_reader_vector(&list, 2, &entry) || entry.length == 0)
    return FALSE;
  *name = (HgTlsName){entry.bytes, entry.length};
  return TRUE;
}

static gboolean read_extensions(HgByteReader extensions, HgTlsName *name) {
  while (extensions.length > 0) {
    HgByteReader extension;
    guint type;
    if (!hg_byte_reader_number(&extensions, 2, &type) ||
        !hg_byte_reader_vector(&extensions, 2, &extension))
      return FALSE;
    if (type == EXTENSION_SERVER_NAME)
      return read_name(extension, name);
  }
  return TRUE;
}

/* The body of a ClientHello. */
static gboolean read_body(HgByteReader body, HgTlsName *name) {
  HgByteReader skipped, extensions;
  if (!hg_byte_reader_take(&body, FIXED_PART, &skipped) ||
      !hg_byte_reader_vector(&body, 1, &skipped) /* session */ ||
      !hg_byte_reader_vector(&body, 2, &skipped) /* cipher suites */ ||
      !hg_byte_reader_vector(&body, 1, &skipped) /* compression */)
    return FALSE;
  if (body.length == 0) /* before extensions were thought of */
    return TRUE;
  return hg_byte_reader_vector(&body, 2, &extensions) && body.length == 0 &&
         read_extensions(extensions, name);
}

gboolean hg_tls_hello_read(const guint8 *bytes, guint length, HgTlsName *name) {
  HgByteReader rest = {bytes, length}, record, body;
  guint type, version, message;
  *name = (HgTlsName){0};
  if (!hg_byte_reader_number(&rest, 1, &type) || type != RECORD_HANDSHAKE ||
      !hg_byte_reader_number(&rest, 2, &version) || version >> 8 != 3 ||
      !hg_byte_reader_vector(&rest, 2, &record))
    return FALSE;
  if (hg_byte_reader_number(&record, 1, &message) && message == CLIENT_HELLO &&
      hg_byte_reader_vector(&record, 3, &body) && read_body(body, name))
    return TRUE;
  *name = (HgTlsName){0};
  return FALSE;
}

char *hg_tls_name_text(const HgTlsName *name) {
  return name->bytes != NULL ? hg_ascii_text(name->bytes, name->length) : NULL;
}
