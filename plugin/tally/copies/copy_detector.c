/* copy_detector.c - tells copies of a packet from packets that their sender sent twice alike
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "copy_detector.h"

#include <string.h>

#include "repeats.h"
#include "tally/types/packet_time.h"
#include "translations.h"

#define SEEN_BITS 14 /* there are 1 << SEEN_BITS places: 50 ms at 300,000 packets a second */
#define WAYS 2       /* places that a packet can have */
#define LINK_BITS 8

/* So many other packets of a link must have come several times before packets of a flood count as copies. */
#define PROOF_AGAINST_FLOOD 8

/* Where packets have no times, a copy follows within so many frames, as in editcap -d. */
#define FRAMES_WITHOUT_TIME 4

/* A multiple of 2, 3 and 4, as its half is. */
#define MOST_SIGHTINGS 240
G_STATIC_ASSERT(HG_COPY_MOST == 4);

/* A packet that came lately, at one of the places that its key says. */
typedef struct {
  guint64 packet;   /* HgContentKey.packet; 0: none */
  gint64 time_ns;   /* when it came last */
  guint32 frame;    /* in which it came last */
  guint16 checksum; /* HgContentKey.checksum */
  guint16 sender;   /* of its last frame; see sender_of */
  guint8 link;      /* of its first frame: place in `links` */
  guint8 hops;      /* the fewest */
  guint8 sightings; /* how often it came */
} Seen;

struct HgCopyDetector {
  Seen seen[1 << SEEN_BITS];
  HgRepeats links[1 << LINK_BITS]; /* by source and destination MAC; two links may share a place */
  HgRepeats all;
  HgTranslations translations;
};

HgCopyDetector *hg_copy_detector_new(void) {
  return g_new0(HgCopyDetector, 1);
}

void hg_copy_detector_free(HgCopyDetector *detector) {
  g_free(detector);
}

static guint64 number_of(const HgMac *mac) {
  guint64 number = 0;
  if (mac->known)
    memcpy(&number, mac->bytes, sizeof mac->bytes);
  return number * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15); /* Fibonacci hashing */
}

/* Stands for the source MAC; 0: the frame has none. */
static guint16 sender_of(const HgPacket *packet) {
  return packet->link_source.known ? (guint16)(number_of(&packet->link_source) >> 48) | 1 : 0;
}

static guint8 link_of(const HgPacket *packet) {
  const guint64 destination = number_of(&packet->link_destination);
  return (guint8)((number_of(&packet->link_source) + (destination >> 8 | destination << 56)) >>
                  (64 - LINK_BITS));
}

/* Segments that a receiver sends again and again at once: duplicate ACKs (RFC 5681, section 3.2), RSTs to
 * all segments that are under way. A RST of number 0 answers one SYN. */
static gboolean is_sent_again(const HgPacket *packet) {
  if (packet->transport != HG_TRANSPORT_TCP || packet->payload_length > 0 ||
      (packet->tcp_flags & (HG_TCP_SYN | HG_TCP_FIN)))
    return FALSE;
  return !(packet->tcp_flags & HG_TCP_RST) || packet->tcp_sequence != 0;
}

static void keep(HgCopyDetector *detector, Seen *seen, const HgPacket *packet) {
  *seen = (Seen){.packet = packet->key.packet,
                 .time_ns = packet->time_ns,
                 .frame = packet->frame,
                 .checksum = packet->key.checksum,
                 .sender = sender_of(packet),
                 .link = link_of(packet),
                 .hops = packet->key.hops,
                 .sightings = 1};
  HgRepeats *const both[] = {&detector->links[seen->link], &detector->all};
  for (guint i = 0; i < G_N_ELEMENTS(both); i++) {
    hg_repeats_identification(both[i], packet->key.identification);
    if (!is_sent_again(packet))
      hg_repeats_first(both[i]);
  }
}

