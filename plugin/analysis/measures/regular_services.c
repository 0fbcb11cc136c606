/* regular_services.c - services that are used at regular times by design
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "regular_services.h"

/* Services that are regular by design. The port alone is not enough: if the protocol is known, it
 * must fit, too. */
static const struct {
  guint16 port;
  const char *protocols[4]; /* Protocol column */
} regular_by_design[] = {
    {53, {"DNS"}},           /* names are resolved again when they expire; see dns-tunnel */
    {67, {"DHCP", "BOOTP"}}, /* leases are renewed */
    {547, {"DHCPv6"}},
    {88, {"KRB5"}}, /* tickets are renewed */
    {110, {"POP"}}, /* mailboxes are polled every few minutes */
    {143, {"IMAP"}},
    {993, {"IMAP", "TLSv1", "TLSv1.2", "TLSv1.3"}},
    {995, {"POP", "TLSv1", "TLSv1.2", "TLSv1.3"}},
    {123, {"NTP"}}, /* clocks are polled */
    {137, {"NBNS"}},
    {161, {"SNMP"}},                                 /* monitoring polls */
    {3478, {"STUN", "CLASSIC-STUN"}},                /* keeps NAT mappings open */
    {102, {"S7COMM", "S7COMM-PLUS", "COTP", "MMS"}}, /* control systems poll their devices */
    {502, {"Modbus/TCP"}},
    {2404, {"IEC 60870-5-104", "IEC 60870-5 ASDU"}},
    {20000, {"DNP 3.0"}},
    {44818, {"ENIP", "CIP", "CIP CM"}},
    {47808, {"BACnet", "BACnet-APDU", "BACnet-NPDU"}},
};

static gboolean is_regular_by_design(const HgTally *tally, const HgService *service) {
  const HgProtocol *protocol = hg_tally_protocol(tally, service->protocol);
  const gboolean known = !protocol->transport && *protocol->name;
  for (guint i = 0; i < G_N_ELEMENTS(regular_by_design); i++) {
    if (regular_by_design[i].port != service->port)
      continue;
    if (!known)
      return TRUE;
    for (guint j = 0; j < 4 && regular_by_design[i].protocols[j]; j++)
      if (g_str_equal(regular_by_design[i].protocols[j], protocol->name))
        return TRUE;
  }
  return FALSE;
}

/* The same of servers of one's own network only: agents and what manages them, printers. Ports as
 * registered with IANA, or as their makers document them. */
static const guint16 regular_inside[] = {
    4505,  4506,  /* Salt: minions stay in touch with their master */
    5666,  6556,  /* NRPE, Checkmk: checks */
    5985,  5986,  /* WS-Management */
    8140,         /* Puppet: agents ask every half hour */
    8530,  8531,  /* Windows Server Update Services */
    9100,         /* raw printing: queues ask printers how they are; PDL data stream */
    10050, 10051, /* Zabbix: agent and server */
};

/* Windows' services at a domain controller besides those of directories: RPC's endpoint mapper, NetBIOS
 * sessions, SMB. (Microsoft: "Service overview and network port requirements for Windows".) */
static const guint16 of_domain_controllers[] = {135, 139, 445, 593, 5722, 9389};

/* There RPC's own ports are chosen at run time: from 49152 on, before Windows Vista from 1025 on. */
static const char *const domain_protocols[] = {"DCERPC",  "EPM",    "RPC_NETLOGON",
                                               "DRSUAPI", "LSARPC", "SAMR"};

/* Roles of servers that clients of a network keep in touch with. */
#define KEPT_IN_TOUCH                                                                              \
  (HG_ROLE_DATABASE | HG_ROLE_DHCP_SERVER | HG_ROLE_DIRECTORY | HG_ROLE_FILE_SERVER |              \
   HG_ROLE_MAIL_SERVER | HG_ROLE_NTP_SERVER | HG_ROLE_PRINT_SERVER | HG_ROLE_RESOLVER)

static gboolean is_listed(const guint16 *ports, gsize count, guint16 port) {
  for (gsize i = 0; i < count; i++)
    if (ports[i] == port)
      return TRUE;
  return FALSE;
}

static gboolean is_of_domain(const HgTally *tally, const HgService *service) {
  const char *name = hg_tally_protocol(tally, service->protocol)->name;
  if (is_listed(of_domain_controllers, G_N_ELEMENTS(of_domain_controllers), service->port))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS(domain_protocols); i++)
    if (service->port >= HG_SYSTEM_PORTS && g_str_equal(domain_protocols[i], name))
      return TRUE;
  return FALSE;
}

static gboolean is_kept_in_touch(const HgRuleRun *run, const HgService *service) {
  if (hg_rule_run_scope(run, service->server) != HG_SCOPE_INTERNAL)
    return FALSE;
  return (hg_roles_serving(hg_rule_run_roles(run), service) & KEPT_IN_TOUCH) ||
         is_listed(regular_inside, G_N_ELEMENTS(regular_inside), service->port) ||
         (hg_rule_run_has_role(run, service->server, HG_ROLE_DIRECTORY) &&
          is_of_domain(hg_rule_run_tally(run), service));
}

gboolean hg_regular_services_have(const HgRuleRun *run, const HgService *service) {
  const HgRoles *roles = hg_rule_run_roles(run);
  return is_regular_by_design(hg_rule_run_tally(run), service) || is_kept_in_touch(run, service) ||
         ((hg_roles_serving(roles, service) | hg_roles_asking(roles, service)) & HG_ROLE_PROXY);
}
