/* marks.h - what an analysis says, as fields of packets: hostgraph.suspect and others
 *
 * With the preference "mark" every capture file is analysed: in tshark and sharkd between the first
 * and the second pass, in Wireshark when the file has been read. Without it, nothing is asked of
 * dissection, and no packet is looked at, until hg_marks_show.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_MARKS_H
#define HG_WIRESHARK_MARKS_H

#include "export/report/annotations.h"

/* Fields and preferences. */
void hg_marks_register(int proto);
/* Once all protocols are registered. */
void hg_marks_shutdown(void);

/* In Wireshark: marks the packets of the open file from now on, and shows them so: all packets are
 * dissected anew, as soon as Wireshark serves its events; no pass may begin before. Takes the marks;
 * NULL: none any more. Not from within a dissection or a tap. */
void hg_marks_show(HgAnnotations *marks, HgLayer layer);

#endif
