/* capture.h - which capture a frame is of, when a tally holds several
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_CAPTURE_H
#define HG_TALLY_CAPTURE_H

#include "traffic.h"

G_BEGIN_DECLS

/* What tells a capture again, whatever its file is called, of whichever format it is, and in whatever order
 * its packets are stored: the sum of hashes over time (in microseconds, which every format keeps), length
 * and content key of each packet that was tallied. It guards against accidents, not against
 * manipulation. Both words are 0: not known, or no packet was tallied. */
typedef struct {
  guint64 word[2];
} HgCaptureDigest;

/* Adds a packet: about 40 instructions. A time that is not known is as good as 0, which formats without a
 * word for it store. `key`: its content key. */
static inline void hg_capture_digest_add(HgCaptureDigest *digest, gint64 time_ns, guint32 length,
                                         guint64 key) {
  const gint64 known_ns = hg_time_is_known(time_ns) ? time_ns : 0;
  const gint64 microseconds = known_ns / 1000 - (known_ns % 1000 < 0);
  const guint64 words[] = {(guint64)microseconds, length, key};
  guint64 a = 0, b = G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
  for (guint i = 0; i < G_N_ELEMENTS(words); i++) { /* the steps of MurmurHash3's finalizer */
    a = (a ^ words[i]) * G_GUINT64_CONSTANT(0xFF51AFD7ED558CCD);
    b = (b ^ words[i]) * G_GUINT64_CONSTANT(0xC4CEB9FE1A85EC53);
    a ^= a >> 33;
    b ^= b >> 33;
  }
  a *= G_GUINT64_CONSTANT(0xC4CEB9FE1A85EC53);
  b *= G_GUINT64_CONSTANT(0xFF51AFD7ED558CCD);
  digest->word[0] += a ^ a >> 33;
  digest->word[1] += b ^ b >> 33;
}

gboolean hg_capture_digest_is_known(const HgCaptureDigest *digest);

/* 32 hex digits, "" where it is not known. */
#define HG_CAPTURE_DIGEST_TEXT 33
void hg_capture_digest_text(const HgCaptureDigest *digest, char text[HG_CAPTURE_DIGEST_TEXT]);
/* Reads such a text. FALSE: it is none. */
gboolean hg_capture_digest_parse(const char *text, HgCaptureDigest *digest);

typedef struct {
  char *name;   /* of its file; NULL: not known (yet) */
  char *filter; /* display filter that selected its packets; NULL: none, or not known yet */
  guint32 frames_before; /* its frame n is frame frames_before + n of the tally */
  guint32 frames;        /* its highest frame number */
  gint64 start_ns;       /* zero of its relative times; HG_TIME_NONE: its packets have none */
  HgTraffic traffic;     /* of its packets; frames are numbered as in the tally */
  guint64 without_time;  /* packets that have no time of their own */
  HgCaptureDigest digest;
  guint64 known;        /* further packets: a store had them already when it was added */
  guint64 unmarked;     /* packets in `traffic` that have no fingerprint */
  GBytes *fingerprints; /* packed (fingerprints.h); NULL: none */
  HgCopies copies;      /* among them */
} HgCapture;

/* A new array of HgCapture that owns its texts and fingerprints; tallies keep it in the order of frames.
 * (transfer full) */
GArray *hg_capture_array_new(void);
/* Appends a copy. */
void hg_capture_array_add(GArray *captures, const HgCapture *capture);

/* The order in which captures follow one another: by start. End, size and name come after it, so
 * that the order of two captures that differ is always the same. < 0, 0, > 0. */
gint hg_capture_compare(const HgCapture *a, const HgCapture *b);

/* Whether two captures are of the same packets: by their digests, or, where one is not known, by the
 * filter and all times and counts. FALSE where there are no packets, which count but once anyway. */
gboolean hg_capture_is_same(const HgCapture *a, const HgCapture *b);
/* The index of the capture that the frame of the tally is of, in an array (HgCapture) in the order of
 * frames: the last one that begins before it. 0: there is none. */
guint hg_capture_array_of_frame(const GArray *captures, guint32 frame);
/* The capture in the array (HgCapture) that is the same as this one. NULL: none. Borrowed. */
const HgCapture *hg_capture_array_find(const GArray *captures, const HgCapture *capture);

G_END_DECLS
#endif
