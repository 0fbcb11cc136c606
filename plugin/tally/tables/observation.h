/* observation.h - what dissectors saw hosts do, as the rules need it
 *
 * One shape for all kinds: somebody (actor) did something (subject) towards somebody (peer). The
 * same thing seen again only raises the count, except where a kind keeps each time.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_OBSERVATION_H
#define HG_TALLY_OBSERVATION_H

#include "tally/types/evidence.h"
#include "tally/types/traffic.h"

G_BEGIN_DECLS

/* The table of kinds. */
typedef struct {
  const char *word;      /* "dns-query" */
  gboolean each;         /* every time is an observation of its own */
  const char *pseudonym; /* what its subject is called when it is hidden ("host", "user"); NULL:
                            it tells nothing about anybody, and stays */
  const char *what;      /* who the actor and the peer are, what the subject and the size */
} HgObservationInfo;
extern const HgObservationInfo hg_observations[HG_OBSERVED_COUNT];

/* HG_OBSERVED_COUNT when there is none. */
HgObservationKind hg_observation_kind(const char *word);

typedef struct {
  HgObservationKind kind;
  HgAddress actor, peer; /* owned; HG_ADDRESS_NONE where a kind has none. As in packets, so these
                            need not be hosts of the tally (layers, caps). */
  char *subject;         /* hostile; "" where a kind has none */
  HgTraffic traffic;     /* packets: how often; bytes: sizes added up */
} HgObservation;

typedef struct HgObservationTable HgObservationTable;

HgObservationTable *hg_observation_table_new(void);
void hg_observation_table_free(HgObservationTable *table);

/* Copies what is new, else adds its traffic. FALSE when it is new and `max` are there already. */
gboolean hg_observation_table_add(HgObservationTable *table, const HgObservation *observation,
                                  guint32 max);

guint32 hg_observation_table_count(const HgObservationTable *table);
const HgObservation *hg_observation_table_get(const HgObservationTable *table,
                                              guint32 number); /* borrowed */

/* The numbers of one kind, sorted by actor, peer, first time, first frame, subject: GArray of
 * guint32 (transfer full). */
GArray *hg_observation_table_of_kind(const HgObservationTable *table, HgObservationKind kind);

/* By kind, actor, peer, subject, first frame: equal only when the table holds them as one. */
gint hg_observation_compare(const HgObservation *a, const HgObservation *b);

G_END_DECLS
#endif
