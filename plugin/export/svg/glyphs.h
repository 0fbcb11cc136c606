/* glyphs.h - what a static picture is made of: marks of hosts, edges, labels
 *
 * Each appends SVG elements. Texts are escaped here; attributes only, no style sheet, so that every
 * viewer shows the same.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SVG_GLYPHS_H
#define HG_EXPORT_SVG_GLYPHS_H

#include "layout.h"

G_BEGIN_DECLS

/* A diamond for a suspect, a square, a triangle, a circle by reach; hollow and dashed: a group of
 * hosts, not one. */
void hg_svg_glyph(GString *out, HgPoint at, double size, HgReach reach, gboolean group);

/* A curve from one place to the other with an arrow at its end, bent so that both directions of a
 * pair are seen; to itself: a ring towards the centre. */
void hg_svg_edge(GString *out, const HgSvgPlace *from, const HgSvgPlace *to, HgSvgEdgeKind kind,
                 double width);
/* A straight one, for the legend. */
void hg_svg_arrow(GString *out, HgPoint from, HgPoint to, HgSvgEdgeKind kind, double width);

/* Beside its place: level, or pointing outwards. */
void hg_svg_label(GString *out, const HgSvgPlace *place, gboolean level, HgReach reach);

/* <text> at a place, in the style `attributes` (trusted). */
void hg_svg_text(GString *out, double x, double y, const char *attributes, const char *text);

/* ` NAME="VALUE"` */
void hg_svg_attribute(GString *out, const char *name, double value);

G_END_DECLS
#endif
