/* script.c - packets and evidence as text, so that all but the Wireshark adapter runs without
 * Wireshark
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "script.h"

#include "words.h"

#include "export/text/timestamp.h"

#include <string.h>

enum { SOURCE, DESTINATION, ADDRESSES };

/* The packet of the line that is being read. */
typedef struct {
  HgPacket packet;
  HgAddressBuffer buffers[ADDRESSES];
  gboolean payload_given;
  const char *segment; /* NULL: untagged */
} Line;

typedef struct {
  HgTallyBuilder *builder;
  guint32 frame; /* of the packet before; 0: none yet */
} Reader;

static gboolean fail(GError **error, const char *what, const char *word) {
  g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "%s: '%s'", what, word);
  return FALSE;
}

/* --- values --- */

static gboolean read_number(const char *text, guint64 max, guint64 *value, GError **error) {
  if (!g_ascii_string_to_unsigned(text, 10, 0, max, value, NULL))
    return fail(error, "no such number", text);
  return TRUE;
}

static gboolean read_address(const char *text, HgAddress *address, HgAddressBuffer *buffer,
                             GError **error) {
  memset(address, 0, sizeof *address);
  if (strcmp(text, "-") == 0)
    return TRUE;
  return hg_address_parse(text, address, buffer) || fail(error, "no address", text);
}

static gboolean read_mac(const char *text, HgMac *mac, GError **error) {
  HgAddressBuffer buffer;
  HgAddress address;
  if (!read_address(text, &address, &buffer, error))
    return FALSE;
  if (address.kind != HG_ADDRESS_MAC)
    return fail(error, "no MAC", text);
  mac->known = TRUE;
  memcpy(mac->bytes, address.data, sizeof mac->bytes);
  return TRUE;
}

static gboolean read_flags(const char *text, guint8 *flags, GError **error) {
  static const char letters[] = "FSRPA"; /* from the lowest bit on */
  for (const char *c = text; *c != '\0'; c++) {
    const char *const at = strchr(letters, *c);
    if (!at)
      return fail(error, "flags are letters of SAFRP", text);
    *flags |= (guint8)(1u << (at - letters));
  }
  return TRUE;
}

/* SPORT:DPORT, for TCP also SPORT:DPORT:FLAGS. */
static gboolean read_ports(HgPacket *packet, HgTransport transport, const char *text,
                           GError **error) {
  g_auto(GStrv) parts = g_strsplit(text, ":", 3);
  const guint count = g_strv_length(parts);
  guint64 source, destination;
  if (count < 2 || (count == 3 && transport != HG_TRANSPORT_TCP))
    return fail(error, "ports are SPORT:DPORT", text);
  if (!read_number(parts[0], G_MAXUINT16, &source, error) ||
      !read_number(parts[1], G_MAXUINT16, &destination, error))
    return FALSE;
  packet->transport = transport;
  packet->source_port = (guint16)source;
  packet->destination_port = (guint16)destination;
  if (count < 3)
    packet->tcp_flags = transport == HG_TRANSPORT_TCP ? HG_TCP_ACK : 0;
  return count < 3 || read_flags(parts[2], &packet->tcp_flags, error);
}

/* request:ID, reply:ID */
static gboolean read_echo(HgPacket *packet, const char *text, GError **error) {
  const gboolean request = g_str_has_prefix(text, "request:");
  guint64 identifier;
  if (!request && !g_str_has_prefix(text, "reply:"))
    return fail(error, "echo is request:ID or reply:ID", text);
  if (!read_number(strchr(text, ':') + 1, G_MAXUINT16, &identifier, error))
    return FALSE;
  packet->icmp = request ? HG_ICMP_ECHO_REQUEST : HG_ICMP_ECHO_REPLY;
  packet->transport =
      packet->source.kind == HG_ADDRESS_IPV6 ? HG_TRANSPORT_ICMPV6 : HG_TRANSPORT_ICMP;
  packet->source_port = (guint16)identifier;
  return TRUE;
}

