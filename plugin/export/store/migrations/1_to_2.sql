-- 1_to_2.sql - makes a store of schema 1 one of schema 2
-- SPDX-License-Identifier: GPL-2.0-or-later

CREATE TABLE observations (
  observation INTEGER PRIMARY KEY, kind TEXT NOT NULL,
  actor TEXT NOT NULL, actor_kind TEXT NOT NULL, actor_raw TEXT,
  peer TEXT NOT NULL, peer_kind TEXT NOT NULL, peer_raw TEXT,
  subject TEXT NOT NULL, subject_raw TEXT,
  packets INTEGER NOT NULL, bytes INTEGER NOT NULL,
  first_ns INTEGER, last_ns INTEGER,
  first_frame INTEGER, last_frame INTEGER);

-- What the dissectors observed is not known: rules that need it are not to be assessed.
UPDATE meta SET value = 0 WHERE key = 'evidence';
