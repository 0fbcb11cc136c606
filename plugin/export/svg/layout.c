/* layout.c - the places of hosts and labels: on a circle, clockwise from the top
 *
 * Labels point outwards, and the circle grows with the number of hosts until each label has a line
 * of its own, so labels never overlap.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "layout.h"

#include <math.h>

#include "export/report/style.h"
#include "export/text/text.h"

#define PI 3.14159265358979323846
#define MIN_RADIUS 190.0
#define LINE_SPACING 1.35 /* line height of a label, in font sizes */
/* Up to this number of hosts, horizontal labels cannot overlap. */
#define MAX_LEVEL 12
/* The longest label, in characters: an IPv6 address and some of a name. */
#define MAX_LABEL 48
/* A generous character width in font sizes, since the actual font is not known. */
#define CHARACTER_WIDTH 0.62

/* Address and name, cut, without characters that change the direction of writing. */
static char *label_of(const HgReport *report, guint32 host) {
  const char *name = hg_report_host_name(report, host);
  GString *label = g_string_new(NULL);
  hg_text_terminal(label, hg_report_host_id(report, host), -1);
  if (name) {
    g_string_append_c(label, ' ');
    hg_text_terminal(label, name, -1);
  }
  if (g_utf8_strlen(label->str, -1) > MAX_LABEL) {
    g_string_truncate(label,
                      (gsize)(g_utf8_offset_to_pointer(label->str, MAX_LABEL - 1) - label->str));
    g_string_append(label, "\xE2\x80\xA6");
  }
  return g_string_free(label, FALSE);
}

static double width_of(const char *label, double font) {
  double width = 0;
  for (; *label; label = g_utf8_next_char(label))
    width += g_unichar_iswide(g_utf8_get_char(label)) ? 1.05 : CHARACTER_WIDTH;
  return width * font;
}

double hg_svg_stretch(HgReach reach) {
  static const double stretch[] = {1, 1.35, 1.25, 1.4};
  return stretch[reach];
}

static void widen(HgSvgLayout *layout, double x, double y) {
  const double half = layout->font * LINE_SPACING / 2;
  layout->least.x = MIN(layout->least.x, x - half);
  layout->least.y = MIN(layout->least.y, y - half);
  layout->most.x = MAX(layout->most.x, x + half);
  layout->most.y = MAX(layout->most.y, y + half);
}

/* Extends the picture by the label. */
static void widen_by_label(HgSvgLayout *layout, const HgSvgPlace *place) {
  const double width = width_of(place->label, layout->font), x = cos(place->angle);
  const double begin = layout->radius + place->extent + HG_SVG_LABEL_GAP;
  if (!layout->level) {
    widen(layout, (begin + width) * x, (begin + width) * sin(place->angle));
    return;
  }
  const double before = x < -HG_SVG_UPRIGHT ? width : x > HG_SVG_UPRIGHT ? 0 : width / 2;
  widen(layout, begin * x - before, begin * sin(place->angle));
  widen(layout, begin * x - before + width, begin * sin(place->angle));
}

static void add_place(HgSvgLayout *layout, const HgReport *report, guint32 host, double angle,
                      double size) {
  const HgSvgPlace place = {.at = {layout->radius * cos(angle), layout->radius * sin(angle)},
                            .angle = angle,
                            .size = size,
                            .extent = size * hg_svg_stretch(hg_report_reach(report, host)),
                            .label = label_of(report, host)};
  layout->index[host] = layout->places->len;
  g_array_append_val(layout->places, place);
  widen_by_label(layout, &place);
}

static void clear_place(gpointer place) {
  g_free(((HgSvgPlace *)place)->label);
}

HgSvgLayout *hg_svg_layout_new(const HgReport *report, const HgSvgChoice *choice) {
  const HgTally *tally = hg_report_tally(report);
  const double busiest = hg_style_busiest(report).host;
  const guint count = choice->hosts->len;
  HgSvgLayout *layout = g_new0(HgSvgLayout, 1);
  const double start = count == 2 ? -PI : -PI / 2; /* two hosts are side by side */
  layout->font = count <= 60 ? 12 : 10;
  layout->level = count <= MAX_LEVEL;
  layout->radius = MAX(MIN_RADIUS, count * layout->font * LINE_SPACING / (2 * PI));
  layout->places = g_array_new(FALSE, FALSE, sizeof(HgSvgPlace));
  g_array_set_clear_func(layout->places, clear_place);
  layout->index = g_new0(guint32, (gsize)hg_report_host_count(report) + 1);
  const double spacing = 2 * PI * layout->radius / MAX(count, 1);
  const double largest = CLAMP(spacing * 0.55, 6, 15), smallest = largest * 0.45;
  widen(layout, -layout->radius, -layout->radius);
  widen(layout, layout->radius, layout->radius);
  for (guint i = 0; i < count; i++) {
    const guint32 host = g_array_index(choice->hosts, guint32, i);
    const double size = hg_style_share(hg_host_traffic(hg_tally_host(tally, host)).bytes, busiest);
    add_place(layout, report, host, start + 2 * PI * i / count,
              smallest + (largest - smallest) * size * size);
  }
  return layout;
}

void hg_svg_layout_free(HgSvgLayout *layout) {
  if (!layout)
    return;
  g_array_unref(layout->places);
  g_free(layout->index);
  g_free(layout);
}

const HgSvgPlace *hg_svg_layout_place(const HgSvgLayout *layout, guint32 host) {
  return &g_array_index(layout->places, HgSvgPlace, layout->index[host]);
}
