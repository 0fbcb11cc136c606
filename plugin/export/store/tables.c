/* tables.c - the tables of a store
 *
 * What the program reads back is normalized and exact: integers, times in ns, text as it was. What
 * reports say about hosts and edges is in `nodes` and `edges`, whose columns are made from the
 * schema of attributes that all formats share, so that a new attribute is in the store as well, by
 * the same name as elsewhere. They repeat what could be computed, for people with SQL only.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tables.h"

/* One HgTraffic: NULL times and frames when there were no packets. */
#define TRAFFIC(prefix)                                                                            \
  "  " prefix "packets INTEGER NOT NULL, " prefix "bytes INTEGER NOT NULL,\n"                      \
  "  " prefix "first_ns INTEGER, " prefix "last_ns INTEGER,\n"                                     \
  "  " prefix "first_frame INTEGER, " prefix "last_frame INTEGER"

const char hg_store_tables[] =
    "CREATE TABLE meta ( -- facts about the whole; times are ns since 1970-01-01 UTC everywhere\n"
    "  key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;\n"

    "CREATE TABLE checksums ( -- of all other tables; whoever changes a store by hand deletes the\n"
    "  -- rows here, and nothing is compared any more\n"
    "  name TEXT PRIMARY KEY, rows INTEGER NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID;\n"

    "CREATE TABLE caps ( -- upper bounds; left_out: packets, names or bytes beyond, 0: not hit\n"
    "  name TEXT PRIMARY KEY, bound INTEGER NOT NULL, left_out INTEGER NOT NULL) WITHOUT ROWID;\n"

    "CREATE TABLE wanted_protocols ( -- only packets of these were tallied; none: all\n"
    "  name TEXT PRIMARY KEY) WITHOUT ROWID;\n"

    "CREATE TABLE captures ( -- frame n of a capture is frame frames_before + n everywhere here\n"
    "  capture INTEGER PRIMARY KEY, name TEXT NOT NULL, -- of its file, where known\n"
    "  frames_before INTEGER NOT NULL, frames INTEGER NOT NULL,\n"
    "  start_ns INTEGER NOT NULL, -- zero of its relative times\n" TRAFFIC(
        "") ");\n"

            "CREATE TABLE protocols (\n"
            "  protocol INTEGER PRIMARY KEY,\n"
            "  name TEXT NOT NULL, -- as in the Protocol column\n"
            "  raw TEXT, -- its bytes in hex, where it had to be cleaned to be text\n" TRAFFIC(
                "") ");\n"

                    "CREATE TABLE hosts (\n"
                    "  host INTEGER PRIMARY KEY, -- by address\n"
                    "  id TEXT NOT NULL UNIQUE, -- the address as Wireshark shows it unresolved\n"
                    "  kind TEXT NOT NULL, -- ipv4, ipv6, mac, other\n"
                    "  raw TEXT, -- kind other: its bytes in hex\n"
                    "  scope TEXT NOT NULL,\n"
                    "  link_broadcast INTEGER NOT NULL, -- a frame to it went to ff:ff:ff:ff:ff:ff\n" TRAFFIC("sent_") ",\n" TRAFFIC(
                        "received_") ");\n"

                                     "CREATE TABLE conversations ( -- a pair of hosts; a before b; NULL: no address was shown\n"
                                     "  conversation INTEGER PRIMARY KEY,\n"
                                     "  a INTEGER NOT NULL REFERENCES hosts, b INTEGER REFERENCES hosts,\n" TRAFFIC("ab_") ", -- from a to b\n" TRAFFIC(
                                         "ba_") ");\n"

                                                "CREATE TABLE conversation_protocols ( -- what a pair spoke\n"
                                                "  conversation_protocol INTEGER PRIMARY KEY,\n"
                                                "  conversation INTEGER NOT NULL REFERENCES conversations,\n"
                                                "  protocol INTEGER NOT NULL REFERENCES protocols,\n" TRAFFIC("ab_") ",\n" TRAFFIC(
                                                    "ba_") ",\n"
                                                           "  ab_info TEXT, ba_info TEXT); -- Info column of the first packet of each direction\n"

                                                           "CREATE TABLE services ( -- connections of one client to one port of one server\n"
                                                           "  service INTEGER PRIMARY KEY,\n"
                                                           "  client INTEGER NOT NULL REFERENCES hosts, server INTEGER NOT NULL REFERENCES hosts,\n"
                                                           "  transport TEXT NOT NULL, port INTEGER NOT NULL, -- of the server; echo: 0\n"
                                                           "  protocol INTEGER NOT NULL REFERENCES protocols, -- of most packets, beyond the transport\n"
                                                           "  attempts INTEGER NOT NULL, -- starts captured; 0: nobody is known to have begun\n"
                                                           "  established INTEGER NOT NULL, refused INTEGER NOT NULL, unanswered INTEGER NOT NULL,\n"
                                                           "  midstream INTEGER NOT NULL, -- starts not captured\n"
                                                           "  client_packets INTEGER NOT NULL, client_bytes INTEGER NOT NULL, -- client to server\n"
                                                           "  client_payload INTEGER NOT NULL,\n"
                                                           "  server_packets INTEGER NOT NULL, server_bytes INTEGER NOT NULL,\n"
                                                           "  server_payload INTEGER NOT NULL,\n"
                                                           "  first_ns INTEGER NOT NULL, last_ns INTEGER NOT NULL,\n"
                                                           "  first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL);\n"

