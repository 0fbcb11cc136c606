/* load.c - loads the tally of a store
 *
 * Hosts and conversations are loaded in the order in which they were first seen, so that they get
 * the numbers that they had in the original tally.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "load.h"

#include "export/text/text.h"

/* A map from row numbers of a table to numbers of the tally. */
static guint32 *new_rows(HgStoreLoad *load, const char *table, guint32 *count) {
  g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM %s", table);
  *count = 0;
  hg_store_query(&load->reader, sql);
  if (hg_store_next(&load->reader))
    *count = (guint32)hg_store_get(&load->reader, 0, G_MAXUINT32 - 1);
  guint32 *rows = g_new(guint32, (gsize)*count + 1);
  memset(rows, 0xFF, ((gsize)*count + 1) * sizeof *rows);
  return rows;
}

/* The next column as a row number. Rows count from 1; 0 stands for none. */
static gint64 get_row(HgStoreLoad *load, guint32 count) {
  return hg_store_get(&load->reader, count > 0, count);
}

guint32 hg_store_load_reference(HgStoreLoad *load, const guint32 *rows, guint32 count) {
  const gint64 row = get_row(load, count);
  if (rows[row] == HG_RESTORE_FAILED)
    hg_store_damaged(&load->reader, "a row refers to one that is not there");
  return rows[row];
}

/* Notes the number that a row got in the tally. */
static void keep(HgStoreLoad *load, guint32 *rows, gint64 row, guint32 number) {
  rows[row] = number;
  if (number == HG_RESTORE_FAILED)
    hg_store_damaged(&load->reader, "two rows speak of the same thing");
}

static void load_protocols(HgStoreLoad *load) {
  load->protocols = new_rows(load, "protocols", &load->protocol_count);
  hg_store_query(&load->reader, "SELECT protocol, name, raw, packets, bytes, first_ns, last_ns,"
                                " first_frame, last_frame FROM protocols ORDER BY first_frame");
  while (hg_store_next(&load->reader)) {
    const gint64 row = get_row(load, load->protocol_count);
    g_autofree char *name = g_strdup(hg_store_get_raw_text(&load->reader));
    const HgTraffic traffic = hg_store_get_traffic(&load->reader);
    if (!load->reader.error)
      keep(load, load->protocols, row, hg_tally_restore_protocol(load->builder, name, &traffic));
  }
}

static void load_segments(HgStoreLoad *load) {
  HgStoreReader *reader = &load->reader;
  g_autoptr(GString) name = g_string_new(NULL); /* clean already, unless others wrote the store */
  hg_store_query(reader, "SELECT segment, name, filter, routed FROM segments ORDER BY segment");
  while (hg_store_next(reader)) {
    HgSegment segment;
    const gint64 number = hg_store_get(reader, 0, G_MAXUINT16);
    g_string_truncate(name, 0);
    hg_text_plain(name, hg_store_get_text(reader), -1);
    segment.name = name->str;
    segment.filter = (char *)hg_store_get_text(reader);
    segment.routed = hg_store_get(reader, 0, 1) == 1;
    if (!reader->error && hg_tally_builder_segment(load->builder, &segment) != number)
      hg_store_damaged(reader, "segments are not numbered in order");
    reader->segments = (guint)number + 1;
  }
}

static void load_hosts(HgStoreLoad *load) {
  load->hosts = new_rows(load, "hosts", &load->host_count);
  hg_store_query(
      &load->reader,
      "SELECT host, iif(segment = 0, id, substr(id, 1, instr(id, ' (') - 1)), kind, raw, segment,"
      " link_broadcast,"
      " sent_packets, sent_bytes, sent_first_ns, sent_last_ns, sent_first_frame, sent_last_frame,"
      " received_packets, received_bytes, received_first_ns, received_last_ns,"
      " received_first_frame, received_last_frame FROM hosts ORDER BY"
      " min(ifnull(sent_first_frame, received_first_frame),"
      "     ifnull(received_first_frame, sent_first_frame)),"
      " ifnull(sent_first_frame <= ifnull(received_first_frame, sent_first_frame), 0) DESC,"
      " host");
  while (hg_store_next(&load->reader)) {
    HgAddress address;
    HgAddressBuffer buffer;
    const gint64 row = get_row(load, load->host_count);
    hg_store_get_address(&load->reader, &address, &buffer);
    const gboolean broadcast = hg_store_get(&load->reader, 0, 1) == 1;
    const HgTraffic sent = hg_store_get_traffic(&load->reader);
    const HgTraffic received = hg_store_get_traffic(&load->reader);
    if (!load->reader.error)
      keep(load, load->hosts, row,
           hg_tally_restore_host(load->builder, &address, &sent, &received, broadcast));
  }
}

