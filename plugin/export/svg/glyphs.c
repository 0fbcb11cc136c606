/* glyphs.c - the elements of a static picture: glyphs of hosts, edges, labels
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "glyphs.h"

#include <math.h>

#include "export/report/style.h"
#include "export/text/text.h"

#define ARROW_LENGTH 5.0 /* plus the width of its line */
#define DEGREES (180 / 3.14159265358979323846)

void hg_svg_attribute(GString *out, const char *name, double value) {
  g_string_append_c(out, ' ');
  g_string_append(out, name);
  g_string_append(out, "=\"");
  hg_style_number(out, value);
  g_string_append_c(out, '"');
}

void hg_svg_text(GString *out, double x, double y, const char *attributes, const char *text) {
  g_string_append(out, "<text");
  hg_svg_attribute(out, "x", x);
  hg_svg_attribute(out, "y", y);
  g_string_append(out, attributes);
  g_string_append_c(out, '>');
  hg_text_xml(out, text, -1);
  g_string_append(out, "</text>\n");
}

static void append_point(GString *out, char command, HgPoint point) {
  g_string_append_c(out, command);
  hg_style_number(out, point.x);
  g_string_append_c(out, ' ');
  hg_style_number(out, point.y);
}

static HgPoint towards(HgPoint from, HgPoint direction, double length) {
  return (HgPoint){from.x + direction.x * length, from.y + direction.y * length};
}

/* --- glyphs --- */

/* Appends a polygon around `at`; `turn`: degrees of its first corner, clockwise from the top. */
static void append_polygon(GString *out, HgPoint at, double radius, guint corners, double turn) {
  g_string_append(out, "<path d=\"");
  for (guint i = 0; i < corners; i++) {
    const double angle = (turn + 360.0 * i / corners - 90) / DEGREES;
    append_point(out, i ? 'L' : 'M', towards(at, (HgPoint){cos(angle), sin(angle)}, radius));
  }
  g_string_append(out, "Z\"");
}

static void append_circle(GString *out, HgPoint at, double radius) {
  g_string_append(out, "<circle");
  hg_svg_attribute(out, "cx", at.x);
  hg_svg_attribute(out, "cy", at.y);
  hg_svg_attribute(out, "r", radius);
}

void hg_svg_glyph(GString *out, HgPoint at, double size, HgReach reach, gboolean group) {
  const double extent = size * hg_svg_stretch(reach);
  switch (reach) {
  case HG_REACH_SUSPECT:
    append_polygon(out, at, extent, 4, 0);
    break;
  case HG_REACH_CONTACTED:
    append_polygon(out, at, extent, 4, 45);
    break;
  case HG_REACH_REACHED:
    append_polygon(out, at, extent, 3, 0);
    break;
  case HG_REACH_NONE:
    append_circle(out, at, size);
    break;
  }
  g_string_append_printf(out, " fill=\"%s\"", group ? "#ffffff" : hg_style_of(reach)->fill);
  if (group)
    g_string_append(out, " stroke-dasharray=\"2.5 1.5\"");
  g_string_append(out, reach == HG_REACH_SUSPECT ? " stroke=\"" HG_STYLE_TEXT
                                                   "\" stroke-width=\"2\"/>"
                                                 : " stroke=\"" HG_STYLE_LINE "\"/>");
}

/* --- edges --- */

static const char *const colours[] = {
    [HG_SVG_EDGE_PLAIN] = HG_STYLE_LINE,
    [HG_SVG_EDGE_SPREAD] = "#9a5b00",
    [HG_SVG_EDGE_ALARM] = HG_STYLE_ALARM,
};

static HgPoint direction_of(HgPoint from, HgPoint to) {
  const double x = to.x - from.x, y = to.y - from.y, length = hypot(x, y);
  return length > 0 ? (HgPoint){x / length, y / length} : (HgPoint){1, 0};
}

/* The control point of a curve: towards the centre and to the right, so that the two directions of
 * a pair bend apart. */
static HgPoint bend(HgPoint from, HgPoint to) {
  const HgPoint way = direction_of(from, to);
  const double apart = hypot(to.x - from.x, to.y - from.y);
  const double aside = MIN(apart * 0.07, 14);
  return (HgPoint){(from.x + to.x) * 0.22 - way.y * aside, (from.y + to.y) * 0.22 + way.x * aside};
}

