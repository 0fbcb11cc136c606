/* finding.h - a verdict that a reviewer can check again
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_FINDING_H
#define HG_ANALYSIS_FINDING_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HG_FINDING_SUSPICION, /* counts to the host's score */
  HG_FINDING_EXPOSURE,  /* something readable by anyone on the way; no suspicion */
  HG_FINDING_VICTIM     /* somebody acted upon this host */
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
  guint32 host; /* the accountable side; for exposures whose data it is */
  const struct HgRule *rule;
  HgFindingKind kind; /* the rule's, unless it says otherwise of this one */
  double strength;    /* 0 to 1 */
  char *evidence;     /* one sentence with the numbers; valid UTF-8, may hold packet text */
  double observed;    /* in the unit of the threshold's parameter */
  double threshold;
  GArray *peers;                   /* guint32 host numbers, most telling first, at most MAX_PEERS */
  GArray *frames;                  /* guint32, ascending, at most MAX_FRAMES */
  guint32 first_frame, last_frame; /* of all that the finding speaks of */
  char *protocol; /* exposures: what was in the clear ("FTP"); NULL: not about one */
  char *domain;   /* of DNS names that it speaks of; NULL: none, or several */
  char *filter;   /* display filter that selects the packets it speaks of */
} HgFinding;

void hg_finding_free(HgFinding *finding);

void hg_finding_add_peer(HgFinding *finding, guint32 host); /* once each */
/* Adds a frame (once each; beyond MAX_FRAMES dropped) and widens first_frame and last_frame. */
void hg_finding_add_frame(HgFinding *finding, guint32 frame);
/* Takes `evidence` (transfer full). */
void hg_finding_set_evidence(HgFinding *finding, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Takes `filter` (transfer full); see filter.h. */
void hg_finding_take_filter(HgFinding *finding, char *filter);

G_END_DECLS
#endif
