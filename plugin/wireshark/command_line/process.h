/* process.h - the tshark process around the plugin: its command line and its exit status
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PROCESS_H
#define HG_WIRESHARK_PROCESS_H

#include <glib.h>

/* The program's arguments, argv[0] first; NULL where the system does not tell. (transfer full) */
char **hg_process_arguments(void);

/* The file that tshark reads (-r), as given; NULL when it captures, or when unknown: plugins are
 * not told. (transfer full) */
char *hg_process_capture(void);

/* Makes an exit status of 0 become 2, tshark's own for trouble with files; others are kept. What
 * was begun (other taps, clean-up) goes on. */
void hg_process_fail(void);

#endif
