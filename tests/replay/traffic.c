/* traffic.c - random packets in the language of scripts
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "traffic.h"

/* What tells which networks are one's own: neighbours and a router that answers for others, leases,
 * prefixes; now and then of one more network. */
static char *random_neighbours(GRand *rand, double time, int a, int b) {
  const gboolean reply = g_rand_boolean(rand), proxied = g_rand_int_range(rand, 0, 3) == 0;
  const int network = g_rand_int_range(rand, 0, 40) == 0 ? 3 : 2;
  return g_strdup_printf("%.6f 192.0.%d.%d 203.0.113.%d XYZ smac=02:00:00:00:00:%02x\n"
                         "arp 02:00:00:00:00:%02x 192.0.%d.%d %s.%d%s\n"
                         "arp 02:00:00:00:00:01 %s.%d 192.0.%d.%d reply\n"
                         "nd 02:00:00:00:00:%02x 2001:db8:%d::%d 2001:db8:%d::%d%s\n"
                         "observe dhcp-lease 192.0.%d.1 192.0.%d.%d %d\n"
                         "observe router-prefix fe80::1 2001:db8:%d:: 64\n",
                         time, network, a * 40, b, a, a, network, a * 40,
                         proxied ? "198.51.100" : "192.0.2", b * 30, reply ? " reply" : "",
                         proxied ? "198.51.100" : "192.0.2", b * 30, network, a * 40, a, network, a,
                         network, b, reply ? " reply" : "", network, network + 1, a * 40,
                         28 + a % 3, network * (proxied ? 16 : 1));
}

static char *random_line(GRand *rand, double time) {
  static const char *const flags[] = {"S", "SA", "A", "PA", "FA", "R", "RA", "", "FP"};
  static const char *const protocols[] = {"TCP", "HTTP", "TLSv1.2", "SSL"};
  static const char *const detected[] = {"", "", "", " detected=SSH", " detected=FTP"};
  const int a = g_rand_int_range(rand, 1, 6), b = g_rand_int_range(rand, 1, 6);
  const int client = g_rand_int_range(rand, 1024, 1027), server = g_rand_int_range(rand, 80, 82);
  const gboolean back = g_rand_boolean(rand);
  const int vlan = g_rand_int_range(rand, 0, 3); /* 0: none */
  switch (g_rand_int_range(rand, 0, 8)) {
  case 7:
    return random_neighbours(rand, time, a, b);
  case 6: /* somebody says that a packet could not be delivered, which came long before or never */
    return g_strdup_printf("%.6f 10.0.0.7 10.0.0.%d ICMP\n"
                           "unreachable 10.0.0.%d 10.0.0.%d %s %d %d\n",
                           time, a, a, b, back ? "udp" : "tcp", client, back ? 53 : server);
  case 0:
    return g_strdup_printf("%.6f 10.0.0.%d 10.0.0.%d ICMP echo=%s:%d smac=02:00:00:00:00:0%d\n",
                           time, a, b, back ? "reply" : "request", client, a);
  case 1:
    return g_strdup_printf("%.6f 10.0.0.%d 10.0.0.%d DNS udp=%d:%d info=q%d\n"
                           "name 10.0.0.%d n%d.example\n"
                           "observe dns-query 10.0.0.%d 10.0.0.%d \"A n%d.example\" %d\n"
                           "observe login-failure 10.0.0.%d - FTP\n",
                           time, a, b, back ? 53 : client, back ? client : 53, client, b, client, a,
                           b, client, 40 + a, b);
  case 2:
    return g_strdup_printf("%.6f %s 10.0.0.%d XYZ len=77\n", time, back ? "-" : "10.0.0.9", b);
  default:
    return g_strdup_printf(
        "%.6f 10.0.0.%d 10.0.0.%d %s tcp=%d:%d:%s seq=%d payload=%d len=%d vlan=%d%s%s\n"
        "login 10.0.0.%d 10.0.0.%d FTP u%d\n"
        "observe server-name 10.0.0.%d 10.0.0.%d s%d.example 70\n",
        time, a, b, protocols[g_rand_int_range(rand, 0, G_N_ELEMENTS(protocols))],
        back ? server : client, back ? client : server,
        flags[g_rand_int_range(rand, 0, G_N_ELEMENTS(flags))], g_rand_int_range(rand, 1, 3),
        g_rand_int_range(rand, 0, 9), g_rand_int_range(rand, 60, 99), vlan,
        g_rand_int_range(rand, 0, 8) == 0 ? " copy" : "",
        detected[g_rand_int_range(rand, 0, G_N_ELEMENTS(detected))], a, b, b, a, b, b);
  }
}

GPtrArray *hg_traffic_random(GRand *rand, guint packets) {
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  double time = 1000;
  for (guint i = 0; i < packets; i++) {
    /* Mostly small steps, sometimes beyond the gap that ends an exchange. */
    time += g_rand_int_range(rand, 0, 20) == 0 ? 45 : g_rand_double(rand);
    g_ptr_array_add(lines, random_line(rand, time));
  }
  return lines;
}