/* --- conversations --- */

/* Whether the sides are swapped: side A is the one that sent first, as in the original tally. */
static gboolean is_flipped(const HgTraffic traffic[2]) {
  if (traffic[0].packets == 0 || traffic[1].packets == 0)
    return traffic[0].packets == 0;
  if (traffic[0].first_ns != traffic[1].first_ns)
    return traffic[1].first_ns < traffic[0].first_ns;
  return traffic[1].first_frame < traffic[0].first_frame;
}

static void load_conversations(HgStoreLoad *load) {
  load->conversations = new_rows(load, "conversations", &load->conversation_count);
  load->flipped = g_new0(guint8, (gsize)load->conversation_count + 1);
  hg_store_query(&load->reader,
                 "SELECT conversation, a, b,"
                 " ab_packets, ab_bytes, ab_first_ns, ab_last_ns, ab_first_frame, ab_last_frame,"
                 " ba_packets, ba_bytes, ba_first_ns, ba_last_ns, ba_first_frame, ba_last_frame,"
                 " ab_copies, ab_copied_bytes, ba_copies, ba_copied_bytes"
                 " FROM conversations ORDER BY min(ifnull(ab_first_frame, ba_first_frame),"
                 " ifnull(ba_first_frame, ab_first_frame)), conversation");
  while (hg_store_next(&load->reader)) {
    const gint64 row = get_row(load, load->conversation_count);
    const guint32 a = hg_store_load_reference(load, load->hosts, load->host_count);
    const guint32 b = hg_store_skip_null(&load->reader)
                          ? HG_NO_HOST
                          : hg_store_load_reference(load, load->hosts, load->host_count);
    const HgTraffic ab = hg_store_get_traffic(&load->reader);
    const HgTraffic traffic[2] = {ab, hg_store_get_traffic(&load->reader)};
    const HgCopies ab_copies = hg_store_get_copies(&load->reader);
    const HgCopies copies[2] = {ab_copies, hg_store_get_copies(&load->reader)};
    const int flip = is_flipped(traffic) && a != b;
    const guint32 host[2] = {flip ? b : a, flip ? a : b};
    const HgTraffic ordered[2] = {traffic[flip], traffic[1 - flip]};
    const HgCopies ordered_copies[2] = {copies[flip], copies[1 - flip]};
    if (load->reader.error)
      continue;
    keep(load, load->conversations, row,
         hg_tally_restore_conversation(load->builder, host, ordered, ordered_copies));
    load->flipped[row] = (guint8)flip;
  }
}

/* The conversation of the next column. `*flip`: its sides are swapped in the tally. */
static guint32 get_conversation(HgStoreLoad *load, int *flip) {
  const gint64 row = get_row(load, load->conversation_count);
  *flip = load->flipped[row];
  if (load->conversations[row] == HG_RESTORE_FAILED)
    hg_store_damaged(&load->reader, "a row refers to one that is not there");
  return load->conversations[row];
}

