-- 2_to_3.sql - makes a store of schema 2 one of schema 3
-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- As long as no release writes schema 3: whoever adds a column or a table to tables.sql adds it here,
-- too. A column: ALTER TABLE hosts ADD COLUMN mark INTEGER NOT NULL DEFAULT 0; where the default is
-- what was true, or unknown, of all older rows. A table: the same CREATE TABLE, and its name in open.c.

-- The first stores of schema 2 have no such table.
CREATE TABLE IF NOT EXISTS suppressed (
  host INTEGER NOT NULL REFERENCES hosts, rule TEXT NOT NULL, kind TEXT NOT NULL,
  strength REAL NOT NULL, evidence TEXT NOT NULL, first_frame INTEGER NOT NULL,
  filter TEXT NOT NULL, entry TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL);

ALTER TABLE captures ADD COLUMN digest TEXT NOT NULL DEFAULT '';
ALTER TABLE captures ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN unmarked INTEGER NOT NULL DEFAULT 0;
UPDATE captures SET unmarked = packets;
CREATE TABLE fingerprints (
  capture INTEGER PRIMARY KEY REFERENCES captures, packets BLOB NOT NULL);

-- 0 stood for an unknown sequence number; it is 4294967295 now. Without TCP the column was 0; it tells
-- how long after the first packet the client's came, which is 4294967295 where it did not begin.
UPDATE connections SET initial_sequence = 4294967295 WHERE initial_sequence = 0 AND begun = 0;
UPDATE connection_parts SET initial_sequence = 4294967295 WHERE initial_sequence = 0 AND begun = 0;

-- Every packet had a time: one without counted as of 1970.
ALTER TABLE captures ADD COLUMN without_time INTEGER NOT NULL DEFAULT 0;

-- It follows from the other columns, which are what is read.
ALTER TABLE connections ADD COLUMN conn_state TEXT NOT NULL DEFAULT '';

-- No address was told apart by the segment that it was seen in, and none is known.
CREATE TABLE segments (
  segment INTEGER PRIMARY KEY, name TEXT NOT NULL, filter TEXT NOT NULL, routed INTEGER NOT NULL);
INSERT INTO segments VALUES (0, 'unknown segment', 'frame', 0);
ALTER TABLE hosts ADD COLUMN segment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE undelivered ADD COLUMN source_segment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE undelivered ADD COLUMN target_segment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bindings ADD COLUMN segment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE names ADD COLUMN segment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE logins ADD COLUMN client_segment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE logins ADD COLUMN server_segment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE observations ADD COLUMN actor_segment INTEGER NOT NULL DEFAULT 0;
ALTER TABLE observations ADD COLUMN peer_segment INTEGER NOT NULL DEFAULT 0;

-- VLANs were not told.
CREATE TABLE conversation_vlans (
  conversation INTEGER NOT NULL REFERENCES conversations,
  vlan TEXT NOT NULL, ab_packets INTEGER NOT NULL, ba_packets INTEGER NOT NULL,
  PRIMARY KEY (conversation, vlan)) WITHOUT ROWID;
ALTER TABLE connections ADD COLUMN vlan TEXT NOT NULL DEFAULT '';
ALTER TABLE connection_parts ADD COLUMN vlan TEXT NOT NULL DEFAULT '';

-- Connections were of what their packets show.
ALTER TABLE connections ADD COLUMN spoken INTEGER NOT NULL DEFAULT 0;
UPDATE connections SET spoken = protocol;
ALTER TABLE connections ADD COLUMN detected INTEGER;
ALTER TABLE connection_parts ADD COLUMN detected INTEGER;

-- Copies of packets counted like all others.
ALTER TABLE captures ADD COLUMN copies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE captures ADD COLUMN copied_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN ab_copies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN ab_copied_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN ba_copies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN ba_copied_bytes INTEGER NOT NULL DEFAULT 0;
INSERT INTO meta VALUES ('duplicates', 'keep');
