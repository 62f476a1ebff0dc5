-- A catalogue of schema 1, as its version made it: an upload with a gap, a
-- recording whose file still waits for its name, a deleted id.
PRAGMA journal_mode=WAL;
CREATE TABLE upload(
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  name TEXT,
  total INTEGER,
  chunk_size INTEGER,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  chunks INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  highest INTEGER,
  contiguous INTEGER NOT NULL DEFAULT 0,
  contiguous_bytes INTEGER NOT NULL DEFAULT 0,
  placed INTEGER NOT NULL DEFAULT 0,
  placed_bytes INTEGER NOT NULL DEFAULT 0,
  prefix INTEGER NOT NULL DEFAULT 0,
  prefix_bytes INTEGER NOT NULL DEFAULT 0,
  digest BLOB,
  head_bytes INTEGER NOT NULL DEFAULT 0,
  head_sealed INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE chunk(
   upload INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  size INTEGER NOT NULL,
  place INTEGER NOT NULL,
  at INTEGER NOT NULL,
  sha256 BLOB,
  boot INTEGER,
  PRIMARY KEY(upload, idx)) STRICT,
  WITHOUT ROWID;
CREATE INDEX chunk_boot ON chunk(boot) WHERE boot IS NOT NULL;
CREATE TABLE span(
   upload INTEGER NOT NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY(upload, first)) STRICT,
  WITHOUT ROWID;
CREATE TABLE head(
   upload INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL) STRICT;
CREATE TABLE recording(
   seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  part INTEGER,
  chunks INTEGER NOT NULL,
  filename TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  timestamp INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  size INTEGER NOT NULL,
  duration REAL,
  mime TEXT NOT NULL,
  codec TEXT,
  channels INTEGER NOT NULL,
  rate INTEGER NOT NULL,
  sha256 BLOB,
  metadata TEXT NOT NULL) STRICT;
CREATE INDEX recording_timestamp_up ON recording(timestamp, id);
CREATE INDEX recording_timestamp_down ON recording(timestamp DESC, id);
CREATE INDEX recording_name_up ON recording(folded, id);
CREATE INDEX recording_name_down ON recording(folded DESC, id);
CREATE INDEX recording_size_up ON recording(size, id);
CREATE INDEX recording_size_down ON recording(size DESC, id);
CREATE INDEX recording_duration_up ON recording(ifnull(duration, 9e999), id);
CREATE INDEX recording_duration_down ON recording(ifnull(duration, -1.0) DESC, id);
CREATE INDEX recording_part ON recording(id) WHERE part IS NOT NULL;
CREATE TABLE gone(
   id TEXT PRIMARY KEY,
  filename TEXT,
  part INTEGER,
  until INTEGER NOT NULL) STRICT,
  WITHOUT ROWID;
CREATE INDEX gone_waiting ON gone(id) WHERE filename IS NOT NULL OR part IS NOT NULL;
CREATE INDEX gone_until ON gone(until);
CREATE TABLE boot(
   n INTEGER PRIMARY KEY AUTOINCREMENT,
  boot_id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE totals(
   one INTEGER PRIMARY KEY CHECK(one = 1),
  recordings INTEGER NOT NULL DEFAULT 0,
  recording_bytes INTEGER NOT NULL DEFAULT 0,
  uploads INTEGER NOT NULL DEFAULT 0,
  upload_bytes INTEGER NOT NULL DEFAULT 0,
  generation INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO totals(one) VALUES(1);
PRAGMA application_id=0x57465354;
PRAGMA user_version=1;
INSERT INTO boot(boot_id) VALUES('2b4a1c7e-0000-4000-8000-000000000001');
INSERT INTO upload(row, id, name, total, created, updated, chunks, bytes,
  highest, contiguous, contiguous_bytes, placed, placed_bytes)
VALUES(7, 'open', 'Take 7', 4, 1705327496000, 1705327497000, 2, 150, 2, 1,
  100, 1, 100);
INSERT INTO chunk VALUES(7, 0, 100, 0, 1705327496500, NULL, NULL),
  (7, 2, 50, -1, 1705327497000, NULL, NULL);
INSERT INTO span VALUES(7, 2, 2, 50);
INSERT INTO upload(row, id, created, updated)
VALUES(8, 'unseen', 1705327496000, 1705327496000);
INSERT INTO recording VALUES(3, 'done', 5, 2,
  'recording_20240115_140456_done.webm', 'Straße', 'strasse', 1705327496000,
  1705327616500, 1000, 12.5, 'audio/webm', 'opus', 1, 48000, NULL,
  '{"mood":"good"}');
INSERT INTO gone VALUES('away', NULL, NULL, 4102444800000);
UPDATE totals SET recordings = 1, recording_bytes = 1000, uploads = 1,
  upload_bytes = 150, generation = 9;
