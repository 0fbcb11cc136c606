/* copy_detector.c - tells copies of a packet from packets that their sender sent twice alike
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "copy_detector.h"

#include "nearby.h"
#include "tally/types/packet_time.h"
#include "translations.h"

#define SEEN_BITS 14 /* there are 1 << SEEN_BITS places: 50 ms at 300,000 packets a second */
#define WAYS 2       /* places that a packet can have */

/* Where packets have no times, a copy follows within so many frames, as in editcap -d. */
#define FRAMES_WITHOUT_TIME 4

/* A packet that came lately, at one of the places that its key says. */
typedef struct {
  guint64 packet;   /* HgContentKey.packet; 0: none */
  gint64 time_ns;   /* when it came last */
  guint32 frame;    /* in which it came last */
  guint16 checksum; /* HgContentKey.checksum */
  guint16 sender;   /* of its last frame; see sender_of */
  guint8 hops;      /* the fewest */
  guint8 sightings; /* how often it came, up to HG_COPY_MOST */
} Seen;

struct HgCopyDetector {
  Seen seen[1 << SEEN_BITS];
  HgNearby nearby;
  HgTranslations translations;
};

HgCopyDetector *hg_copy_detector_new(void) {
  HgCopyDetector *detector = g_new0(HgCopyDetector, 1);
  hg_nearby_init(&detector->nearby);
  return detector;
}

void hg_copy_detector_free(HgCopyDetector *detector) {
  g_free(detector);
}

/* Stands for the source MAC; 0: the frame has none. */
static guint16 sender_of(const HgPacket *packet) {
  if (!packet->link_source.known)
    return 0;
  const guint64 number = hg_mac_number(&packet->link_source);
  return (guint16)(number * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15) >> 48) |
         1; /* Fibonacci hashing */
}

/* Segments that a receiver sends again and again at once: duplicate ACKs (RFC 5681, section 3.2), RSTs to
 * all segments that are under way. A RST of number 0 answers one SYN. */
static gboolean is_sent_again(const HgPacket *packet) {
  if (packet->transport != HG_TRANSPORT_TCP || packet->payload_length > 0 ||
      (packet->tcp_flags & (HG_TCP_SYN | HG_TCP_FIN)))
    return FALSE;
  return !(packet->tcp_flags & HG_TCP_RST) || packet->tcp_sequence != 0;
}

static void keep(HgCopyDetector *detector, Seen *seen, const HgPacket *packet, guint16 sender) {
  *seen = (Seen){.packet = packet->key.packet,
                 .time_ns = packet->time_ns,
                 .frame = packet->frame,
                 .checksum = packet->key.checksum,
                 .sender = sender,
                 .hops = packet->key.hops,
                 .sightings = 1};
  hg_nearby_first(&detector->nearby, packet);
}

/* A clock that stands at 0 tells no time. */
static gboolean is_within(const Seen *seen, const HgPacket *packet, gint64 window_ns) {
  if (hg_time_is_known(packet->time_ns) && packet->time_ns != 0)
    return hg_time_distance(packet->time_ns, seen->time_ns) <= window_ns;
  return packet->time_ns == seen->time_ns && packet->frame - seen->frame <= FRAMES_WITHOUT_TIME;
}

static gboolean is_unicast(const HgPacket *packet) {
  return !(packet->link_destination.bytes[0] & 1) && /* IEEE 802: the group bit */
         hg_scope_is_unicast(hg_address_scope(&packet->destination));
}

/* TCP numbers what it sends, and repeats it only after a while. */
static gboolean is_numbered(const HgPacket *packet) {
  return packet->transport == HG_TRANSPORT_TCP && !is_sent_again(packet);
}

/* Whether this is the packet, as far as bytes tell. The key is over a part of the payload, the checksum over
 * all of it; but the copy that a sender's own card has not seen yet has another one. */
static gboolean is_same(const HgCopyDetector *detector, const Seen *seen, const HgPacket *packet) {
  return seen->packet == packet->key.packet && is_within(seen, packet, HG_COPY_WINDOW_NS) &&
         (seen->checksum == packet->key.checksum || is_numbered(packet) ||
          hg_nearby_is_identified(&detector->nearby, packet));
}

typedef enum {
  PACKET,     /* sent once more */
  COPY,       /* a copy, as those nearby or its way tell */
  PROVEN_COPY /* a copy, as its bytes tell */
} Verdict;

/* Of a packet that tells nothing itself. */
static Verdict as_nearby(const HgCopyDetector *detector, const Seen *seen, const HgPacket *packet) {
  const guint times = hg_nearby_times(&detector->nearby, packet);
  if (!is_within(seen, packet, HG_COPY_CLOSE_NS) || hg_nearby_is_single(&detector->nearby, packet))
    return PACKET;
  if (times > 1)
    return seen->sightings % times != 0 ? COPY : PACKET;
  return packet->transport == HG_TRANSPORT_UDP && is_unicast(packet) ? COPY : PACKET;
}

/* `seen`: the packet as it came before. */
static Verdict judge(const HgCopyDetector *detector, const Seen *seen, const HgPacket *packet,
                     guint16 sender) {
  if (packet->key.hops < seen->hops) /* also in a routing loop, however often */
    return COPY;
  if (seen->sightings == HG_COPY_MOST)
    return PACKET;
  if (sender != seen->sender && sender != 0 && seen->sender != 0)
    return COPY;
  if (hg_nearby_is_identified(&detector->nearby, packet) ||
      (is_numbered(packet) && is_within(seen, packet, HG_COPY_CLOSE_NS)))
    return PROVEN_COPY;
  return as_nearby(detector, seen, packet);
}

static void note_again(HgCopyDetector *detector, Seen *seen, const HgPacket *packet, guint16 sender,
                       Verdict verdict) {
  seen->time_ns = packet->time_ns;
  seen->frame = packet->frame;
  seen->sender = sender;
  seen->hops = MIN(seen->hops, packet->key.hops);
  seen->sightings = MIN(seen->sightings + 1, HG_COPY_MOST);
  hg_nearby_again(&detector->nearby, packet, seen->sightings, verdict == PROVEN_COPY);
}

/* The packet as it came before, or the place for it, whose packet came longest ago. */
static Seen *find(HgCopyDetector *detector, const HgPacket *packet, gboolean *again) {
  const gsize place = packet->key.packet >> (64 - SEEN_BITS);
  Seen *oldest = &detector->seen[place];
  for (gsize way = 0; way < WAYS; way++) {
    Seen *seen = &detector->seen[place ^ way];
    *again = is_same(detector, seen, packet);
    if (*again)
      return seen;
    if (seen->time_ns < oldest->time_ns)
      oldest = seen;
  }
  return oldest;
}

gboolean hg_copy_detector_packet(HgCopyDetector *detector, const HgPacket *packet) {
  gboolean again;
  if (packet->key.packet == 0)
    return FALSE;
  const guint16 sender = sender_of(packet);
  Seen *seen = find(detector, packet, &again);
  if (!again) {
    keep(detector, seen, packet, sender);
  } else {
    const Verdict verdict = judge(detector, seen, packet, sender);
    note_again(detector, seen, packet, sender, verdict);
    if (verdict != PACKET)
      return TRUE;
  }
  return hg_translations_packet(&detector->translations, packet, sender, &detector->nearby);
}
