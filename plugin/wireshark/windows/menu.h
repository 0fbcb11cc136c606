/* menu.h - the menu Statistics > Host Graph
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_MENU_H
#define HG_WIRESHARK_MENU_H

/* Adds the menu. `proto`: the plugin's protocol. Does nothing that shows in tshark, which has no menus. */
void hg_menu_register(int proto);

#endif