static void append_arrow(GString *out, HgPoint tip, HgPoint way, double length,
                         const char *colour) {
  const HgPoint across = {-way.y, way.x}, back = towards(tip, way, -length);
  g_string_append(out, "<path stroke=\"none\" d=\"");
  append_point(out, 'M', tip);
  append_point(out, 'L', towards(back, across, length * 0.42));
  append_point(out, 'L', towards(back, across, -length * 0.42));
  g_string_append_printf(out, "Z\" fill=\"%s\"/>", colour);
}

static void append_ring(GString *out, const HgSvgPlace *place, double width, const char *colour) {
  const HgPoint inwards = {-cos(place->angle), -sin(place->angle)};
  append_circle(out, towards(place->at, inwards, place->size + 6), 6);
  hg_svg_attribute(out, "stroke-width", width);
  g_string_append_printf(out, " stroke=\"%s\"/>", colour);
}

void hg_svg_edge(GString *out, const HgSvgPlace *from, const HgSvgPlace *to, HgSvgEdgeKind kind,
                 double width) {
  const char *colour = colours[kind];
  if (from == to) {
    append_ring(out, from, width, colour);
    return;
  }
  const double arrow = ARROW_LENGTH + 1.6 * width;
  const HgPoint control = bend(from->at, to->at), way = direction_of(control, to->at);
  const HgPoint tip = towards(to->at, way, -to->extent - 1);
  const HgPoint end = towards(tip, way, -arrow * 0.8);
  g_string_append(out, "<path d=\"");
  append_point(out, 'M', towards(from->at, direction_of(from->at, control), from->size));
  append_point(out, 'Q', control);
  append_point(out, ' ', end);
  g_string_append_c(out, '"');
  hg_svg_attribute(out, "stroke-width", width);
  g_string_append_printf(out, " stroke=\"%s\"/>", colour);
  append_arrow(out, tip, way, arrow, colour);
}

void hg_svg_arrow(GString *out, HgPoint from, HgPoint to, HgSvgEdgeKind kind, double width) {
  const double arrow = ARROW_LENGTH + 1.6 * width;
  const HgPoint way = direction_of(from, to);
  g_string_append(out, "<path d=\"");
  append_point(out, 'M', from);
  append_point(out, 'L', towards(to, way, -arrow * 0.8));
  g_string_append_c(out, '"');
  hg_svg_attribute(out, "stroke-width", width);
  g_string_append_printf(out, " stroke=\"%s\"/>", colours[kind]);
  append_arrow(out, to, way, arrow, colours[kind]);
}

/* --- labels --- */

/* Text points outwards on the right side, and inwards on the left, where it would be upside down.
 */
static double append_turn(GString *out, double angle) {
  const gboolean left = cos(angle) < -1e-9;
  g_string_append(out, " rotate(");
  hg_style_number(out, angle * DEGREES + (left ? 180 : 0));
  g_string_append_c(out, ')');
  return left ? -1 : 1;
}

void hg_svg_label(GString *out, const HgSvgPlace *place, gboolean level, HgReach reach) {
  const HgPoint outwards = {cos(place->angle), sin(place->angle)};
  const HgPoint at = towards(place->at, outwards, place->extent + HG_SVG_LABEL_GAP);
  double side = outwards.x;
  g_string_append(out, "<text transform=\"translate(");
  hg_style_number(out, at.x);
  g_string_append_c(out, ' ');
  hg_style_number(out, at.y + (level && outwards.y < -0.9 ? -4 : 0));
  g_string_append_c(out, ')');
  if (!level)
    side = append_turn(out, place->angle);
  g_string_append(out, level && outwards.y > 0.9 ? "\" dy=\"0.8em\"" : "\" dy=\"0.35em\"");
  if (side <= HG_SVG_UPRIGHT)
    g_string_append(out,
                    side < -HG_SVG_UPRIGHT ? " text-anchor=\"end\"" : " text-anchor=\"middle\"");
  if (reach == HG_REACH_SUSPECT)
    g_string_append(out, " font-weight=\"bold\" fill=\"" HG_STYLE_ALARM "\"");
  g_string_append_c(out, '>');
  hg_text_xml(out, place->label, -1);
  g_string_append(out, "</text>\n");
}
