/* plugin.h - what the plugin registers with Wireshark
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PLUGIN_H
#define HG_WIRESHARK_PLUGIN_H

/* The "hostgraph" protocol, which menus and preferences hang on. -1 until it is registered. */
extern int hg_proto;

#endif
