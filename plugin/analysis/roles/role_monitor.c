/* role_monitor.c - finds monitors: hosts that poll hosts of the network again and again
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles_private.h"

/* By default Nagios checks a host every 5 min, Zabbix every 1 min, PRTG every 30 s or 60 s, so
 * within five minutes a host is polled at least twice. A sweep asks once. */
#define WATCHED_NS (G_GINT64_CONSTANT(300) * 1000000000)
#define WATCHED_ANSWERS 2
/* Somebody who pings a printer or two during a repair is no monitor. */
#define WATCHED_HOSTS 3

static gboolean is_poll(const HgRoles *roles, const HgService *service) {
  const gboolean echo =
      service->transport == HG_TRANSPORT_ICMP || service->transport == HG_TRANSPORT_ICMPV6;
  const gboolean snmp = service->transport == HG_TRANSPORT_UDP && service->port == 161;
  if ((!echo && !snmp) || roles->scopes[service->server] != HG_SCOPE_INTERNAL ||
      service->client == service->server)
    return FALSE;
  return echo || service->packets[1] == 0 || hg_role_service_speaks(roles->tally, service, "SNMP");
}

static gboolean is_monitored(const HgService *service) {
  return service->packets[1] >= WATCHED_ANSWERS &&
         hg_time_span(service->first_ns, service->last_ns) >= WATCHED_NS;
}

void hg_roles_find_monitors(HgRoles *roles, const HgServiceTable *services) {
  const guint32 count = hg_service_table_count(services);
  for (guint32 i = 0; i < count;) {
    const guint32 client = hg_service_table_get(services, i)->client;
    guint polled = 0, monitored = 0; /* hosts */
    while (i < count && hg_service_table_get(services, i)->client == client) {
      const guint32 server = hg_service_table_get(services, i)->server;
      gboolean poll = FALSE, monitored_here = FALSE;
      for (; i < count; i++) {
        const HgService *service = hg_service_table_get(services, i);
        if (service->client != client || service->server != server)
          break;
        const gboolean polls = is_poll(roles, service);
        poll |= polls;
        monitored_here |= polls && is_monitored(service);
      }
      polled += poll;
      monitored += monitored_here;
    }
    /* Most hosts that a monitor polls exist; this distinguishes it from a slow sweep. */
    if (monitored >= WATCHED_HOSTS && monitored * 2 > polled &&
        roles->scopes[client] == HG_SCOPE_INTERNAL)
      roles->of[client] |= HG_ROLE_MONITOR;
  }
}
