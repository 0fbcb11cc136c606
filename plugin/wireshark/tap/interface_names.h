/* interface_names.h - names of capture interfaces, of which no two in a section of the file are one
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_INTERFACE_NAMES_H
#define HG_WIRESHARK_INTERFACE_NAMES_H

#include "wireshark/compat.h"

typedef struct HgInterfaceNames HgInterfaceNames;

/* (transfer full) */
HgInterfaceNames *hg_interface_names_new(void);
void hg_interface_names_free(HgInterfaceNames *names);

/* To be called when another file is read. */
void hg_interface_names_reset(HgInterfaceNames *names);

/* "eth1", cleaned as in exports, for whoever wrote the file chose it; "eth1 #2", with the interface's
 * number, where one of a lower number has that name; "2" where it has none. `interface` is of the section
 * that the frame is in. (transfer full) */
char *hg_interface_names_get(HgInterfaceNames *names, const packet_info *pinfo, guint32 section,
                             guint32 interface);

#endif
