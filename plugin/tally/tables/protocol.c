/* protocol.c - the names in the Protocol column, numbered in order of first sight
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "protocol.h"

#include <string.h>

/* Names are mostly constants in dissectors, so the address of a name mostly tells which one it
 * is. */
#define RECENT 32

/* A short name that was looked up, with its number. */
typedef struct {
  char name[14];
  guint16 number;
} Recent;

struct HgProtocolTable {
  GPtrArray *protocols;  /* HgProtocol, owned */
  GHashTable *by_name;   /* name (borrowed from the protocol) -> number */
  Recent recent[RECENT]; /* by the address of the name given */
};

/* Names of transports and networks, which say nothing about the application. */
static const char *const transports[] = {"TCP",  "UDP",  "SCTP",     "DCCP",     "ICMP", "ICMPv6",
                                         "IPv4", "IPv6", "UDP-Lite", "Ethernet", NULL};

/* Ethernet, frame relay and the like, and ATM. */
static const char *const arps[] = {"ARP", "RARP", "InARP", "ATMARP", "InATMARP", NULL};

/* What begins a connection is what it is of, whatever Wireshark makes of its later packets. */
static const char *const carriers[] = {"SSH", "RDP", "Socks", "Stratum", "VNC", NULL};

/* Dissectors that take any bytes on their port for their own. */
static const char *const doubtful[] = {
    "SSL", "SSH",  "TELNET", "FTP",     "SMTP", "POP",  "IMAP", "NBSS",  "Socks", "PPTP", "SIP",
    "VNC", "RESP", "IRC",    "POP/IMF", "TDS",  "MQTT", "X11",  "MySQL", "PGSQL", NULL};

static void protocol_free(gpointer data) {
  HgProtocol *protocol = data;
  g_free(protocol->name);
  g_free(protocol);
}

static guint16 add(HgProtocolTable *table, const char *name) {
  HgProtocol *protocol = g_new0(HgProtocol, 1);
  protocol->name = g_strdup(name);
  protocol->transport = g_strv_contains(transports, name);
  protocol->arp = g_strv_contains(arps, name);
  protocol->carrier = g_strv_contains(carriers, name);
  protocol->doubtful = g_strv_contains(doubtful, name);
  g_hash_table_insert(table->by_name, protocol->name, GUINT_TO_POINTER(table->protocols->len));
  g_ptr_array_add(table->protocols, protocol);
  return (guint16)(table->protocols->len - 1);
}

HgProtocolTable *hg_protocol_table_new(void) {
  HgProtocolTable *table = g_new0(HgProtocolTable, 1);
  table->protocols = g_ptr_array_new_with_free_func(protocol_free);
  table->by_name = g_hash_table_new(g_str_hash, g_str_equal);
  add(table, "");
  return table;
}

void hg_protocol_table_free(HgProtocolTable *table) {
  if (!table)
    return;
  g_hash_table_destroy(table->by_name);
  g_ptr_array_free(table->protocols, TRUE);
  g_free(table);
}

static guint16 find_or_add(HgProtocolTable *table, const char *name) {
  gpointer number;
  if (g_hash_table_lookup_extended(table->by_name, name, NULL, &number))
    return (guint16)GPOINTER_TO_UINT(number);
  return table->protocols->len > G_MAXUINT16 ? HG_PROTOCOL_UNKNOWN : add(table, name);
}

guint16 hg_protocol_table_intern(HgProtocolTable *table, const char *name) {
  if (!name || !*name)
    return HG_PROTOCOL_UNKNOWN;
  Recent *recent = &table->recent[((guintptr)name >> 3) % RECENT];
  if (strcmp(recent->name, name) == 0)
    return recent->number;
  const guint16 number = find_or_add(table, name);
  if (g_strlcpy(recent->name, name, sizeof recent->name) >= sizeof recent->name)
    *recent->name = '\0'; /* too long */
  recent->number = number;
  return number;
}

HgProtocol *hg_protocol_table_get(const HgProtocolTable *table, guint16 protocol) {
  return g_ptr_array_index(table->protocols, protocol);
}

guint hg_protocol_table_count(const HgProtocolTable *table) {
  return table->protocols->len;
}

gboolean hg_protocol_name_is_tls(const char *name) {
  return g_str_has_prefix(name, "TLS") || g_str_has_prefix(name, "SSL");
}
