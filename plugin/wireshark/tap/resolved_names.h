/* resolved_names.h - the names that Wireshark shows for hosts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_RESOLVED_NAMES_H
#define HG_WIRESHARK_RESOLVED_NAMES_H

#include "tally/tally.h"

/* Gives the tally what Wireshark calls its hosts: names that the capture file carries (pcapng name
 * resolution blocks), that the user wrote down (hosts files, edited names) or, where that is on, that
 * DNS answers told. Only where the user has Wireshark resolve network addresses, and without name
 * servers: asking would send packets. */
void hg_resolved_names_add(HgTally *tally);

#endif
