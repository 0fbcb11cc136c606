/* z_option.h - the option -z hostgraph
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_Z_OPTION_H
#define HG_WIRESHARK_Z_OPTION_H

/* Registers `-z hostgraph[,OPTION]...`. */
void hg_z_option_register(void);

/* Frees the requests of all -z arguments; called while Wireshark shuts down. */
void hg_z_option_shutdown(void);

#endif
