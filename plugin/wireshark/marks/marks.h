/* marks.h - what an analysis says, as fields of packets: hostgraph.suspect and others
 *
 * With the preference "mark" the plugin analyses every capture file: in tshark and sharkd between the
 * first and the second pass, in Wireshark when the file has been read. Without it, the plugin asks
 * nothing of dissection and looks at no packet until hg_marks_show().
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_MARKS_H
#define HG_WIRESHARK_MARKS_H

#include "export/report/annotations.h"

/* Registers the fields, the preferences and what must happen when Wireshark ends. */
void hg_marks_register(int proto);

/* Marks the packets of the open file in Wireshark. Wireshark dissects all packets again as soon as it
 * serves its events; no pass may begin before that. Takes the marks (transfer full); NULL removes them.
 * Do not call it from within a dissection or a tap. */
void hg_marks_show(HgAnnotations *marks, HgLayer layer);

#endif
