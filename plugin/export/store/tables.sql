-- tables.sql - the tables of a store
-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- What the program reads back is normalized and exact: integers, times in ns, text as it was. What
-- reports say about hosts and edges is in `nodes` and `edges`, which tables.c makes from the schema
-- of attributes that all formats share. They repeat what could be computed, for people with SQL.
-- Times and frames of packets are NULL where there were none; times also where packets have none.
-- Comments inside of a table's definition are in every store. A new column or table is to be in
-- migrations/, too.

CREATE TABLE meta ( -- facts about the whole; times are ns since 1970-01-01 UTC everywhere
  key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

CREATE TABLE checksums ( -- of all other tables; whoever changes a store by hand deletes the
  -- rows here, and nothing is compared any more
  name TEXT PRIMARY KEY, rows INTEGER NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE caps ( -- upper bounds; left_out: packets, names or bytes beyond, 0: not hit
  name TEXT PRIMARY KEY, bound INTEGER NOT NULL, left_out INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE wanted_protocols ( -- only packets of these were tallied; none: all
  name TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE captures ( -- frame n of a capture is frame frames_before + n everywhere here
  capture INTEGER PRIMARY KEY, name TEXT NOT NULL, -- of its file, where known
  frames_before INTEGER NOT NULL, frames INTEGER NOT NULL,
  start_ns INTEGER, -- zero of its relative times
  filter TEXT NOT NULL, -- display filter that chose its packets; '': none
  packets INTEGER NOT NULL, bytes INTEGER NOT NULL,
  first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER, last_frame INTEGER,
  without_time INTEGER NOT NULL DEFAULT 0, -- packets that have no time of their own
  digest TEXT NOT NULL, -- the same for the same packets, whatever their file; '': not known
  known INTEGER NOT NULL, -- further packets: they were in the store already when it was added
  unmarked INTEGER NOT NULL, -- packets without fingerprint: they could not be told again
  copies INTEGER NOT NULL, copied_bytes INTEGER NOT NULL); -- packets that are copies of others

CREATE TABLE fingerprints ( -- what tells packets of a capture again in one that overlaps it
  capture INTEGER PRIMARY KEY REFERENCES captures,
  packets BLOB NOT NULL); -- by time; each: us since the one before (LEB128), 6 bytes of a hash

CREATE TABLE protocols (
  protocol INTEGER PRIMARY KEY,
  name TEXT NOT NULL, -- as in the Protocol column
  raw TEXT, -- its bytes in hex, where it had to be cleaned to be text
  packets INTEGER NOT NULL, bytes INTEGER NOT NULL,
  first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER, last_frame INTEGER);

CREATE TABLE segments ( -- VLANs, tunnels, capture interfaces. Where another table has a segment, it is
  -- the one that an IP address is told apart by; 0: it is one machine wherever it was seen
  segment INTEGER PRIMARY KEY, name TEXT NOT NULL,
  filter TEXT NOT NULL, -- display filter of its packets
  routed INTEGER NOT NULL); -- 1: its packets have no link layer, so MACs are not those of hosts

CREATE TABLE hosts (
  host INTEGER PRIMARY KEY, -- by address
  id TEXT NOT NULL UNIQUE, -- the address as Wireshark shows it unresolved; with the name of its segment
  -- in brackets where it is told apart by that
  kind TEXT NOT NULL, -- ipv4, ipv6, mac, other
  raw TEXT, -- kind other: its bytes in hex
  segment INTEGER NOT NULL REFERENCES segments,
  scope TEXT NOT NULL,
  link_broadcast INTEGER NOT NULL, -- a frame to it went to ff:ff:ff:ff:ff:ff
  sent_packets INTEGER NOT NULL, sent_bytes INTEGER NOT NULL,
  sent_first_ns INTEGER, sent_last_ns INTEGER,
  sent_first_frame INTEGER, sent_last_frame INTEGER,
  received_packets INTEGER NOT NULL, received_bytes INTEGER NOT NULL,
  received_first_ns INTEGER, received_last_ns INTEGER,
  received_first_frame INTEGER, received_last_frame INTEGER);

CREATE TABLE conversations ( -- a pair of hosts; a before b; NULL: no address was shown
  conversation INTEGER PRIMARY KEY,
  a INTEGER NOT NULL REFERENCES hosts, b INTEGER REFERENCES hosts,
  -- from a to b:
  ab_packets INTEGER NOT NULL, ab_bytes INTEGER NOT NULL,
  ab_first_ns INTEGER, ab_last_ns INTEGER,
  ab_first_frame INTEGER, ab_last_frame INTEGER,
  -- from b to a:
  ba_packets INTEGER NOT NULL, ba_bytes INTEGER NOT NULL,
  ba_first_ns INTEGER, ba_last_ns INTEGER,
  ba_first_frame INTEGER, ba_last_frame INTEGER,
  -- among them, copies of other packets:
  ab_copies INTEGER NOT NULL, ab_copied_bytes INTEGER NOT NULL,
  ba_copies INTEGER NOT NULL, ba_copied_bytes INTEGER NOT NULL);

CREATE TABLE conversation_protocols ( -- what a pair spoke
  conversation_protocol INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL REFERENCES conversations,
  protocol INTEGER NOT NULL REFERENCES protocols,
  ab_packets INTEGER NOT NULL, ab_bytes INTEGER NOT NULL,
  ab_first_ns INTEGER, ab_last_ns INTEGER,
  ab_first_frame INTEGER, ab_last_frame INTEGER,
  ba_packets INTEGER NOT NULL, ba_bytes INTEGER NOT NULL,
  ba_first_ns INTEGER, ba_last_ns INTEGER,
  ba_first_frame INTEGER, ba_last_frame INTEGER,
  ab_info TEXT, ba_info TEXT); -- Info column of the first packet of each direction

CREATE TABLE conversation_vlans ( -- the packets of a pair that were in a VLAN
  conversation INTEGER NOT NULL REFERENCES conversations,
  vlan TEXT NOT NULL, -- '20'; of two tags '100.20'
  ab_packets INTEGER NOT NULL, ba_packets INTEGER NOT NULL,
  PRIMARY KEY (conversation, vlan)) WITHOUT ROWID;

CREATE TABLE services ( -- connections of one client to one port of one server
  service INTEGER PRIMARY KEY,
  client INTEGER NOT NULL REFERENCES hosts, server INTEGER NOT NULL REFERENCES hosts,
  transport TEXT NOT NULL, port INTEGER NOT NULL, -- of the server; echo: 0
  protocol INTEGER NOT NULL REFERENCES protocols, -- of most packets, beyond the transport
  attempts INTEGER NOT NULL, -- known to be begun by the client; 0: nobody is known to have begun
  established INTEGER NOT NULL, refused INTEGER NOT NULL, unanswered INTEGER NOT NULL,
  midstream INTEGER NOT NULL, -- nobody is known to have begun
  client_packets INTEGER NOT NULL, client_bytes INTEGER NOT NULL, -- client to server
  client_payload INTEGER NOT NULL,
  server_packets INTEGER NOT NULL, server_bytes INTEGER NOT NULL,
  server_payload INTEGER NOT NULL,
  first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL);

CREATE TABLE connections ( -- TCP connections; without TCP: exchanges
  connection INTEGER PRIMARY KEY,
  service INTEGER NOT NULL REFERENCES services,
  conversation INTEGER NOT NULL REFERENCES conversations,
  outcome TEXT NOT NULL, -- established, refused, unanswered, midstream
  conn_state TEXT NOT NULL, -- as Zeek's conn.log names it: S0, SF, REJ, ...
  spoken INTEGER NOT NULL REFERENCES protocols, -- what it is of: protocol, or detected
  transport TEXT NOT NULL, a_port INTEGER NOT NULL, b_port INTEGER NOT NULL,
  client INTEGER NOT NULL, -- 0: a of the conversation, 1: b
  a_seen INTEGER NOT NULL, b_seen INTEGER NOT NULL, -- what was sent: 1 SYN, 2 SYN and ACK,
  -- 4 FIN, 8 RST, 16 anything else; 32: something that it sent came back as undeliverable; 64: a
  -- segment that no connection has, without SYN, RST and ACK
  begun INTEGER NOT NULL, -- 1: the client is known to have begun it
  application INTEGER NOT NULL, -- the protocol is more than the transport's name
  protocol INTEGER NOT NULL REFERENCES protocols,
  protocol_ns INTEGER, protocol_frame INTEGER NOT NULL, -- where it was seen last
  detected INTEGER REFERENCES protocols, -- by the first bytes, where the packets show another
  initial_sequence INTEGER NOT NULL, -- of the SYN, or of the one answered; without TCP: ns from
  -- first_ns to the client's first packet; 4294967295: unknown
  a_packets INTEGER NOT NULL, b_packets INTEGER NOT NULL, -- sent by a, by b
  a_bytes INTEGER NOT NULL, b_bytes INTEGER NOT NULL,
  a_payload INTEGER NOT NULL, b_payload INTEGER NOT NULL,
  first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL,
  vlan TEXT NOT NULL); -- of the first packet: '20'; of two tags '100.20'; '': none

CREATE TABLE connection_parts ( -- of connections that several captures, or other connections, tell of
  connection_part INTEGER PRIMARY KEY,
  connection INTEGER NOT NULL REFERENCES connections,
  transport TEXT NOT NULL, a_port INTEGER NOT NULL, b_port INTEGER NOT NULL,
  client INTEGER NOT NULL, -- 0: a of the conversation, 1: b
  a_seen INTEGER NOT NULL, b_seen INTEGER NOT NULL, -- what was sent: 1 SYN, 2 SYN and ACK,
  -- 4 FIN, 8 RST, 16 anything else; 32: something that it sent came back as undeliverable; 64: a
  -- segment that no connection has, without SYN, RST and ACK
  begun INTEGER NOT NULL, -- 1: the client is known to have begun it
  application INTEGER NOT NULL, -- the protocol is more than the transport's name
  protocol INTEGER NOT NULL REFERENCES protocols,
  protocol_ns INTEGER, protocol_frame INTEGER NOT NULL, -- where it was seen last
  detected INTEGER REFERENCES protocols, -- by the first bytes, where the packets show another
  initial_sequence INTEGER NOT NULL,
  a_packets INTEGER NOT NULL, b_packets INTEGER NOT NULL, -- sent by a, by b
  a_bytes INTEGER NOT NULL, b_bytes INTEGER NOT NULL,
  a_payload INTEGER NOT NULL, b_payload INTEGER NOT NULL,
  first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL,
  vlan TEXT NOT NULL); -- of the first packet: '20'; of two tags '100.20'; '': none

CREATE TABLE undelivered ( -- ICMP errors to packets that the error's own capture does not show
  undelivered INTEGER PRIMARY KEY,
  source TEXT NOT NULL, source_kind TEXT NOT NULL, source_raw TEXT, -- of the packet
  source_segment INTEGER NOT NULL,
  target TEXT NOT NULL, target_kind TEXT NOT NULL, target_raw TEXT,
  target_segment INTEGER NOT NULL,
  transport TEXT NOT NULL, source_port INTEGER NOT NULL, target_port INTEGER NOT NULL,
  frame INTEGER NOT NULL, time_ns INTEGER); -- of the error

CREATE TABLE contacts ( -- runs of packets of one pair, direction, protocol and payload, in
  -- which no two neighbours are more than meta.contact_resolution_ns apart
  contact INTEGER PRIMARY KEY,
  conversation_protocol INTEGER NOT NULL REFERENCES conversation_protocols,
  direction INTEGER NOT NULL, -- 0: from a to b of the conversation, 1: from b to a
  payload INTEGER NOT NULL, -- 1: the packets carry data
  packets INTEGER NOT NULL, first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL);

CREATE TABLE bindings ( -- who said that an IP address is behind a MAC
  binding INTEGER PRIMARY KEY, address TEXT NOT NULL, segment INTEGER NOT NULL, mac TEXT NOT NULL,
  source TEXT NOT NULL, -- link: both in one frame's headers; arp: an ARP sender; nd: the same
  -- in IPv6 neighbour discovery
  packets INTEGER NOT NULL, bytes INTEGER NOT NULL,
  first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER, last_frame INTEGER);

CREATE TABLE names ( -- names for addresses
  name_number INTEGER PRIMARY KEY,
  address TEXT NOT NULL, kind TEXT NOT NULL, address_raw TEXT, segment INTEGER NOT NULL,
  name TEXT NOT NULL, raw TEXT,
  sources INTEGER NOT NULL, -- 1 DNS, 2 TLS, 4 HTTP, 8 DHCP, 16 the capture file, added up
  first_frame INTEGER NOT NULL);

CREATE TABLE logins ( -- seen in the clear
  login INTEGER PRIMARY KEY,
  client TEXT NOT NULL, client_kind TEXT NOT NULL, client_raw TEXT,
  client_segment INTEGER NOT NULL,
  server TEXT NOT NULL, server_kind TEXT NOT NULL, server_raw TEXT,
  server_segment INTEGER NOT NULL,
  protocol TEXT NOT NULL, user TEXT NOT NULL, user_raw TEXT,
  packets INTEGER NOT NULL, bytes INTEGER NOT NULL,
  first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER, last_frame INTEGER);

CREATE TABLE observations ( -- what dissectors saw hosts do, for the rules
  observation INTEGER PRIMARY KEY, kind TEXT NOT NULL,
  actor TEXT NOT NULL, actor_kind TEXT NOT NULL, actor_raw TEXT,
  actor_segment INTEGER NOT NULL, -- '': the kind has none
  peer TEXT NOT NULL, peer_kind TEXT NOT NULL, peer_raw TEXT,
  peer_segment INTEGER NOT NULL,
  subject TEXT NOT NULL, subject_raw TEXT,
  packets INTEGER NOT NULL, -- how often
  bytes INTEGER NOT NULL, -- sizes of what was observed, added up
  first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER, last_frame INTEGER);

CREATE TABLE findings ( -- of the rules, when the store was written
  finding INTEGER PRIMARY KEY, host INTEGER NOT NULL REFERENCES hosts,
  rule TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL, strength REAL NOT NULL,
  evidence TEXT NOT NULL, measured REAL NOT NULL, threshold REAL NOT NULL,
  protocol TEXT, first_frame INTEGER NOT NULL, last_frame INTEGER NOT NULL,
  filter TEXT NOT NULL, clears_if TEXT NOT NULL);

CREATE TABLE suppressed ( -- findings that an allow list took out, and which line of it
  host INTEGER NOT NULL REFERENCES hosts, rule TEXT NOT NULL, kind TEXT NOT NULL,
  strength REAL NOT NULL, evidence TEXT NOT NULL, first_frame INTEGER NOT NULL,
  filter TEXT NOT NULL, entry TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL);

CREATE TABLE finding_peers ( -- most telling first
  finding INTEGER NOT NULL REFERENCES findings, place INTEGER NOT NULL,
  host INTEGER NOT NULL REFERENCES hosts, PRIMARY KEY (finding, place)) WITHOUT ROWID;

CREATE TABLE finding_frames ( -- a sample
  finding INTEGER NOT NULL REFERENCES findings, frame INTEGER NOT NULL,
  PRIMARY KEY (finding, frame)) WITHOUT ROWID;

CREATE TABLE finding_attack ( -- MITRE ATT&CK techniques
  finding INTEGER NOT NULL REFERENCES findings, technique TEXT NOT NULL,
  PRIMARY KEY (finding, technique)) WITHOUT ROWID;
