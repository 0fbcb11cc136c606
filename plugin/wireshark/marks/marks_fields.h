/* marks_fields.h - the fields hostgraph.* in a packet's tree
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_MARKS_FIELDS_H
#define HG_WIRESHARK_MARKS_FIELDS_H

#include "wireshark/compat.h"

#include "export/report/annotations.h"

void hg_marks_fields_register(int proto);

/* Adds to the tree what the marks say about the packet; nothing when they know neither of its hosts. */
void hg_marks_fields_add(const HgAnnotations *marks, const HgPacket *packet, tvbuff_t *tvb,
                         proto_tree *tree);

#endif
