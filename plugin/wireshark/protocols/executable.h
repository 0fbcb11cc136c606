/* executable.h - programs by their first bytes
 *
 * Every byte is hostile. Knows no Wireshark type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_EXECUTABLE_H
#define HG_WIRESHARK_EXECUTABLE_H

#include "tally/types/download.h"

G_BEGIN_DECLS

/* What the bytes begin: a program for Windows with its PE header (Microsoft, PE Format: "MZ", at 0x3c where
 * "PE\0\0" stands), or one for Unix (System V ABI, chapter 4: ELF header). Where the bytes end before the
 * PE header, the stub that linkers put before it ("cannot be run in DOS mode") does. */
HgExecutable hg_executable_of(const guint8 *bytes, gsize length);

G_END_DECLS
#endif
