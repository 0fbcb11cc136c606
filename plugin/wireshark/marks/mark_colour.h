/* mark_colour.h - a colour for marked packets in the packet list
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_MARK_COLOUR_H
#define HG_WIRESHARK_MARK_COLOUR_H

/* Colours packets of suspects in a free one of the ten temporary colours of View > Colorize
 * Conversation, until the user resets those or Wireshark ends. The colour shows once the packets are
 * dissected again. When none is free, packets are marked without a colour. */
void hg_mark_colour(void);

#endif
