/* annotations.h - what an analysis says about single packets, kept apart from what it was made of
 *
 * For packet lists: asked once a packet, so everything is looked up by address.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_ANNOTATIONS_H
#define HG_EXPORT_ANNOTATIONS_H

#include "report.h"

G_BEGIN_DECLS

/* A finding, as far as a packet needs to know. */
typedef struct {
  const char *rule;  /* "port-scan"; static */
  const char *title; /* "Port scan"; static */
  HgFindingKind kind;
  char *evidence;    /* hostile */
  GHashTable *peers; /* set of HgAddress; NULL: it is about packets with anybody */
  guint32 first_frame, last_frame;
} HgAnnotatedFinding;

/* A host. */
typedef struct {
  HgAddress address;
  double score; /* 0 to 100, rounded as in exports */
  gboolean suspect;
  gboolean is_reached; /* a suspect itself (hops 0), or within reach of one */
  guint32 hops;
  gint64 reached_ns; /* from this packet on */
  guint32 reached_frame;
  GPtrArray *findings; /* HgAnnotatedFinding; NULL: none */
} HgAnnotation;

typedef struct HgAnnotations HgAnnotations;

/* Copies what it needs. Reach: of the suspects and red-flagged hosts that the report traces.
 * (transfer full) */
HgAnnotations *hg_annotations_new(const HgReport *report);
void hg_annotations_free(HgAnnotations *annotations);

/* NULL when the host was not in the report, or no host at all. Borrowed. */
const HgAnnotation *hg_annotations_host(const HgAnnotations *annotations, const HgAddress *address);

/* How many hops from a suspect whoever gets this packet is, if it carried on what its sender (may be
 * NULL) had by then: 1 from a suspect itself. 0: the sender was not within reach. */
guint32 hg_annotation_hops(const HgAnnotation *sender, gint64 time_ns, guint32 frame);

/* Whether the finding speaks of packets like this one, between its host and `peer` (may be none). */
gboolean hg_annotated_finding_covers(const HgAnnotatedFinding *finding, const HgAddress *peer,
                                     guint32 frame);

G_END_DECLS
#endif
