/* choice.h - chooses the hosts and edges that a static picture shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SVG_CHOICE_H
#define HG_EXPORT_SVG_CHOICE_H

#include "export/report/report.h"

G_BEGIN_DECLS

/* Up to this number, all hosts are drawn; if there are more, HG_SVG_SOME of them. */
#define HG_SVG_ALL 300
#define HG_SVG_SOME 150
/* The largest number of edges; the smallest are left out, since nobody could follow them. */
#define HG_SVG_MAX_EDGES 2500

/* Why a host was chosen if not all are drawn. */
typedef enum {
  HG_SVG_SUSPECT,
  HG_SVG_PEER,    /* exchanged packets with a suspect */
  HG_SVG_REACHED, /* could have been reached through others */
  HG_SVG_BUSY,    /* most bytes of the remaining hosts */
  HG_SVG_WHY_COUNT
} HgSvgWhy;

typedef enum {
  HG_SVG_EDGE_PLAIN,
  HG_SVG_EDGE_SPREAD, /* a later hop of a trace from a suspect */
  HG_SVG_EDGE_ALARM   /* a suspect sent it */
} HgSvgEdgeKind;

typedef struct {
  guint32 edge; /* number of the edge in the report */
  HgSvgEdgeKind kind;
  guint64 bytes;
} HgSvgEdge;

typedef struct {
  GArray *hosts; /* guint32, sorted by address */
  GArray *edges; /* HgSvgEdge, in drawing order: later ones are drawn on top */
  guint32 drawn[HG_SVG_WHY_COUNT], all[HG_SVG_WHY_COUNT];
} HgSvgChoice;

/* (transfer full) */
HgSvgChoice *hg_svg_choice_new(const HgReport *report);
void hg_svg_choice_free(HgSvgChoice *choice);

G_END_DECLS
#endif
