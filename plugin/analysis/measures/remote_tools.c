/* remote_tools.c - programs by which hosts are controlled, or reached, from outside
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "remote_tools.h"

#include <string.h>

/* Domains and ports that makers name for firewalls; programs that only their bytes would tell are not here. */
static const HgRemoteTool tools[] = {
    {"Ammyy Admin", {"ammyy.com"}, {0}, {NULL}},
    {"AnyDesk", {"anydesk.com"}, {6568}, {NULL}},
    {"Atera", {"atera.com"}, {0}, {NULL}},
    {"BeyondTrust", {"beyondtrustcloud.com", "bomgarcloud.com"}, {0}, {NULL}},
    {"Chrome Remote Desktop",
     {"remotedesktop.google.com", "remotedesktop-pa.googleapis.com"},
     {0},
     {NULL}},
    {"Cloudflare Tunnel", {"argotunnel.com", "trycloudflare.com"}, {0}, {NULL}},
    {"DWService", {"dwservice.net"}, {0}, {NULL}},
    {"GoTo", {"gotomypc.com", "gotoassist.com", "gotoresolve.com"}, {0}, {NULL}},
    {"ISL Online", {"islonline.net", "islonline.com"}, {7615}, {NULL}},
    {"LocalTunnel", {"localtunnel.me", "loca.lt"}, {0}, {NULL}},
    {"LogMeIn", {"logmein.com", "logmeinrescue.com", "logmein-gateway.com"}, {0}, {NULL}},
    {"MeshCentral", {"meshcentral.com"}, {0}, {NULL}},
    {"NetSupport", {"netsupportsoftware.com"}, {5405}, {NULL}},
    {"ngrok",
     {"ngrok.com", "ngrok.io", "ngrok-agent.com", "ngrok.app", "ngrok-free.app"},
     {0},
     {NULL}},
    {"Parsec", {"parsec.app", "parsecgaming.com"}, {0}, {NULL}},
    {"Radmin", {NULL}, {4899}, {NULL}},
    {"RDP", {NULL}, {3389}, {"RDP", "RDPUDP"}},
    {"Remote Utilities", {"remoteutilities.com"}, {5650, 5655}, {NULL}},
    {"RustDesk", {"rustdesk.com"}, {21115, 21116, 21117}, {NULL}},
    {"ScreenConnect", {"screenconnect.com"}, {8041}, {NULL}},
    {"Splashtop", {"splashtop.com", "splashtop.eu"}, {6783}, {NULL}},
    {"Supremo", {"supremocontrol.com", "nanosystems.it"}, {0}, {NULL}},
    {"TeamViewer", {"teamviewer.com"}, {5938}, {NULL}},
    {"VNC", {NULL}, {5900, 5901}, {"VNC"}},
    {"VS Code tunnel", {"tunnels.api.visualstudio.com", "devtunnels.ms"}, {0}, {NULL}},
    {"Zoho Assist", {"zohoassist.com", "assist.zoho.com"}, {0}, {NULL}},
};

static gboolean is_below(const char *name, const char *domain) {
  const gsize length = strlen(name), suffix = strlen(domain);
  return length >= suffix && g_ascii_strcasecmp(name + length - suffix, domain) == 0 &&
         (length == suffix || name[length - suffix - 1] == '.');
}

guint32 hg_remote_tool_number(const HgRemoteTool *tool) {
  return (guint32)(tool - tools);
}

const HgRemoteTool *hg_remote_tool_by_name(const char *name) {
  for (guint i = 0; i < G_N_ELEMENTS(tools); i++)
    for (guint j = 0; j < G_N_ELEMENTS(tools[i].domains) && tools[i].domains[j]; j++)
      if (is_below(name, tools[i].domains[j]))
        return &tools[i];
  return NULL;
}

/* Not known, or what these programs wrap their protocol in: TLS, and of RDP TPKT (RFC 1006). */
static gboolean may_be_any(const HgProtocol *protocol) {
  return protocol->transport || *protocol->name == '\0' ||
         hg_protocol_name_is_tls(protocol->name) || g_str_equal(protocol->name, "TPKT") ||
         g_str_equal(protocol->name, "COTP");
}

const HgRemoteTool *hg_remote_tool_by_service(const HgTally *tally, const HgService *service) {
  const HgProtocol *protocol = hg_tally_protocol(tally, service->protocol);
  const gboolean unknown = service->transport == HG_TRANSPORT_TCP && may_be_any(protocol);
  for (guint i = 0; i < G_N_ELEMENTS(tools); i++) {
    for (guint j = 0; j < G_N_ELEMENTS(tools[i].protocols) && tools[i].protocols[j]; j++)
      if (strcmp(tools[i].protocols[j], protocol->name) == 0)
        return &tools[i];
    for (guint j = 0; unknown && j < G_N_ELEMENTS(tools[i].ports) && tools[i].ports[j]; j++)
      if (tools[i].ports[j] == service->port)
        return &tools[i];
  }
  return NULL;
}
