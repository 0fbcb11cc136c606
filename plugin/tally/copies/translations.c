/* translations.c - copies that a translator or a firewall has changed on their way
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "translations.h"

#include "tally/types/packet_time.h"

/* Enough payload to prove something: a DNS message has a header of 12 bytes. */
#define PROVING_PAYLOAD 8

/* TCP numbers that differ by more than this are not of one stream within the window: 1 MiB. */
#define FAR (1u << 20)
/* Those of one stream stay within this of its last segment: 16 MiB. Random ones do in one of 128 cases. */
#define NEAR (1u << 24)

/* Copies in a row without an original, after which they are taken for originals: more than a card or a
 * merged file has of one interface at a time. */
#define MOST_UNMATCHED 64

typedef enum { UNRELATED, TRANSLATED, RENUMBERED } Relation;

static inline guint64 mix(guint64 a) {
  a *= G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
  return a ^ a >> 32;
}

/* Hashes of both ends: the same for both directions, and another one for each. */
typedef struct {
  guint64 both, direction;
} Ends;

static Ends ends_of(const guint32 address[2], const guint16 port[2], guint8 transport) {
  guint64 end[2];
  for (int i = 0; i < 2; i++)
    end[i] = mix((guint64)address[i] << 16 | port[i]);
  const guint64 both = mix(end[0] + end[1] + transport);
  return (Ends){both, mix(end[0] + (end[1] ^ both))};
}

static guint32 distance(guint32 a, guint32 b) {
  const guint32 up = a - b;
  return MIN(up, 0u - up); /* numbers of TCP go round */
}

static gboolean is_tcp(const HgPacket *packet) {
  return packet->transport == HG_TRANSPORT_TCP;
}

/* --- what relates two packets with the same content --- */

/* What is known of the packet beside its bytes. */
typedef struct {
  guint16 sender;      /* stands for its source MAC; 0: not known */
  gboolean identified; /* its identification tells it from all others of its sender */
  gint64 gap_ns;       /* since the other packet */
} Circumstances;

/* Routers between the two: 1 or 2. A bridge and a device of its own may stand in between, too. */
static gboolean is_routed(const HgTranslatable *seen, const HgPacket *packet) {
  const int hops = (int)seen->hops - (int)packet->key.hops;
  return hops != 0 && ABS(hops) <= 2;
}

static gboolean has_other_sender(const HgTranslatable *seen, guint16 sender) {
  return sender != seen->sender && sender != 0 && seen->sender != 0;
}

static gboolean has_payload(const HgPacket *packet) {
  return packet->payload_length >= PROVING_PAYLOAD;
}

/* Not 0, 1 or another small number with which tools begin. */
static gboolean is_proving_number(guint32 sequence) {
  return sequence > G_MAXUINT16;
}

/* `end`: the one that differs. Where the device is no router for the time to live (some firewalls), more must
 * be proved. */
static gboolean is_translated(const HgTranslatable *seen, const HgPacket *packet, int end,
                              const Circumstances *circumstances) {
  const gboolean same_sender = circumstances->sender != 0 && circumstances->sender == seen->sender;
  const gboolean routed = is_routed(seen, packet),
                 proving = is_proving_number(packet->tcp_sequence);
  if (seen->address[end] == packet->key.address[end] || same_sender ||
      (!routed && (!has_other_sender(seen, circumstances->sender) ||
                   circumstances->gap_ns > HG_COPY_CLOSE_NS)))
    return FALSE;
  if (is_tcp(packet))
    return seen->number[0] == packet->tcp_sequence && seen->number[1] == packet->tcp_acknowledged &&
           (proving || (routed && (circumstances->identified || has_payload(packet))));
  const gboolean same_port = seen->port[end] == packet->key.port[end];
  return routed ? circumstances->identified || (has_payload(packet) && same_port)
                : circumstances->identified && has_payload(packet);
}

static gboolean is_same_or_far(guint32 distance) {
  return distance == 0 || distance > FAR;
}

