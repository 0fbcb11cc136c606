/* annotations.h - what an analysis says about single packets, independent of the tally it was made
 * from
 *
 * Packet lists ask once for each packet, so everything is looked up by address.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_ANNOTATIONS_H
#define HG_EXPORT_ANNOTATIONS_H

#include "report.h"

G_BEGIN_DECLS

/* The parts of a finding that a packet needs. */
typedef struct {
  const char *rule;  /* "port-scan"; static */
  const char *title; /* "Port scan"; static */
  HgFindingKind kind;
  char *evidence;    /* text from packets */
  GHashTable *peers; /* set of HgAddress; NULL: it covers packets with any peer */
  guint32 first_frame, last_frame;
} HgAnnotatedFinding;

/* What is said about a host. */
typedef struct {
  HgAddress address;
  double score; /* 0 to 100, rounded as in exports */
  gboolean suspect;
  gboolean is_reached; /* it is a suspect (hops 0), or a suspect could have reached it */
  guint32 hops;
  gint64 reached_ns; /* time of the packet from which on it is reached */
  guint32 reached_frame;
  GPtrArray *findings; /* HgAnnotatedFinding; NULL: none */
} HgAnnotation;

typedef struct HgAnnotations HgAnnotations;

/* Copies all it needs. Reach is counted from the suspects and red-flagged hosts that the report
 * traces. (transfer full) */
HgAnnotations *hg_annotations_new(const HgReport *report);
void hg_annotations_free(HgAnnotations *annotations);

/* NULL: the address is no host of the report. Borrowed. */
const HgAnnotation *hg_annotations_host(const HgAnnotations *annotations, const HgAddress *address);

/* The hop count of the receiver of a packet, if its sender (may be NULL) passed on what it had by
 * then: 1 if the sender is a suspect. 0: the sender was not reached. */
guint32 hg_annotation_hops(const HgAnnotation *sender, gint64 time_ns, guint32 frame);

/* Whether the finding covers packets like this one, between its host and `peer` (may be NULL). */
gboolean hg_annotated_finding_covers(const HgAnnotatedFinding *finding, const HgAddress *peer,
                                     guint32 frame);

G_END_DECLS
#endif
