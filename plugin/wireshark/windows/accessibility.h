/* accessibility.h - makes Qt's accessibility forget windows that were closed
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_ACCESSIBILITY_H
#define HG_WIRESHARK_ACCESSIBILITY_H

/* Call this before Wireshark makes a text window or a dialog.
 *
 * Wireshark disconnects all signals of such a window when it closes, also the one that tells Qt's
 * accessibility about it. When the next window lies at the same address, Qt takes it for the old one,
 * and Wireshark crashes: with a screen reader always, and with Qt 6.8 (Debian 13) without one, because
 * setting a title asks for the old accessible name there. This function makes Qt forget windows that
 * are gone. It does nothing where there is no Qt. */
void hg_accessibility_forget_closed(void);

#endif