static gboolean is_renumbered(const HgTranslatable *seen, const HgPacket *packet,
                              const Circumstances *circumstances) {
  const guint32 sequence = distance(seen->number[0], packet->tcp_sequence);
  const guint32 acknowledged = distance(seen->number[1], packet->tcp_acknowledged);
  return is_tcp(packet) && MAX(sequence, acknowledged) > FAR && is_same_or_far(sequence) &&
         is_same_or_far(acknowledged) &&
         (circumstances->identified || is_routed(seen, packet) ||
          has_other_sender(seen, circumstances->sender) || has_payload(packet));
}

static Relation relation_of(const HgTranslatable *seen, const HgPacket *packet,
                            const Circumstances *circumstances) {
  gboolean same[2];
  for (int end = 0; end < 2; end++)
    same[end] =
        seen->address[end] == packet->key.address[end] && seen->port[end] == packet->key.port[end];
  if (same[0] && same[1])
    return is_renumbered(seen, packet, circumstances) ? RENUMBERED : UNRELATED;
  if (!same[0] && !same[1])
    return UNRELATED;
  return is_translated(seen, packet, same[0] ? 1 : 0, circumstances) ? TRANSLATED : UNRELATED;
}

/* --- translated ends --- */

/* Its own place, or the one that it may take. */
static HgAlias *alias_at(HgTranslations *translations, guint64 ends) {
  const gsize place = ends >> (64 - HG_ALIAS_BITS);
  HgAlias *first = &translations->aliases[place], *second = &translations->aliases[place ^ 1];
  return first->ends == ends || (first->ends == 0 && second->ends != ends) ? first : second;
}

static guint64 original_of(HgTranslations *translations, guint64 ends) {
  const HgAlias *alias = alias_at(translations, ends);
  return alias->ends == ends ? alias->original : ends;
}

/* A packet between translated ends. `other`: the ends of one that it relates to; 0: there is none. */
static gboolean is_of_alias(HgTranslations *translations, guint64 ends, guint64 other) {
  HgAlias *alias = alias_at(translations, ends);
  if (alias->ends != ends)
    return FALSE;
  if (other !=
      0) /* of another connection, too, to which the translator gives the same ends later */
    alias->original = original_of(translations, other);
  alias->unmatched = other != 0 ? 0 : alias->unmatched + 1;
  if (alias->unmatched > MOST_UNMATCHED)
    *alias = (HgAlias){0};
  return alias->ends == ends;
}

/* The packet relates to one between `other` ends. FALSE: those are the translated ones. */
static gboolean becomes_alias(HgTranslations *translations, guint64 ends, guint64 other) {
  HgAlias *before = alias_at(translations, other);
  if (before->ends == other && (before->original == ends || before->unmatched > 0)) {
    before->original = ends;
    before->unmatched = 0;
    return FALSE;
  }
  const guint64 original = original_of(translations, other);
  *alias_at(translations, ends) = (HgAlias){.ends = ends, .original = original};
  return TRUE;
}

/* --- changed numbers --- */

typedef enum { NEAR_NEITHER, NEAR_ORIGINAL, NEAR_COPY } Nearness;

static HgRenumbering *renumbering_at(HgTranslations *translations, guint64 direction) {
  const gsize place = direction >> (64 - HG_ALIAS_BITS);
  HgRenumbering *first = &translations->renumberings[place],
                *second = &translations->renumberings[place ^ 1];
  return first->ends == direction || (first->ends == 0 && second->ends != direction) ? first
                                                                                     : second;
}

static void note_number(guint32 number[2], const HgPacket *packet) {
  number[0] = packet->tcp_sequence;
  number[1] = packet->tcp_acknowledged;
}

/* How far the packet is from the stream that `number` is of. */
static guint32 off(const guint32 number[2], const HgPacket *packet) {
  const guint32 sequence = distance(number[0], packet->tcp_sequence);
  return number[1] == 0 || packet->tcp_acknowledged == 0
             ? sequence
             : MAX(sequence, distance(number[1], packet->tcp_acknowledged));
}

