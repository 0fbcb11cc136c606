/* cli.h - the `-z hostgraph` route
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_CLI_H
#define HG_WIRESHARK_CLI_H

/* Registers `-z hostgraph[,OPTION]...`. */
void hg_cli_register(void);

/* Frees what the -z arguments left behind; called while Wireshark shuts down. */
void hg_cli_shutdown(void);

#endif
