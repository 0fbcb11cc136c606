/* style.c - how hosts and edges are drawn, the same in every picture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "style.h"

#include <math.h>

#include "export/text/text.h"

static const HgStyle styles[] = {
    [HG_REACH_NONE] = {"#b4c7d9", HG_STYLE_TEXT, "other"},
    [HG_REACH_REACHED] = {"#ffe28a", HG_STYLE_TEXT, "could have been reached through others"},
    [HG_REACH_CONTACTED] = {"#ffab5c", HG_STYLE_TEXT, "a suspect sent to it"},
    [HG_REACH_SUSPECT] = {HG_STYLE_ALARM, "#ffffff", "suspect or red-flagged"},
};

const HgStyle *hg_style_of(HgReach reach) {
  return &styles[reach];
}

void hg_style_rgb(const char *colour, guint rgb[3]) {
  for (guint i = 0; i < 3; i++)
    rgb[i] = (guint)(g_ascii_xdigit_value(colour[1 + 2 * i]) << 4 |
                     g_ascii_xdigit_value(colour[2 + 2 * i]));
}

HgBusiest hg_style_busiest(const HgReport *report) {
  const HgTally *tally = hg_report_tally(report);
  HgBusiest busiest = {0, 0};
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    busiest.host = MAX(busiest.host, (double)hg_host_traffic(hg_tally_host(tally, i)).bytes);
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    const HgEdge *edge = hg_report_edge(report, i);
    busiest.edge = MAX(busiest.edge, (double)hg_report_edge_traffic(report, edge).bytes);
  }
  return busiest;
}

double hg_style_share(guint64 bytes, double busiest) {
  return busiest > 0 ? log1p((double)bytes) / log1p(busiest) : 0;
}

void hg_style_number(GString *out, double value) {
  const gint64 hundredths = (gint64)llround(value * 100);
  const gint64 whole = ABS(hundredths) / 100, rest = ABS(hundredths) % 100;
  if (hundredths < 0)
    g_string_append_c(out, '-');
  hg_text_integer(out, whole);
  if (rest == 0)
    return;
  g_string_append_c(out, '.');
  hg_text_integer(out, rest / 10);
  if (rest % 10)
    hg_text_integer(out, rest % 10);
}