/* A packet that is of neither stream shows that the numbers are of no such connection. */
static Nearness nearness(HgRenumbering *renumbering, guint64 direction, const HgPacket *packet) {
  if (renumbering->ends != direction)
    return NEAR_NEITHER;
  const guint32 original = off(renumbering->number[0], packet);
  const guint32 copy = off(renumbering->number[1], packet);
  note_number(renumbering->number[copy < original], packet);
  renumbering->unmatched = copy < original ? renumbering->unmatched + 1 : 0;
  if (MIN(original, copy) > NEAR || renumbering->unmatched > MOST_UNMATCHED) {
    *renumbering = (HgRenumbering){0};
    return NEAR_NEITHER;
  }
  return copy < original ? NEAR_COPY : NEAR_ORIGINAL;
}

static void begin_renumbering(HgRenumbering *renumbering, guint64 direction,
                              const HgTranslatable *seen, const HgPacket *packet) {
  *renumbering = (HgRenumbering){.ends = direction};
  renumbering->number[0][0] = seen->number[0];
  renumbering->number[0][1] = seen->number[1];
  note_number(renumbering->number[1], packet);
}

/* `direction`: hash of both ends, another one for the other direction. */
static gboolean is_renumbered_copy(HgTranslations *translations, const HgPacket *packet,
                                   guint64 direction, const HgTranslatable *related) {
  HgRenumbering *renumbering = renumbering_at(translations, direction);
  const Nearness near = nearness(renumbering, direction, packet);
  if (near == NEAR_NEITHER && related != NULL)
    begin_renumbering(renumbering, direction, related, packet);
  return near == NEAR_COPY || (near == NEAR_NEITHER && related != NULL);
}

/* --- a packet --- */

static void keep(HgTranslatable *seen, const HgPacket *packet, guint16 sender, guint8 sightings) {
  const HgContentKey *key = &packet->key;
  *seen = (HgTranslatable){.content = key->content,
                           .time_ns = packet->time_ns,
                           .address = {key->address[0], key->address[1]},
                           .number = {packet->tcp_sequence, packet->tcp_acknowledged},
                           .port = {key->port[0], key->port[1]},
                           .sender = sender,
                           .hops = key->hops,
                           .sightings = sightings};
}

/* `relation`: to the packet `seen`, which has the same content, and so the same transport. */
static gboolean is_copy(HgTranslations *translations, const HgPacket *packet, Relation relation,
                        const HgTranslatable *seen) {
  const HgContentKey *key = &packet->key;
  const Ends ends = ends_of(key->address, key->port, packet->transport);
  const guint64 other =
      relation == TRANSLATED ? ends_of(seen->address, seen->port, packet->transport).both : 0;
  translations->any = TRUE;
  if (is_of_alias(translations, ends.both, other))
    return TRUE;
  if (other != 0)
    return becomes_alias(translations, ends.both, other);
  return is_tcp(packet) && is_renumbered_copy(translations, packet, ends.direction,
                                              relation == RENUMBERED ? seen : NULL);
}

gboolean hg_translations_packet(HgTranslations *translations, const HgPacket *packet,
                                guint16 sender, const HgNearby *nearby) {
  const HgContentKey *key = &packet->key;
  if ((key->port[0] | key->port[1]) == 0) /* no transport, or a fragment */
    return FALSE;
  HgTranslatable *seen = &translations->seen[key->content >> (64 - HG_TRANSLATION_BITS)];
  const gboolean same = seen->content == key->content &&
                        hg_time_distance(seen->time_ns, packet->time_ns) <= HG_COPY_WINDOW_NS;
  Relation relation = UNRELATED;
  if (same && seen->sightings < HG_COPY_MOST) {
    const Circumstances circumstances = {sender, hg_nearby_is_identified(nearby, packet),
                                         hg_time_distance(seen->time_ns, packet->time_ns)};
    relation = relation_of(seen, packet, &circumstances);
  }
  const gboolean copy =
      (translations->any || relation != UNRELATED) && is_copy(translations, packet, relation, seen);
  keep(seen, packet, sender, same ? seen->sightings + (seen->sightings < G_MAXUINT8) : 1);
  return copy;
}
