/* z_option.h - the `-z hostgraph` route
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_Z_OPTION_H
#define HG_WIRESHARK_Z_OPTION_H

/* Registers `-z hostgraph[,OPTION]...`. */
void hg_z_option_register(void);

/* Frees what the -z arguments left behind; called while Wireshark shuts down. */
void hg_z_option_shutdown(void);

#endif
