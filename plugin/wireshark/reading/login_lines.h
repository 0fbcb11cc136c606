/* login_lines.h - logins over FTP, POP3 and IMAP on ports at which no dissector reads them
 *
 * From the lines of segments. Reports the same as the sources of these protocols do where Wireshark dissects them:
 * user names in the clear, and logins that are refused.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_LOGIN_LINES_H
#define HG_WIRESHARK_LOGIN_LINES_H

#include "frame.h"

/* Reads the whole lines in the frame's payload. `protocol`: what the segment itself is known to be of ("FTP");
 * NULL: only its connection tells. */
void hg_login_lines_read(const HgFrame *frame, const char *protocol);

#endif