/* --- packets --- */

/* Keys whose value is a number: where it goes. NULL: none of them. */
static guint32 *number_field(Line *line, const char *key) {
  HgPacket *const packet = &line->packet;
  if (strcmp(key, "len") == 0)
    return &packet->wire_length;
  if (strcmp(key, "frame") == 0)
    return &packet->frame;
  if (strcmp(key, "vlan") == 0)
    return &packet->vlan;
  if (strcmp(key, "seq") == 0)
    return &packet->tcp_sequence;
  if (strcmp(key, "ack") == 0)
    return &packet->tcp_acknowledged;
  if (strcmp(key, "payload") == 0) {
    line->payload_given = TRUE;
    return &packet->payload_length;
  }
  return NULL;
}

static HgTransport ports_of(const char *key) {
  static const HgTransport with_ports[] = {HG_TRANSPORT_TCP, HG_TRANSPORT_UDP, HG_TRANSPORT_SCTP};
  for (guint i = 0; i < G_N_ELEMENTS(with_ports); i++) {
    if (strcmp(key, hg_transport_name(with_ports[i])) == 0)
      return with_ports[i];
  }
  return HG_TRANSPORT_NONE;
}

/* `word` is KEY=VALUE or "copy", and lives as long as the line. */
static gboolean read_key(Line *line, char *word, GError **error) {
  HgPacket *const packet = &line->packet;
  char *const equals = strchr(word, '=');
  if (strcmp(word, "copy") == 0) {
    packet->copy = TRUE;
    return TRUE;
  }
  if (!equals)
    return fail(error, "no KEY=VALUE", word);
  *equals = '\0';
  const char *const value = equals + 1;
  guint32 *const field = number_field(line, word);
  if (field) {
    guint64 number;
    if (!read_number(value, G_MAXUINT32, &number, error))
      return FALSE;
    *field = (guint32)number;
    return TRUE;
  }
  if (ports_of(word) != HG_TRANSPORT_NONE)
    return read_ports(packet, ports_of(word), value, error);
  if (strcmp(word, "echo") == 0)
    return read_echo(packet, value, error);
  if (strcmp(word, "smac") == 0)
    return read_mac(value, &packet->link_source, error);
  if (strcmp(word, "dmac") == 0)
    return read_mac(value, &packet->link_destination, error);
  if (strcmp(word, "info") == 0 || strcmp(word, "net") == 0) {
    *(*word == 'i' ? &packet->info : &line->segment) = value;
    return TRUE;
  }
  if (strcmp(word, "detected") == 0) {
    packet->detected = value;
    return TRUE;
  }
  return fail(error, "unknown key", word);
}

static void set_segment(HgTallyBuilder *builder, const char *name, HgPacket *packet) {
  const gboolean vlan = name && g_str_has_prefix(name, "VLAN ");
  const char *number = vlan ? name + strlen("VLAN ") : "";
  g_autofree char *filter =
      vlan ? g_strdup_printf("vlan.id == %.*s", (int)strspn(number, "0123456789"), number)
           : g_strdup("!vlan");
  const HgSegment segment = {(char *)(name ? name : "untagged"), filter,
                             name && strcmp(name, "GRE") == 0};
  packet->segment = hg_tally_builder_segment(builder, &segment);
  packet->outer_segment =
      segment.routed ? hg_tally_builder_segment(builder, &hg_segment_untagged) : packet->segment;
  if (vlan)
    hg_vlan_parse(name + strlen("VLAN "), &packet->vlan);
}

