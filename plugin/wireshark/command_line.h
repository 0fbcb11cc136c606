/* command_line.h - the option -z hostgraph
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_COMMAND_LINE_H
#define HG_WIRESHARK_COMMAND_LINE_H

/* Registers `-z hostgraph[,OPTION]...`. */
void hg_command_line_register(void);

/* Frees the requests of all -z arguments; called while Wireshark shuts down. */
void hg_command_line_shutdown(void);

#endif
