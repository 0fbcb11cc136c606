/* glyphs.h - the elements of a static picture: glyphs of hosts, edges, labels
 *
 * Each function appends SVG elements and escapes its texts. They use attributes only, no style
 * sheet, so that every viewer shows the same.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SVG_GLYPHS_H
#define HG_EXPORT_SVG_GLYPHS_H

#include "layout.h"

G_BEGIN_DECLS

/* The glyph of a host, by reach: diamond (suspect), square, triangle or circle. Hollow and dashed:
 * a group of hosts. */
void hg_svg_glyph(GString *out, HgPoint at, double size, HgReach reach, gboolean group);

/* A curve from one place to the other with an arrow at its end, bent so that both directions of a
 * pair are visible; from a place to itself: a ring towards the centre. */
void hg_svg_edge(GString *out, const HgSvgPlace *from, const HgSvgPlace *to, HgSvgEdgeKind kind,
                 double width);
/* A straight arrow, for the legend. */
void hg_svg_arrow(GString *out, HgPoint from, HgPoint to, HgSvgEdgeKind kind, double width);

/* The label beside its place, horizontal or pointing outwards. */
void hg_svg_label(GString *out, const HgSvgPlace *place, gboolean level, HgReach reach);

/* Appends <text> with the style `attributes` (trusted). */
void hg_svg_text(GString *out, double x, double y, const char *attributes, const char *text);

/* Appends ` NAME="VALUE"`. */
void hg_svg_attribute(GString *out, const char *name, double value);

G_END_DECLS
#endif
