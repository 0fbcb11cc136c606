/* words.h - what a static picture says around the graph: heading, suspects, legend
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SVG_WORDS_H
#define HG_EXPORT_SVG_WORDS_H

#include "choice.h"

G_BEGIN_DECLS

/* Lines above the graph: first a title, then facts; char *, not escaped. (transfer full) */
GPtrArray *hg_svg_heading(const HgReport *report, const HgSvgChoice *choice);

/* The legend, its left upper corner at (x, y); only of what occurs. Appends SVG elements; the
 * answer is its height. `width`: what there is. */
double hg_svg_legend(GString *out, const HgReport *report, const HgSvgChoice *choice, double x,
                     double y, double width);

G_END_DECLS
#endif
