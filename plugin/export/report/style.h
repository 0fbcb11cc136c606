/* style.h - how hosts and edges are drawn, the same in every picture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STYLE_H
#define HG_EXPORT_STYLE_H

#include "report.h"

G_BEGIN_DECLS

/* How a host of some HgReach looks. The colours differ in lightness, too, for those who cannot
 * tell them by hue. */
typedef struct {
  const char *fill;    /* "#rrggbb" */
  const char *text;    /* "#rrggbb" upon it */
  const char *meaning; /* for a legend */
} HgStyle;
const HgStyle *hg_style_of(HgReach reach);

/* Lines: around hosts, of edges, and of what a suspect sent. "#rrggbb" */
#define HG_STYLE_LINE "#5b7083"
#define HG_STYLE_ALARM "#c81e2b"
/* Text on the background. */
#define HG_STYLE_TEXT "#1c2733"

/* "#rrggbb" as three numbers. */
void hg_style_rgb(const char *colour, guint rgb[3]);

/* Bytes of the busiest host and edge, which sizes are measured against. */
typedef struct {
  double host, edge;
} HgBusiest;
HgBusiest hg_style_busiest(const HgReport *report);

/* 0 to 1, by the logarithm. */
double hg_style_share(guint64 bytes, double busiest);

/* With at most two decimals: more would differ between machines and nobody sees them. */
void hg_style_number(GString *out, double value);

G_END_DECLS
#endif