static gboolean read_packet(Reader *reader, GPtrArray *words, GError **error) {
  Line line = {.packet = {.wire_length = 60, .frame = reader->frame + 1}};
  HgPacket *const packet = &line.packet;
  if (strcmp(words->pdata[0], "-") == 0)
    packet->time_ns = HG_TIME_NONE;
  else if (!hg_timestamp_parse_seconds(words->pdata[0], &packet->time_ns))
    return fail(error, "neither a time nor a kind of evidence", words->pdata[0]);
  if (words->len < 4)
    return fail(error, "a packet needs TIME SOURCE DESTINATION PROTOCOL", words->pdata[0]);
  if (!read_address(words->pdata[1], &packet->source, &line.buffers[SOURCE], error) ||
      !read_address(words->pdata[2], &packet->destination, &line.buffers[DESTINATION], error))
    return FALSE;
  packet->protocol = words->pdata[3];
  for (guint i = 4; i < words->len; i++) {
    if (!read_key(&line, words->pdata[i], error))
      return FALSE;
  }
  if (!line.payload_given && packet->transport != HG_TRANSPORT_TCP)
    packet->payload_length = packet->wire_length;
  reader->frame = packet->frame;
  set_segment(reader->builder, line.segment, packet);
  hg_tally_builder_packet(reader->builder, packet);
  return TRUE;
}

/* --- evidence --- */

static gboolean read_login(HgEvidence *evidence, GPtrArray *words, HgAddressBuffer *buffers,
                           GError **error) {
  evidence->kind = HG_EVIDENCE_LOGIN;
  evidence->login.protocol = words->pdata[3];
  evidence->login.user = words->pdata[4];
  return read_address(words->pdata[1], &evidence->login.client, &buffers[0], error) &&
         read_address(words->pdata[2], &evidence->login.server, &buffers[1], error);
}

static gboolean read_name(HgEvidence *evidence, GPtrArray *words, HgAddressBuffer *buffers,
                          GError **error) {
  static const char *const sources[HG_NAME_COUNT] = {"dns", "tls", "http", "dhcp", "resolved"};
  const char *const wanted = words->len > 3 ? words->pdata[3] : "dns";
  guint source = 0;
  while (source < HG_NAME_COUNT && strcmp(sources[source], wanted) != 0)
    source++;
  if (source == HG_NAME_COUNT)
    return fail(error, "a name comes from dns, tls, http, dhcp or resolved", wanted);
  evidence->kind = HG_EVIDENCE_NAME;
  evidence->name.name = words->pdata[2];
  evidence->name.source = (HgNameSource)source;
  return read_address(words->pdata[1], &evidence->name.address, &buffers[0], error);
}

static gboolean read_arp(HgEvidence *evidence, GPtrArray *words, HgAddressBuffer *buffers,
                         GError **error) {
  if (words->len > 4 && strcmp(words->pdata[4], "reply") != 0)
    return fail(error, "only 'reply' may follow", words->pdata[4]);
  evidence->kind = strcmp(words->pdata[0], "nd") == 0 ? HG_EVIDENCE_ND : HG_EVIDENCE_ARP;
  evidence->arp.is_reply = words->len > 4;
  return read_address(words->pdata[1], &evidence->arp.mac, &buffers[0], error) &&
         read_address(words->pdata[2], &evidence->arp.ip, &buffers[1], error) &&
         read_address(words->pdata[3], &evidence->arp.target_ip, &buffers[2], error);
}

static gboolean read_observation(HgEvidence *evidence, GPtrArray *words, HgAddressBuffer *buffers,
                                 GError **error) {
  evidence->kind = HG_EVIDENCE_OBSERVATION;
  evidence->observation.kind = hg_observation_kind(words->pdata[1]);
  if (evidence->observation.kind == HG_OBSERVED_COUNT)
    return fail(error, "no such kind of observation", words->pdata[1]);
  evidence->observation.subject = words->pdata[4];
  evidence->observation.size = 0;
  return (words->len < 6 ||
          read_number(words->pdata[5], G_MAXUINT32, &evidence->observation.size, error)) &&
         read_address(words->pdata[2], &evidence->observation.actor, &buffers[0], error) &&
         read_address(words->pdata[3], &evidence->observation.peer, &buffers[1], error);
}

