/* fingerprints.h - what is kept of each packet of a capture, to tell it again in another capture
 *
 * A fingerprint is 48 bits of the packet's content key and its time in microseconds. Packed, sorted by
 * time, each takes about 8 bytes: the time since the one before as a variable-length number (LEB128), and
 * six bytes of the key.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_FINGERPRINTS_H
#define HG_TALLY_FINGERPRINTS_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint64 key; /* 48 bits */
  gint64 time_us;
} HgFingerprint;

/* Of one capture: 16 MB packed. Of longer ones the first and the last half of it are kept, since captures
 * overlap at their ends. */
#define HG_FINGERPRINTS_MAX 2000000
/* Of all captures of a tally together, packed: about eight million. Those of the captures that began first
 * go. */
#define HG_FINGERPRINTS_MAX_BYTES (64 * 1024 * 1024)

/* Makes one; FALSE: the packet has no content key (`key` is 0) or no time. */
gboolean hg_fingerprint_init(HgFingerprint *fingerprint, guint64 key, gint64 time_ns);

/* Sorts and packs an array of HgFingerprint. (transfer full) */
GBytes *hg_fingerprints_pack(GArray *fingerprints);
/* How many these are. FALSE: they are no packed fingerprints, or too many. */
gboolean hg_fingerprints_count(GBytes *packed, guint *count);
/* A new array of HgFingerprint, sorted by time. NULL: these are no packed fingerprints, or too many.
 * (transfer full) */
GArray *hg_fingerprints_unpack(GBytes *packed);

/* The fingerprints of a capture that is being read. */
typedef struct HgFingerprintLog HgFingerprintLog;

HgFingerprintLog *hg_fingerprint_log_new(void); /* transfer full */
void hg_fingerprint_log_free(HgFingerprintLog *log);
void hg_fingerprint_log_add(HgFingerprintLog *log, guint64 key, gint64 time_ns);
/* `*without`: packets that were added and have no fingerprint here. (transfer full) */
GBytes *hg_fingerprint_log_pack(const HgFingerprintLog *log, guint64 *without);

G_END_DECLS
#endif
