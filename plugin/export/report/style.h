/* style.h - how hosts and edges are drawn, the same in every picture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STYLE_H
#define HG_EXPORT_STYLE_H

#include "report.h"

G_BEGIN_DECLS

/* How a host is drawn, by its reach. The colours differ in lightness, too, for people who cannot
 * tell the hues apart. */
typedef struct {
  const char *fill;    /* "#rrggbb" */
  const char *text;    /* "#rrggbb" of text on the fill */
  const char *meaning; /* text for a legend */
} HgStyle;
const HgStyle *hg_style_of(HgReach reach);

/* Lines around hosts and of edges; edges from a suspect are red. "#rrggbb" */
#define HG_STYLE_LINE "#5b7083"
#define HG_STYLE_ALARM "#c81e2b"
/* Text on the background. */
#define HG_STYLE_TEXT "#1c2733"

/* Splits "#rrggbb" into three numbers. */
void hg_style_rgb(const char *colour, guint rgb[3]);

/* Bytes of the busiest host and edge. Sizes are relative to these. */
typedef struct {
  double host, edge;
} HgBusiest;
HgBusiest hg_style_busiest(const HgReport *report);

/* The size of `bytes` relative to `busiest` on a logarithmic scale, 0 to 1. */
double hg_style_share(guint64 bytes, double busiest);

/* Appends a number with at most two decimals: further ones differ between machines, and are not
 * visible. */
void hg_style_number(GString *out, double value);

G_END_DECLS
#endif
