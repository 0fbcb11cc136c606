/* accessibility.h - what Qt's accessibility remembers of closed windows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_ACCESSIBILITY_H
#define HG_WIRESHARK_ACCESSIBILITY_H

/* To be called before Wireshark makes a text window or a dialog.
 *
 * Both disconnect all of their signals when they are closed, also the one by which Qt's accessibility
 * would hear that they are gone. When the next lies at the same address, it is taken for the old one,
 * and Wireshark dies: always when a screen reader is on, and with Qt 6.8 (Debian 13) without one, as
 * setting a title asks for the old accessible name there. This makes Qt forget what is gone.
 * Does nothing where there is no Qt. */
void hg_accessibility_forget_closed(void);

#endif
