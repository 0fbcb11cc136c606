/* plugin.c - the entry points that Wireshark looks up, and what they register
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <ws_symbol_export.h>

#include "command_line.h"
#include "config.h"
#include "wireshark/marks/marks.h"
#include "wireshark/windows/menu.h"

WS_DLL_PUBLIC_DEF const char plugin_version[] = HG_VERSION;
WS_DLL_PUBLIC_DEF const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
WS_DLL_PUBLIC_DEF const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

WS_DLL_PUBLIC void plugin_register(void);
#ifdef HG_PLUGIN_DESCRIPTION
WS_DLL_PUBLIC uint32_t plugin_describe(void);

uint32_t plugin_describe(void) {
  return HG_PLUGIN_DESCRIPTION;
}
#endif

/* Menus and preferences hang on a protocol, so the plugin registers one, which dissects nothing. */
static void register_protocol(void) {
  const int proto = proto_register_protocol("Host Graph", "HostGraph", "hostgraph");
  hg_marks_register(proto);
  hg_menu_register(proto);
  register_shutdown_routine(hg_command_line_shutdown);
}

void plugin_register(void) {
  static proto_plugin protocol = {.register_protoinfo = register_protocol};
  static tap_plugin tap = {.register_tap_listener = hg_command_line_register};
  proto_register_plugin(&protocol);
  tap_register_plugin(&tap);
}