static void load_spoken(HgStoreLoad *load) {
  load->spoken = new_rows(load, "conversation_protocols", &load->spoken_count);
  load->spoken_flipped = g_new0(guint8, (gsize)load->spoken_count + 1);
  hg_store_query(&load->reader,
                 "SELECT conversation_protocol, conversation, protocol,"
                 " ab_packets, ab_bytes, ab_first_ns, ab_last_ns, ab_first_frame, ab_last_frame,"
                 " ba_packets, ba_bytes, ba_first_ns, ba_last_ns, ba_first_frame, ba_last_frame,"
                 " ab_info, ba_info FROM conversation_protocols"
                 " ORDER BY min(ifnull(ab_first_frame, ba_first_frame),"
                 " ifnull(ba_first_frame, ab_first_frame)), conversation_protocol");
  while (hg_store_next(&load->reader)) {
    int flip;
    const gint64 row = get_row(load, load->spoken_count);
    const guint32 conversation = get_conversation(load, &flip);
    const guint32 protocol = hg_store_load_reference(load, load->protocols, load->protocol_count);
    const HgTraffic ab = hg_store_get_traffic(&load->reader);
    const HgTraffic ba = hg_store_get_traffic(&load->reader);
    const char *ab_info = hg_store_get_optional(&load->reader);
    const char *ba_info = hg_store_get_optional(&load->reader);
    const HgTraffic ordered[2] = {flip ? ba : ab, flip ? ab : ba};
    const char *const info[2] = {flip ? ba_info : ab_info, flip ? ab_info : ba_info};
    if (load->reader.error)
      continue;
    keep(load, load->spoken, row,
         hg_tally_restore_conversation_protocol(load->builder, conversation, protocol, ordered,
                                                info));
    load->spoken_flipped[row] = (guint8)flip;
  }
}

static HgVlan get_vlan(HgStoreReader *reader) {
  HgVlan vlan = 0;
  if (!hg_vlan_parse(hg_store_get_text(reader), &vlan))
    hg_store_damaged(reader, "a VLAN is none");
  return vlan;
}

static void load_vlans(HgStoreLoad *load) {
  HgStoreReader *reader = &load->reader;
  hg_store_query(reader, "SELECT conversation, vlan, ab_packets, ba_packets FROM conversation_vlans"
                         " ORDER BY conversation, vlan");
  while (hg_store_next(reader)) {
    int flip;
    guint64 packets[2];
    const guint32 conversation = get_conversation(load, &flip);
    const HgVlan vlan = get_vlan(reader);
    for (int column = 0; column < 2; column++)
      packets[column ^ flip] = (guint64)hg_store_get(reader, 0, G_MAXINT64);
    if (!reader->error &&
        !hg_tally_restore_conversation_vlan(load->builder, conversation, vlan, packets))
      hg_store_damaged(reader, "the VLANs of a conversation are impossible");
  }
}

/* --- connections --- */

static void load_connection(HgStoreLoad *load) {
  HgStoreReader *reader = &load->reader;
  HgConnection c = {0};
  int flip;
  c.conversation = get_conversation(load, &flip);
  c.transport = (guint8)hg_store_get_transport(reader);
  for (int column = 0; column < 2; column++)
    c.port[column ^ flip] = (guint16)hg_store_get(reader, 0, G_MAXUINT16);
  c.client = (guint8)(hg_store_get(reader, 0, 1) ^ flip);
  for (int column = 0; column < 2; column++)
    c.history[column ^ flip] = (guint8)hg_store_get(reader, 0, HG_HISTORY_ALL);
  c.begun = (guint8)hg_store_get(reader, 0, 1);
  c.application = (guint8)hg_store_get(reader, 0, 1);
  c.protocol = (guint16)hg_store_load_reference(load, load->protocols, load->protocol_count);
  c.protocol_ns = hg_store_get_time(reader);
  c.protocol_frame = hg_store_get_u32(reader);
  if (!hg_store_skip_null(reader))
    c.detected = (guint16)hg_store_load_reference(load, load->protocols, load->protocol_count);
  c.initial_sequence = hg_store_get_u32(reader);
  for (int column = 0; column < 2; column++)
    c.packets[column ^ flip] = hg_store_get_u32(reader);
  for (int column = 0; column < 2; column++)
    c.bytes[column ^ flip] = (guint64)hg_store_get(reader, 0, G_MAXINT64);
  for (int column = 0; column < 2; column++)
    c.payload[column ^ flip] = (guint64)hg_store_get(reader, 0, G_MAXINT64);
  c.first_ns = hg_store_get_time(reader);
  c.last_ns = hg_store_get_later(reader, c.first_ns);
  c.first_frame = hg_store_get_u32(reader);
  c.last_frame = hg_store_get_u32(reader);
  c.vlan = get_vlan(reader);
  if (!reader->error && !hg_tally_restore_connection(load->builder, &c))
    hg_store_damaged(reader, "a connection is impossible");
}

