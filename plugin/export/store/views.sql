-- views.sql - what is added to a store once its rows are there
-- SPDX-License-Identifier: GPL-2.0-or-later

CREATE INDEX conversations_b ON conversations (b);
CREATE UNIQUE INDEX conversations_ab ON conversations (a, b);
CREATE UNIQUE INDEX conversation_protocols_pair
  ON conversation_protocols (conversation, protocol);
CREATE INDEX conversation_protocols_protocol ON conversation_protocols (protocol);
CREATE INDEX services_ends ON services (client, server, transport, port);
CREATE INDEX services_server ON services (server, port);
CREATE INDEX connections_service ON connections (service);
CREATE INDEX connections_conversation ON connections (conversation);
CREATE INDEX connection_parts_connection ON connection_parts (connection);
CREATE INDEX contacts_spoken ON contacts (conversation_protocol);
CREATE INDEX bindings_mac ON bindings (mac);
CREATE INDEX names_address ON names (address);
CREATE INDEX findings_host ON findings (host);

CREATE VIEW conversation_list AS -- pairs with their hosts
  SELECT conversation, a.id AS a, b.id AS b, ab_packets, ab_bytes, ba_packets, ba_bytes,
    strftime('%Y-%m-%d %H:%M:%S',
      min(ifnull(ab_first_ns, ba_first_ns), ifnull(ba_first_ns, ab_first_ns)) / 1000000000,
      'unixepoch') AS first,
    strftime('%Y-%m-%d %H:%M:%S',
      max(ifnull(ab_last_ns, ba_last_ns), ifnull(ba_last_ns, ab_last_ns)) / 1000000000,
      'unixepoch') AS last
  FROM conversations c JOIN hosts a ON a.host = c.a LEFT JOIN hosts b ON b.host = c.b;

CREATE VIEW service_list AS -- services with their hosts and protocols
  SELECT service, client.id AS client, server.id AS server, transport, port,
    p.name AS protocol, attempts, established, refused, unanswered, midstream,
    client_bytes, server_bytes,
    strftime('%Y-%m-%d %H:%M:%S', s.first_ns / 1000000000, 'unixepoch') AS first,
    strftime('%Y-%m-%d %H:%M:%S', s.last_ns / 1000000000, 'unixepoch') AS last
  FROM services s JOIN hosts client ON client.host = s.client
    JOIN hosts server ON server.host = s.server JOIN protocols p USING (protocol);

CREATE VIEW connection_list AS -- connections with client and server in columns of their own; times are
  -- UTC; of an echo the ICMP types stand for ports, as in Zeek's conn.log
  SELECT connection,
    strftime('%Y-%m-%dT%H:%M:%S', (c.first_ns - (c.first_ns % 1000000000 + 1000000000) % 1000000000)
      / 1000000000, 'unixepoch')
      || printf('.%09dZ', (c.first_ns % 1000000000 + 1000000000) % 1000000000) AS first,
    strftime('%Y-%m-%dT%H:%M:%S', (c.last_ns - (c.last_ns % 1000000000 + 1000000000) % 1000000000)
      / 1000000000, 'unixepoch')
      || printf('.%09dZ', (c.last_ns % 1000000000 + 1000000000) % 1000000000) AS last,
    (c.last_ns - c.first_ns) / 1e9 AS duration,
    client.id AS client,
    CASE transport WHEN 'icmp' THEN 8 WHEN 'icmpv6' THEN 128
      ELSE iif(c.client = 0, a_port, b_port) END AS client_port,
    server.id AS server,
    CASE transport WHEN 'icmp' THEN 0 WHEN 'icmpv6' THEN 129
      ELSE iif(c.client = 0, b_port, a_port) END AS server_port,
    transport, p.name AS protocol, conn_state,
    iif(c.client = 0, a_packets, b_packets) AS client_packets,
    iif(c.client = 0, a_bytes, b_bytes) AS client_bytes,
    iif(c.client = 0, a_payload, b_payload) AS client_payload,
    iif(c.client = 0, b_packets, a_packets) AS server_packets,
    iif(c.client = 0, b_bytes, a_bytes) AS server_bytes,
    iif(c.client = 0, b_payload, a_payload) AS server_payload,
    vlan, c.first_frame, c.last_frame
  FROM connections c JOIN conversations v USING (conversation)
    JOIN protocols p ON p.protocol = c.spoken
    JOIN hosts client ON client.host = iif(c.client = 0, v.a, v.b)
    JOIN hosts server ON server.host = iif(c.client = 0, v.b, v.a);

CREATE VIEW contact_list AS -- who sent to whom, run by run
  SELECT contact,
    strftime('%Y-%m-%d %H:%M:%S', c.first_ns / 1000000000, 'unixepoch') AS first,
    strftime('%Y-%m-%d %H:%M:%S', c.last_ns / 1000000000, 'unixepoch') AS last,
    source.id AS source, target.id AS target, p.name AS protocol, payload, c.packets,
    c.first_frame, c.last_frame
  FROM contacts c JOIN conversation_protocols USING (conversation_protocol)
    JOIN conversations v USING (conversation) JOIN protocols p USING (protocol)
    JOIN hosts source ON source.host = iif(direction = 0, v.a, v.b)
    JOIN hosts target ON target.host = iif(direction = 0, v.b, v.a);

CREATE VIEW finding_list AS -- verdicts with their hosts
  SELECT finding, h.id AS host, rule, f.kind, title, strength, evidence, filter
  FROM findings f JOIN hosts h USING (host);