#define CONNECTION                                                                                 \
  "  transport TEXT NOT NULL, a_port INTEGER NOT NULL, b_port INTEGER NOT NULL,\n"                 \
  "  client INTEGER NOT NULL, -- 0: a of the conversation, 1: b\n"                                 \
  "  a_seen INTEGER NOT NULL, b_seen INTEGER NOT NULL, -- what was sent: 1 SYN, 2 SYN and ACK,\n"  \
  "  -- 4 FIN, 8 RST, 16 anything else; 32: something that it sent came back as undeliverable\n"   \
  "  begun INTEGER NOT NULL, -- its start was captured\n"                                          \
  "  application INTEGER NOT NULL, -- the protocol is more than the transport's name\n"            \
  "  protocol INTEGER NOT NULL REFERENCES protocols,\n"                                            \
  "  protocol_ns INTEGER NOT NULL, protocol_frame INTEGER NOT NULL, -- where it was seen last\n"   \
  "  initial_sequence INTEGER NOT NULL,\n"                                                         \
  "  a_packets INTEGER NOT NULL, b_packets INTEGER NOT NULL, -- sent by a, by b\n"                 \
  "  a_bytes INTEGER NOT NULL, b_bytes INTEGER NOT NULL,\n"                                        \
  "  a_payload INTEGER NOT NULL, b_payload INTEGER NOT NULL,\n"                                    \
  "  first_ns INTEGER NOT NULL, last_ns INTEGER NOT NULL,\n"                                       \
  "  first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL"

                                                           "CREATE TABLE connections ( -- TCP connections; without TCP: exchanges\n"
                                                           "  connection INTEGER PRIMARY KEY,\n"
                                                           "  service INTEGER NOT NULL REFERENCES services,\n"
                                                           "  conversation INTEGER NOT NULL REFERENCES conversations,\n"
                                                           "  outcome TEXT NOT NULL, -- established, refused, unanswered, midstream\n" CONNECTION
                                                           ");\n"

                                                           "CREATE TABLE connection_parts ( -- of TCP connections that several captures show\n"
                                                           "  connection_part INTEGER PRIMARY KEY,\n"
                                                           "  connection INTEGER NOT NULL REFERENCES connections,\n" CONNECTION
                                                           ");\n"

                                                           "CREATE TABLE contacts ( -- runs of packets of one pair, direction, protocol and payload, in\n"
                                                           "  -- which no two neighbours are more than meta.contact_resolution_ns apart\n"
                                                           "  contact INTEGER PRIMARY KEY,\n"
                                                           "  conversation_protocol INTEGER NOT NULL REFERENCES conversation_protocols,\n"
                                                           "  direction INTEGER NOT NULL, -- 0: from a to b of the conversation, 1: from b to a\n"
                                                           "  payload INTEGER NOT NULL, -- 1: the packets carry data\n"
                                                           "  packets INTEGER NOT NULL, first_ns INTEGER NOT NULL, last_ns INTEGER NOT NULL,\n"
                                                           "  first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL);\n"

                                                           "CREATE TABLE bindings ( -- who said that an IP address is behind a MAC\n"
                                                           "  binding INTEGER PRIMARY KEY, address TEXT NOT NULL, mac TEXT NOT NULL,\n"
                                                           "  source TEXT NOT NULL, -- link: both in one frame's headers; arp: an ARP sender\n" TRAFFIC(
                                                               "") ");\n"

                                                                   "CREATE TABLE names ( -- names for addresses\n"
                                                                   "  name_number INTEGER PRIMARY KEY,\n"
                                                                   "  address TEXT NOT NULL, kind TEXT NOT NULL, address_raw TEXT,\n"
                                                                   "  name TEXT NOT NULL, raw TEXT,\n"
                                                                   "  sources INTEGER NOT NULL, -- 1 DNS, 2 TLS, 4 HTTP, 8 DHCP, 16 the capture file, added up\n"
                                                                   "  first_frame INTEGER NOT NULL);\n"

                                                                   "CREATE TABLE logins ( -- seen in the clear\n"
                                                                   "  login INTEGER PRIMARY KEY,\n"
                                                                   "  client TEXT NOT NULL, client_kind TEXT NOT NULL, client_raw TEXT,\n"
                                                                   "  server TEXT NOT NULL, server_kind TEXT NOT NULL, server_raw TEXT,\n"
                                                                   "  protocol TEXT NOT NULL, user TEXT NOT NULL, user_raw TEXT,\n" TRAFFIC(
                                                                       "") ");\n"

                                                                           "CREATE TABLE findings ( -- of the rules, when the store was written\n"
                                                                           "  finding INTEGER PRIMARY KEY, host INTEGER NOT NULL REFERENCES hosts,\n"
                                                                           "  rule TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, strength REAL NOT NULL,\n"
                                                                           "  evidence TEXT NOT NULL, measured REAL NOT NULL, threshold REAL NOT NULL,\n"
                                                                           "  protocol TEXT, first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL,\n"
                                                                           "  filter TEXT NOT NULL, clears_if TEXT NOT NULL);\n"
                                                                           "CREATE TABLE finding_peers ( -- most telling first\n"
                                                                           "  finding INTEGER NOT NULL REFERENCES findings, place INTEGER NOT NULL,\n"
                                                                           "  host INTEGER NOT NULL REFERENCES hosts, PRIMARY KEY (finding, place)) WITHOUT ROWID;\n"
                                                                           "CREATE TABLE finding_frames ( -- a sample\n"
                                                                           "  finding INTEGER NOT NULL REFERENCES findings, frame INTEGER NOT NULL,\n"
                                                                           "  PRIMARY KEY (finding, frame)) WITHOUT ROWID;\n"
                                                                           "CREATE TABLE finding_attack ( -- MITRE ATT&CK techniques\n"
                                                                           "  finding INTEGER NOT NULL REFERENCES findings, technique TEXT NOT NULL,\n"
                                                                           "  PRIMARY KEY (finding, technique)) WITHOUT ROWID;\n";

