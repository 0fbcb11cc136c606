/* choice.h - which hosts and edges a static picture shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SVG_CHOICE_H
#define HG_EXPORT_SVG_CHOICE_H

#include "export/report/report.h"

G_BEGIN_DECLS

/* Up to so many hosts all are drawn; of more, HG_SVG_SOME. */
#define HG_SVG_ALL 300
#define HG_SVG_SOME 150
/* Edges beyond are left out, the smallest first: nobody could follow them. */
#define HG_SVG_MAX_EDGES 2500

/* Why a host was chosen where there is no room for all. */
typedef enum {
  HG_SVG_SUSPECT,
  HG_SVG_PEER,    /* in contact with a suspect */
  HG_SVG_REACHED, /* could have been reached through others */
  HG_SVG_BUSY,    /* the most bytes of the rest */
  HG_SVG_WHY_COUNT
} HgSvgWhy;

typedef enum {
  HG_SVG_EDGE_PLAIN,
  HG_SVG_EDGE_SPREAD, /* a trace from a suspect goes along it, further hops */
  HG_SVG_EDGE_ALARM   /* a suspect sent it */
} HgSvgEdgeKind;

typedef struct {
  guint32 edge; /* number in the report */
  HgSvgEdgeKind kind;
  guint64 bytes;
} HgSvgEdge;

typedef struct {
  GArray *hosts; /* guint32, sorted by address */
  GArray *edges; /* HgSvgEdge: what is to lie above comes later */
  guint32 drawn[HG_SVG_WHY_COUNT], all[HG_SVG_WHY_COUNT];
} HgSvgChoice;

/* (transfer full) */
HgSvgChoice *hg_svg_choice_new(const HgReport *report);
void hg_svg_choice_free(HgSvgChoice *choice);

G_END_DECLS
#endif
