/* layout.h - where hosts and their labels stand: on a circle, clockwise from the top
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SVG_LAYOUT_H
#define HG_EXPORT_SVG_LAYOUT_H

#include "choice.h"

G_BEGIN_DECLS

/* Lengths are pixels; y grows downwards; the circle's centre is (0, 0). */
typedef struct {
  double x, y;
} HgPoint;

typedef struct {
  HgPoint at;
  double angle;  /* radians, of the direction outwards */
  double size;   /* radius of a circle as large as its mark looks */
  double extent; /* of the mark's corners */
  char *label;   /* cleaned, short, not escaped */
} HgSvgPlace;

typedef struct {
  double radius, font;
  gboolean level;      /* few hosts: labels stand level; else they point outwards */
  HgPoint least, most; /* what marks and labels take */
  GArray *places;      /* HgSvgPlace, as choice->hosts */
  guint32 *index;      /* by host number: its place; only of those drawn */
} HgSvgLayout;

/* (transfer full) */
HgSvgLayout *hg_svg_layout_new(const HgReport *report, const HgSvgChoice *choice);
void hg_svg_layout_free(HgSvgLayout *layout);

const HgSvgPlace *hg_svg_layout_place(const HgSvgLayout *layout, guint32 host);

/* Corners of a mark are so much further from its middle than a circle that looks as large. */
double hg_svg_stretch(HgReach reach);

/* Between mark and label. */
#define HG_SVG_LABEL_GAP 6.0
/* A level label is centred where the cosine of the place's angle is no larger. */
#define HG_SVG_UPRIGHT 0.2

G_END_DECLS
#endif
