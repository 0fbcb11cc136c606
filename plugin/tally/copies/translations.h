/* translations.h - copies that a translator or a firewall has changed on their way
 *
 * Address translation (RFC 3022) changes one end of a packet, its address and maybe its port. Then the other
 * end, TCP's sequence and acknowledgement numbers, and the rest of the packet prove the copy, together with
 * what a router leaves: another source MAC, where there is one, and one or two hops less. Without TCP the
 * identification stands for the numbers, or a port that stayed and some payload. What follows between the
 * translated ends are copies of what goes between the first ones, also where they come first, as answers do.
 *
 * Some firewalls change the numbers of a TCP connection to others that cannot be guessed. Then both ends and
 * the rest of the packet prove the copy. What follows near its numbers are copies, too.
 *
 * Both are forgotten again where copies come on and on, but nothing that they could be copies of.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_TRANSLATIONS_H
#define HG_TALLY_TRANSLATIONS_H

#include "copy_detector.h"
#include "nearby.h"

G_BEGIN_DECLS

#define HG_TRANSLATION_BITS 12
#define HG_ALIAS_BITS                                                                              \
  13 /* 8192 connections through translators at a time, a few more are forgotten */

/* A packet that came lately, at the place that its HgContentKey.content says. */
typedef struct {
  guint64 content;
  gint64 time_ns;
  guint32 address[2];
  guint32 number[2]; /* TCP: sequence, acknowledged */
  guint16 port[2];
  guint16 sender;
  guint8 hops;
  guint8 sightings; /* of the content */
} HgTranslatable;

/* Two ends that are translated ones. */
typedef struct {
  guint64 ends;     /* 0: none */
  guint64 original; /* the ends that they stand for */
  guint8 unmatched; /* copies in a row of which the original was not seen */
} HgAlias;

/* One direction of a TCP connection whose numbers are changed. */
typedef struct {
  guint64 ends;         /* of this direction; 0: none */
  guint32 number[2][2]; /* of the last original, of the last copy: sequence, acknowledged */
  guint8 unmatched;     /* copies in a row */
} HgRenumbering;

/* To be embedded; zeroed: nothing seen. */
typedef struct {
  HgTranslatable seen[1 << HG_TRANSLATION_BITS];
  HgAlias aliases[1 << HG_ALIAS_BITS];
  HgRenumbering renumberings[1 << HG_ALIAS_BITS];
  gboolean any; /* there was a copy, so these two need not be empty */
} HgTranslations;

/* Whether the packet is such a copy of one that was given before. `sender`: stands for its source MAC; 0: not
 * known. `nearby`: knows whether its identification tells it from all others of its sender. */
gboolean hg_translations_packet(HgTranslations *translations, const HgPacket *packet,
                                guint16 sender, const HgNearby *nearby);

G_END_DECLS
#endif