static gboolean read_unreachable(HgEvidence *evidence, GPtrArray *words, HgAddressBuffer *buffers,
                                 GError **error) {
  guint64 source_port, destination_port;
  HgTransport transport = HG_TRANSPORT_NONE;
  while (transport < HG_TRANSPORT_COUNT &&
         strcmp(hg_transport_name(transport), words->pdata[3]) != 0)
    transport++;
  if (transport == HG_TRANSPORT_COUNT)
    return fail(error, "no such transport", words->pdata[3]);
  if (!read_number(words->pdata[4], G_MAXUINT16, &source_port, error) ||
      !read_number(words->pdata[5], G_MAXUINT16, &destination_port, error))
    return FALSE;
  evidence->kind = HG_EVIDENCE_UNREACHABLE;
  evidence->unreachable.transport = transport;
  evidence->unreachable.source_port = (guint16)source_port;
  evidence->unreachable.destination_port = (guint16)destination_port;
  return read_address(words->pdata[1], &evidence->unreachable.source, &buffers[0], error) &&
         read_address(words->pdata[2], &evidence->unreachable.destination, &buffers[1], error);
}

typedef struct {
  const char *word;
  guint least, most; /* words on the line */
  gboolean (*read)(HgEvidence *evidence, GPtrArray *words, HgAddressBuffer *buffers,
                   GError **error);
} EvidenceKind;

static const EvidenceKind evidence_kinds[] = {
    {"login", 5, 5, read_login},
    {"name", 3, 4, read_name},
    {"arp", 4, 5, read_arp},
    {"nd", 4, 5, read_arp},
    {"observe", 5, 6, read_observation},
    {"unreachable", 6, 6, read_unreachable},
};

static gboolean read_evidence(Reader *reader, const EvidenceKind *kind, GPtrArray *words,
                              GError **error) {
  HgEvidence evidence = {.frame = reader->frame};
  HgAddressBuffer buffers[3];
  if (reader->frame == 0)
    return fail(error, "evidence before the first packet", kind->word);
  if (words->len < kind->least || words->len > kind->most)
    return fail(error, "wrong number of words", kind->word);
  if (!kind->read(&evidence, words, buffers, error))
    return FALSE;
  hg_tally_builder_evidence(reader->builder, &evidence);
  return TRUE;
}

static gboolean read_line(Reader *reader, const char *text, GError **error) {
  g_autoptr(GPtrArray) words = hg_words_split(text);
  if (!words)
    return fail(error, "bad quotes", text);
  if (words->len == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS(evidence_kinds); i++) {
    if (strcmp(words->pdata[0], evidence_kinds[i].word) == 0)
      return read_evidence(reader, &evidence_kinds[i], words, error);
  }
  return read_packet(reader, words, error);
}

gboolean hg_script_read(HgTallyBuilder *builder, const char *script, GError **error) {
  Reader reader = {.builder = builder};
  g_auto(GStrv) lines = g_strsplit(script, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    if (!read_line(&reader, lines[i], error)) {
      g_prefix_error(error, "line %u: ", i + 1);
      return FALSE;
    }
  }
  return TRUE;
}

HgTallyBuilder *hg_script_builder(const char *script, const HgTallyOptions *options) {
  g_autoptr(GError) error = NULL;
  HgTallyOptions usual;
  hg_tally_options_init(&usual);
  HgTallyBuilder *builder = hg_tally_builder_new(options ? options : &usual);
  if (!hg_script_read(builder, script, &error))
    g_error("%s", error->message);
  return builder;
}

HgTally *hg_script_tally_with(const char *script, const HgTallyOptions *options) {
  return hg_tally_builder_end(hg_script_builder(script, options));
}

HgTally *hg_script_tally(const char *script) {
  return hg_script_tally_with(script, NULL);
}
