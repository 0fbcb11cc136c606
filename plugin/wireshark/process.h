/* process.h - the tshark process around the plugin: its command line and its exit status
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PROCESS_H
#define HG_WIRESHARK_PROCESS_H

#include <glib.h>

/* The program's arguments, argv[0] first; NULL on systems that do not tell. (transfer full) */
char **hg_process_arguments(void);

/* The file that tshark reads, as given after -r; Wireshark does not tell plugins. NULL: tshark captures,
 * or the file is not known. (transfer full) */
char *hg_process_capture(void);

/* Makes the process exit with status 2, which tshark itself has for trouble with files, instead of 0;
 * other statuses stay. The process goes on until then: other taps draw, and tshark cleans up. */
void hg_process_fail(void);

#endif