/* A clock that stands at 0 tells no time. */
static gboolean is_within(const Seen *seen, const HgPacket *packet, gint64 window_ns) {
  if (hg_time_is_known(packet->time_ns) && packet->time_ns != 0)
    return hg_time_distance(packet->time_ns, seen->time_ns) <= window_ns;
  return packet->time_ns == seen->time_ns && packet->frame - seen->frame <= FRAMES_WITHOUT_TIME;
}

/* How often the other packets of the link come, if so many (`least`) of them show it. Until there are any,
 * the other packets of the capture stand for them. */
static guint usual_times(const HgCopyDetector *detector, const Seen *seen, const HgPacket *packet,
                         guint least) {
  const HgRepeats *link = &detector->links[seen->link];
  const guint counted = is_sent_again(packet) ? 0 : seen->sightings;
  return hg_repeats_usual(hg_repeats_has_others(link, counted) ? link : &detector->all, counted,
                          least);
}

/* The identification tells the packet from all others of its sender, as far as others show. */
static gboolean is_identified(const HgCopyDetector *detector, const HgRepeats *link,
                              const HgPacket *packet) {
  return packet->key.identification != 0 && hg_repeats_differ(&detector->all) &&
         !hg_repeats_is_constant(&detector->all) && !hg_repeats_is_constant(link);
}

/* `seen`: the packet as it came before. */
static gboolean is_copy(const HgCopyDetector *detector, const Seen *seen, const HgPacket *packet) {
  const guint16 sender = sender_of(packet);
  const gboolean moved = packet->key.hops != seen->hops ||
                         (sender != seen->sender && sender != 0 && seen->sender != 0);
  const HgRepeats *link = &detector->links[seen->link];
  if (packet->key.hops < seen->hops) /* also in a routing loop, however often */
    return TRUE;
  if (seen->sightings >= HG_COPY_MOST)
    return seen->sightings % usual_times(detector, seen, packet, PROOF_AGAINST_FLOOD) != 0;
  if (moved || is_identified(detector, link, packet))
    return TRUE;
  const guint times = usual_times(detector, seen, packet, 1);
  if (times > 1)
    return seen->sightings % times != 0;
  return is_within(seen, packet, HG_COPY_CLOSE_NS) && !is_sent_again(packet) &&
         !hg_repeats_is_single(link);
}

static void note_again(HgCopyDetector *detector, Seen *seen, const HgPacket *packet) {
  seen->time_ns = packet->time_ns;
  seen->frame = packet->frame;
  seen->sender = sender_of(packet);
  seen->hops = MIN(seen->hops, packet->key.hops);
  seen->sightings++;
  if (seen->sightings == MOST_SIGHTINGS) /* what remains when divided by 2, 3 or 4 stays */
    seen->sightings = MOST_SIGHTINGS / 2;
  if (is_sent_again(packet))
    return;
  hg_repeats_again(&detector->links[seen->link], seen->sightings);
  hg_repeats_again(&detector->all, seen->sightings);
}

/* Whether this is the packet, as far as bytes tell. The key is over a part of the payload, the checksum over
 * all of it; but the copy that a sender's own card has not seen yet has another one. */
static gboolean is_same(const HgCopyDetector *detector, const Seen *seen, const HgPacket *packet) {
  return seen->packet == packet->key.packet && is_within(seen, packet, HG_COPY_WINDOW_NS) &&
         (seen->checksum == packet->key.checksum || is_within(seen, packet, HG_COPY_CLOSE_NS) ||
          is_identified(detector, &detector->links[seen->link], packet));
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
  Seen *seen = find(detector, packet, &again);
  if (!again) {
    keep(detector, seen, packet);
  } else {
    const gboolean copy = is_copy(detector, seen, packet);
    note_again(detector, seen, packet);
    if (copy)
      return TRUE;
  }
  return hg_translations_packet(&detector->translations, packet, sender_of(packet),
                                is_identified(detector, &detector->links[seen->link], packet));
}