const char hg_store_indices_and_views[] =
    "CREATE INDEX conversations_b ON conversations (b);\n"
    "CREATE UNIQUE INDEX conversations_ab ON conversations (a, b);\n"
    "CREATE UNIQUE INDEX conversation_protocols_pair\n"
    "  ON conversation_protocols (conversation, protocol);\n"
    "CREATE INDEX conversation_protocols_protocol ON conversation_protocols (protocol);\n"
    "CREATE INDEX services_ends ON services (client, server, transport, port);\n"
    "CREATE INDEX services_server ON services (server, port);\n"
    "CREATE INDEX connections_service ON connections (service);\n"
    "CREATE INDEX connections_conversation ON connections (conversation);\n"
    "CREATE INDEX connection_parts_connection ON connection_parts (connection);\n"
    "CREATE INDEX contacts_spoken ON contacts (conversation_protocol);\n"
    "CREATE INDEX bindings_mac ON bindings (mac);\n"
    "CREATE INDEX names_address ON names (address);\n"
    "CREATE INDEX findings_host ON findings (host);\n"

#define UTC(column) "strftime('%Y-%m-%d %H:%M:%S', " column " / 1000000000, 'unixepoch')"

    "CREATE VIEW conversation_list AS -- pairs with their hosts\n"
    "  SELECT conversation, a.id AS a, b.id AS b, ab_packets, ab_bytes, ba_packets, ba_bytes,\n"
    "    " UTC(
        "min(ifnull(ab_first_ns, ba_first_ns), ifnull(ba_first_ns, ab_first_ns))") " AS first,\n"
                                                                                   "    " UTC("max(ifnull(ab_last_ns, ba_last_ns), ifnull(ba_last_ns, ab_last_ns))") " AS last\n"
                                                                                                                                                                     "  FROM conversations c JOIN hosts a ON a.host = c.a LEFT JOIN hosts b ON b.host = c.b;\n"

                                                                                                                                                                     "CREATE VIEW service_list AS -- services with their hosts and protocols\n"
                                                                                                                                                                     "  SELECT service, client.id AS client, server.id AS server, transport, port,\n"
                                                                                                                                                                     "    p.name AS protocol, attempts, established, refused, unanswered, midstream,\n"
                                                                                                                                                                     "    client_bytes, server_bytes, " UTC(
                                                                                                                                                                         "s.first_ns") " AS first, " UTC("s.last_ns") " AS last\n"
                                                                                                                                                                                                                      "  FROM services s JOIN hosts client ON client.host = s.client\n"
                                                                                                                                                                                                                      "    JOIN hosts server ON server.host = s.server JOIN protocols p USING (protocol);\n"

                                                                                                                                                                                                                      "CREATE VIEW contact_list AS -- who sent to whom, run by run\n"
                                                                                                                                                                                                                      "  SELECT contact, " UTC(
                                                                                                                                                                                                                          "c.first_ns") " AS first, " UTC("c.last_ns") " AS last,\n"
                                                                                                                                                                                                                                                                       "    source.id AS source, target.id AS target, p.name AS protocol, payload, c.packets,\n"
                                                                                                                                                                                                                                                                       "    c.first_frame, c.last_frame\n"
                                                                                                                                                                                                                                                                       "  FROM contacts c JOIN conversation_protocols USING (conversation_protocol)\n"
                                                                                                                                                                                                                                                                       "    JOIN conversations v USING (conversation) JOIN protocols p USING (protocol)\n"
                                                                                                                                                                                                                                                                       "    JOIN hosts source ON source.host = iif(direction = 0, v.a, v.b)\n"
                                                                                                                                                                                                                                                                       "    JOIN hosts target ON target.host = iif(direction = 0, v.b, v.a);\n"

                                                                                                                                                                                                                                                                       "CREATE VIEW finding_list AS -- verdicts with their hosts\n"
                                                                                                                                                                                                                                                                       "  SELECT finding, h.id AS host, rule, kind, title, strength, evidence, filter\n"
                                                                                                                                                                                                                                                                       "  FROM findings JOIN hosts h USING (host);\n";

/* SQLite's own types. Times: seconds as in every other format, which its date functions take. */
static const char *column_type(HgType type) {
  switch (type) {
  case HG_TYPE_INTEGER:
  case HG_TYPE_BOOLEAN:
    return "INTEGER";
  case HG_TYPE_DOUBLE:
  case HG_TYPE_TIME:
    return "REAL";
  default:
    return "TEXT";
  }
}

char *hg_store_attribute_table(const char *name, const char *comment, const char *head,
                               const HgAttribute *attributes) {
  GString *sql = g_string_new(NULL);
  g_string_append_printf(sql, "CREATE TABLE %s ( -- %s\n  %s", name, comment, head);
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++)
    g_string_append_printf(sql, ",\n  \"%s\" %s /* %s%s%s */", attribute->name,
                           column_type(attribute->type), attribute->title,
                           attribute->unit ? ", " : "", attribute->unit ? attribute->unit : "");
  g_string_append(sql, ");\n");
  return g_string_free(sql, FALSE);
}
