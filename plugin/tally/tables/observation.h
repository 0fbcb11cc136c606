/* observation.h - what hosts did according to the dissectors, for the rules
 *
 * All kinds have one shape: an actor did something (subject) towards a peer. What the same again
 * is, each kind says.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_OBSERVATION_H
#define HG_TALLY_OBSERVATION_H

#include "tally/types/evidence.h"
#include "tally/types/traffic.h"

G_BEGIN_DECLS

/* Which of the same things only raise the count of the first. */
typedef enum {
  HG_REPEATS_ONCE,   /* all of them */
  HG_REPEATS_SECOND, /* those within the same second of the clock: when they happened is kept, at a
                        bounded cost. A second of the clock, not one since the first: so parts of a
                        capture add up to the whole */
  HG_REPEATS_FRAME   /* those in the same frame */
} HgObservationRepeats;

/* The table of kinds. */
typedef struct {
  const char *word; /* "dns-query" */
  HgObservationRepeats repeats;
  /* Kind of pseudonym for its subject ("host", "user"), or, with a tab before it, for what stands behind a tab
   * in the subject; NULL: the subject identifies nobody, and stays as it is. */
  const char *pseudonym;
  const char *what; /* who the actor and the peer are, what the subject and the size */
} HgObservationInfo;
extern const HgObservationInfo hg_observations[HG_OBSERVED_COUNT];

/* The kind with this word; HG_OBSERVED_COUNT: there is none. */
HgObservationKind hg_observation_kind(const char *word);

typedef struct {
  HgObservationKind kind;
  HgAddress actor, peer; /* owned; HG_ADDRESS_NONE where the kind has none. As in the packet, so
                            they need not be hosts of the tally (layers, caps) */
  char *subject;         /* untrusted text; "" where the kind has none */
  HgTraffic traffic;     /* packets: how often; bytes: sizes added up */
} HgObservation;

typedef struct HgObservationTable HgObservationTable;

HgObservationTable *hg_observation_table_new(void);
void hg_observation_table_free(HgObservationTable *table);

/* Adds a copy, or, where it is known, its traffic. FALSE when it is new and there are `max`
 * already. */
gboolean hg_observation_table_add(HgObservationTable *table, const HgObservation *observation,
                                  guint32 max);

/* Gives the observations that have no time this one. */
void hg_observation_table_date(HgObservationTable *table, gint64 ns);

guint32 hg_observation_table_count(const HgObservationTable *table);
const HgObservation *hg_observation_table_get(const HgObservationTable *table,
                                              guint32 number); /* borrowed */

/* The numbers of one kind in order of first sight: guint32. Borrowed. */
const GArray *hg_observation_table_seen(const HgObservationTable *table, HgObservationKind kind);
/* The same, sorted by actor, peer, first time, first frame, subject: GArray of
 * guint32 (transfer full). */
GArray *hg_observation_table_of_kind(const HgObservationTable *table, HgObservationKind kind);

/* By kind, actor, peer, subject and, where the kind says so, second or first frame. 0 only when the
 * table keeps both as one. */
gint hg_observation_compare(const HgObservation *a, const HgObservation *b);

G_END_DECLS
#endif