/* The parts of a connection are loaded instead of the connection. */
static void load_connections(HgStoreLoad *load) {
#define COLUMNS(table)                                                                             \
  "conversation, " table ".transport, " table ".a_port, " table ".b_port, " table ".client,"       \
  " " table ".a_seen, " table ".b_seen, " table ".begun, " table ".application,"                   \
  " " table ".protocol, " table ".protocol_ns, " table ".protocol_frame,"                          \
  " " table ".detected, " table ".initial_sequence, " table ".a_packets, " table                   \
  ".b_packets, " table ".a_bytes,"                                                                 \
  " " table ".b_bytes, " table ".a_payload, " table ".b_payload, " table ".first_ns,"              \
  " " table ".last_ns, " table ".first_frame, " table ".last_frame, " table ".vlan"
  hg_store_query(
      &load->reader,
      "SELECT " COLUMNS(
          "c") " FROM connections c WHERE connection NOT IN"
               " (SELECT connection FROM connection_parts NOT INDEXED) UNION ALL"
               " SELECT " COLUMNS(
                   "p") " FROM connection_parts p NOT INDEXED"
                        " JOIN connections USING (connection) ORDER BY 23"); /* first_frame */
#undef COLUMNS
  while (hg_store_next(&load->reader))
    load_connection(load);
}

static void load_contacts(HgStoreLoad *load) {
  HgStoreReader *reader = &load->reader;
  hg_store_query(reader, "SELECT conversation_protocol, direction, payload, packets, first_ns,"
                         " last_ns, first_frame, last_frame FROM contacts ORDER BY contact");
  while (hg_store_next(reader)) {
    const gint64 row = get_row(load, load->spoken_count);
    HgContactRun run = {0};
    run.contact.conversation_protocol = load->spoken[row] & HG_CONTACT_MAX_CONVERSATION_PROTOCOL;
    run.contact.direction = (hg_store_get(reader, 0, 1) ^ load->spoken_flipped[row]) & 1;
    run.contact.payload = hg_store_get(reader, 0, 1) & 1;
    run.packets = (guint32)hg_store_get(reader, 1, G_MAXUINT32);
    run.contact.time_ns = hg_store_get_time(reader);
    run.last_ns = hg_store_get_later(reader, run.contact.time_ns);
    run.contact.frame = hg_store_get_u32(reader);
    run.last_frame = hg_store_get_u32(reader);
    if (!reader->error && (load->spoken[row] > HG_CONTACT_MAX_CONVERSATION_PROTOCOL ||
                           !hg_tally_restore_run(load->builder, &run)))
      hg_store_damaged(reader, "a contact is impossible");
  }
}

HgTally *hg_store_load(const char *path, GError **error) {
  static void (*const parts[])(HgStoreLoad *) = {hg_store_load_options,
                                                 load_protocols,
                                                 load_segments,
                                                 load_hosts,
                                                 load_conversations,
                                                 load_spoken,
                                                 load_vlans,
                                                 load_connections,
                                                 load_contacts,
                                                 hg_store_load_names_and_logins,
                                                 hg_store_load_totals};
  HgStoreLoad load = {0};
  hg_store_reader_init(&load.reader, path);
  for (guint i = 0; i < G_N_ELEMENTS(parts) && !load.reader.error; i++)
    parts[i](&load);
  g_free(load.protocols);
  g_free(load.hosts);
  g_free(load.conversations);
  g_free(load.flipped);
  g_free(load.spoken);
  g_free(load.spoken_flipped);
  if (hg_store_reader_finish(&load.reader, error))
    return hg_tally_builder_end(load.builder);
  hg_tally_builder_free(load.builder);
  return NULL;
}
