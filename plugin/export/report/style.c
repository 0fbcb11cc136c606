/* style.c - how hosts and edges are drawn, the same in every picture
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "style.h"

#include <math.h>

#include "export/text/text.h"

static const HgStyle looks[] = {
    [HG_REACH_NONE] = {"#b4c7d9", HG_STYLE_TEXT, "other"},
    [HG_REACH_REACHED] = {"#ffe28a", HG_STYLE_TEXT, "could have been reached through others"},
    [HG_REACH_CONTACTED] = {"#ffab5c", HG_STYLE_TEXT, "a suspect sent to it"},
    [HG_REACH_SUSPECT] = {HG_STYLE_ALARM, "#ffffff", "suspect or red-flagged"},
};

const HgStyle *hg_style_of(HgReach reach) {
  return &looks[reach];
}

void hg_style_rgb(const char *colour, guint rgb[3]) {
  for (guint i = 0; i < 3; i++)
    rgb[i] = (guint)(g_ascii_xdigit_value(colour[1 + 2 * i]) << 4 |
                     g_ascii_xdigit_value(colour[2 + 2 * i]));
}

HgLoudest hg_style_loudest(const HgReport *report) {
  const HgTally *tally = hg_report_tally(report);
  HgLoudest loudest = {0, 0};
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    loudest.host = MAX(loudest.host, (double)hg_host_traffic(hg_tally_host(tally, i)).bytes);
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    const HgEdge *edge = hg_report_edge(report, i);
    loudest.edge = MAX(loudest.edge, (double)hg_report_edge_traffic(report, edge)->bytes);
  }
  return loudest;
}

double hg_style_loudness(guint64 bytes, double loudest) {
  return loudest > 0 ? log1p((double)bytes) / log1p(loudest) : 0;
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
