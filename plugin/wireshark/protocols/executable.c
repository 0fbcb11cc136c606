/* executable.c - programs by their first bytes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "executable.h"

#include <string.h>

/* Where linkers put it, mostly; NULs stand before it. */
static gboolean has_stub(const guint8 *bytes, gsize length) {
  static const char stub[] = "cannot be run in DOS mode";
  enum { DOS_HEADER = 0x40, STUB_END = 0x80, SIZE = sizeof stub - 1 };
  for (gsize at = DOS_HEADER; at + SIZE <= MIN(length, STUB_END); at++) {
    if (memcmp(bytes + at, stub, SIZE) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean is_pe(const guint8 *bytes, gsize length) {
  enum { WHERE = 0x3c, DOS_HEADER = 0x40 };
  gsize at;
  if (length < DOS_HEADER || memcmp(bytes, "MZ", 2) != 0)
    return FALSE;
  at = bytes[WHERE] | (gsize)bytes[WHERE + 1] << 8 | (gsize)bytes[WHERE + 2] << 16 |
       (gsize)bytes[WHERE + 3] << 24;
  if (at < length && length - at >= 4)
    return memcmp(bytes + at, "PE\0\0", 4) == 0;
  return has_stub(bytes, length);
}

static gboolean is_elf(const guint8 *bytes, gsize length) {
  enum { CLASS = 4, ORDER, VERSION, TYPE = 16, HEAD = 20 };
  enum { EXECUTABLE = 2, SHARED = 3 };
  guint type;
  if (length < HEAD || memcmp(bytes, "\177ELF", 4) != 0 || bytes[CLASS] < 1 || bytes[CLASS] > 2 ||
      bytes[ORDER] < 1 || bytes[ORDER] > 2 || bytes[VERSION] != 1)
    return FALSE;
  type = bytes[ORDER] == 1 ? bytes[TYPE] | (guint)bytes[TYPE + 1] << 8
                           : bytes[TYPE + 1] | (guint)bytes[TYPE] << 8;
  return type == EXECUTABLE || type == SHARED;
}

HgExecutable hg_executable_of(const guint8 *bytes, gsize length) {
  return is_pe(bytes, length)    ? HG_EXECUTABLE_PE
         : is_elf(bytes, length) ? HG_EXECUTABLE_ELF
                                 : HG_EXECUTABLE_NONE;
}
