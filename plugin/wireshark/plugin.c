/* plugin.c - the entry points that Wireshark looks up, and what they register
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compat.h"

#include <ws_symbol_export.h>

#include "cli.h"
#include "config.h"
#include "plugin.h"
#include "wireshark/marks/marks.h"
#include "wireshark/windows/gui.h"

int hg_proto = -1;

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

static void register_protocol(void) {
  hg_proto = proto_register_protocol("Host Graph", "HostGraph", "hostgraph");
  hg_marks_register(hg_proto);
  hg_gui_register(hg_proto);
  register_shutdown_routine(hg_cli_shutdown);
}

void plugin_register(void) {
  static proto_plugin protocol = {.register_protoinfo = register_protocol};
  static tap_plugin tap = {.register_tap_listener = hg_cli_register};
  proto_register_plugin(&protocol);
  tap_register_plugin(&tap);
}
