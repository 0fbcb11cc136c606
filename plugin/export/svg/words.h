/* words.h - the text around a static picture: heading, suspects, legend
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SVG_WORDS_H
#define HG_EXPORT_SVG_WORDS_H

#include "choice.h"

G_BEGIN_DECLS

/* Lines above the graph: a title, then facts; char *, not escaped. (transfer full) */
GPtrArray *hg_svg_heading(const HgReport *report, const HgSvgChoice *choice);

/* Appends the legend of all kinds that occur, with its upper left corner at (x, y), as SVG
 * elements. Returns its height. `width`: the available width. */
double hg_svg_legend(GString *out, const HgReport *report, const HgSvgChoice *choice, double x,
                     double y, double width);

G_END_DECLS
#endif
