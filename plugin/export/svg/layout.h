/* layout.h - the places of hosts and labels: on a circle, clockwise from the top
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SVG_LAYOUT_H
#define HG_EXPORT_SVG_LAYOUT_H

#include "choice.h"

G_BEGIN_DECLS

/* Lengths are in pixels, y grows downwards, the centre of the circle is (0, 0). */
typedef struct {
  double x, y;
} HgPoint;

typedef struct {
  HgPoint at;
  double angle;  /* direction outwards in radians */
  double size;   /* radius of a circle that looks as large as the glyph */
  double extent; /* distance of the glyph's corners */
  char *label;   /* cleaned, short, not escaped */
} HgSvgPlace;

typedef struct {
  double radius, font;
  gboolean level;      /* few hosts: labels are horizontal; else they point outwards */
  HgPoint least, most; /* area of glyphs and labels */
  GArray *places;      /* HgSvgPlace, as choice->hosts */
  guint32 *index;      /* by host number: index in `places`; only for drawn hosts */
} HgSvgLayout;

/* (transfer full) */
HgSvgLayout *hg_svg_layout_new(const HgReport *report, const HgSvgChoice *choice);
void hg_svg_layout_free(HgSvgLayout *layout);

const HgSvgPlace *hg_svg_layout_place(const HgSvgLayout *layout, guint32 host);

/* How much further from the middle a glyph's corners are than the edge of a circle that looks as
 * large. */
double hg_svg_stretch(HgReach reach);

/* Distance between glyph and label. */
#define HG_SVG_LABEL_GAP 6.0
/* A horizontal label is centred if the cosine of the place's angle is at most this. */
#define HG_SVG_UPRIGHT 0.2

G_END_DECLS
#endif
