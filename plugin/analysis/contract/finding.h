/* finding.h - a finding: a verdict that a reviewer can check
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FINDING_H
#define HG_ANALYSIS_FINDING_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HG_FINDING_SUSPICION, /* counts to the host's score */
  HG_FINDING_EXPOSURE,  /* somebody on the path can read data of the host; no suspicion */
  HG_FINDING_VICTIM     /* somebody acts upon this host */
} HgFindingKind;

/* "suspicion", "exposure", "victim" */
const char *hg_finding_kind_name(HgFindingKind kind);

/* Sample frames and peers kept in a finding. Counts in its evidence are never limited. */
#define HG_FINDING_MAX_FRAMES 20
#define HG_FINDING_MAX_PEERS 50

struct HgRule;

typedef struct {
  const struct HgRule *rule;
  char *why; /* one clause */
} HgNotAssessed;

typedef struct {
  guint32 host; /* the accountable host; of an exposure: the host whose data can be read */
  const struct HgRule *rule;
  HgFindingKind kind; /* the kind of the rule, unless the rule sets another one */
  double strength;    /* 0 to 1 */
  char *evidence;     /* one sentence with the numbers; valid UTF-8, may hold packet text */
  double observed;    /* the measured value, in the unit of the threshold's parameter */
  double threshold;
  /* guint32 host numbers, most relevant first, at most HG_FINDING_MAX_PEERS */
  GArray *peers;
  gboolean peers_cut;              /* the list was full once: there may be other peers */
  gboolean peers_carry;            /* whatever the rule says, they are HG_PEERS_CARRIERS here */
  GArray *frames;                  /* guint32, ascending, at most HG_FINDING_MAX_FRAMES */
  guint32 first_frame, last_frame; /* the first and last packet of all that the finding covers */
  /* Services whose packets it explains, as far as it is about services: a set of numbers of the run's
   * service table, in no order. See explanations.h */
  GHashTable *services;
  char *protocol; /* exposures: the readable protocol ("FTP"); else NULL */
  char *domain;   /* the domain of the DNS names in question; NULL: none, or several */
  char *filter;   /* display filter that selects the finding's packets */
} HgFinding;

void hg_finding_free(HgFinding *finding);

/* A peer that is there already is not added again. With HG_FINDING_MAX_PEERS the list is full. */
void hg_finding_add_peer(HgFinding *finding, guint32 host);
/* Adds a frame (each once, at most HG_FINDING_MAX_FRAMES) and extends first_frame and last_frame.
 */
void hg_finding_add_frame(HgFinding *finding, guint32 frame);
/* The finding explains what its host did at this service (a number of the run's service table). */
void hg_finding_add_service(HgFinding *finding, guint32 service);
/* Sets the evidence sentence, printf style. */
void hg_finding_set_evidence(HgFinding *finding, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Takes `filter` (transfer full); see filter.h. */
void hg_finding_take_filter(HgFinding *finding, char *filter);

G_END_DECLS
#endif
