/* words.c - the text around a static picture: heading, suspects, legend
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "words.h"

#include <string.h>

#include "export/report/style.h"
#include "export/text_report/report_writer.h"
#include "glyphs.h"

#define MAX_SUSPECTS 5
#define ROW_HEIGHT 20.0
#define CHARACTER_WIDTH 6.8 /* generous width, in the legend's font of 12 pixels */

/* --- heading --- */

static char *title_of(const HgReport *report) {
  const char *capture = hg_report_options(report)->capture;
  g_autofree char *name = capture ? g_path_get_basename(capture) : NULL;
  return name ? g_strdup_printf("Host graph of %s", name) : g_strdup("Host graph");
}

/* "2024-05-01 12:00:00 to 12:30:00 UTC" */
static void append_span(GString *text, const HgTraffic *traffic) {
  enum { DAY = sizeof "2024-05-01 " - 1, SECOND = sizeof "2024-05-01 12:00:00" - 1 };
  g_autoptr(GString) first = g_string_new(NULL);
  g_autoptr(GString) last = g_string_new(NULL);
  hg_report_writer_append_utc(first, traffic->first_ns);
  hg_report_writer_append_utc(last, traffic->last_ns);
  const gboolean same_day = strncmp(first->str, last->str, DAY) == 0;
  g_string_append_len(text, first->str, SECOND);
  g_string_append(text, " to ");
  g_string_append_len(text, last->str + (same_day ? DAY : 0), same_day ? SECOND - DAY : SECOND);
  g_string_append(text, " UTC");
}

static char *facts_of(const HgReport *report) {
  const HgTraffic *traffic = hg_tally_traffic(hg_report_tally(report));
  GString *text = g_string_new(NULL);
  hg_report_writer_append_count(text, hg_report_host_count(report), "host");
  g_string_append(text, ", ");
  hg_report_writer_append_count(text, hg_report_edge_count(report), "edge");
  g_string_append(text, ", ");
  hg_report_writer_append_count(text, traffic->packets, "packet");
  g_string_append(text, ", ");
  hg_report_writer_append_bytes(text, traffic->bytes);
  if (traffic->packets > 0 && hg_time_is_known(traffic->first_ns)) {
    g_string_append(text, ", ");
    append_span(text, traffic);
  }
  return g_string_free(text, FALSE);
}

static char *suspect_of(const HgReport *report, guint32 host) {
  const double score = hg_analysis_score(hg_report_analysis(report), host);
  const char *const *rules = hg_report_host_rules(report, host);
  const gboolean found = hg_analysis_is_suspect(hg_report_analysis(report), host);
  GString *text = g_string_new(found ? "Suspect: " : "Red-flagged: ");
  g_string_append(text, hg_report_host_id(report, host));
  g_string_append(text, ", score ");
  hg_report_writer_append_score(text, score);
  for (guint i = 0; rules && rules[i]; i++)
    g_string_append_printf(text, "%s%s", i ? ", " : ": ", rules[i]);
  return g_string_free(text, FALSE);
}

static gint by_score(gconstpointer a, gconstpointer b, gpointer report) {
  const HgAnalysis *analysis = hg_report_analysis(report);
  const guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  const double score_x = hg_analysis_score(analysis, x), score_y = hg_analysis_score(analysis, y);
  if (score_x > score_y || score_x < score_y)
    return score_x > score_y ? -1 : 1;
  return hg_report_host_rank(report, x) < hg_report_host_rank(report, y) ? -1 : 1;
}

static void add_suspects(GPtrArray *lines, const HgReport *report) {
  g_autoptr(GArray) suspects = g_array_new(FALSE, FALSE, sizeof(guint32));
  for (guint32 i = 0; i < hg_report_host_count(report); i++)
    if (hg_report_is_named_suspect(report, i))
      g_array_append_val(suspects, i);
  g_array_sort_with_data(suspects, by_score, (gpointer)report);
  for (guint i = 0; i < MIN(suspects->len, MAX_SUSPECTS); i++)
    g_ptr_array_add(lines, suspect_of(report, g_array_index(suspects, guint32, i)));
  if (suspects->len > MAX_SUSPECTS)
    g_ptr_array_add(lines, g_strdup_printf("and %u more suspects", suspects->len - MAX_SUSPECTS));
  if (suspects->len == 0)
    g_ptr_array_add(lines, g_strdup("No suspects."));
}

/* What the picture leaves out; NULL: nothing. */
static char *omission_of(const HgReport *report, const HgSvgChoice *choice) {
  static const char *const what[] = {"suspects", "hosts in contact with them",
                                     "that they could have reached through others",
                                     "others, the busiest"};
  const guint32 hosts = hg_report_host_count(report), edges = hg_report_edge_count(report);
  if (choice->hosts->len == hosts && choice->edges->len == edges)
    return NULL;
  GString *text = g_string_new(NULL);
  g_string_append_printf(text, "Drawn are %u of %u edges", choice->edges->len, edges);
  if (choice->hosts->len == hosts) {
    g_string_append(text, ": those with most bytes");
    return g_string_free(text, FALSE);
  }
  g_string_append_printf(text, " and %u of %u hosts", choice->hosts->len, hosts);
  if (choice->all[HG_SVG_BUSY] == hosts) {
    g_string_append(text, ": the busiest");
    return g_string_free(text, FALSE);
  }
  const char *before = ": ";
  for (guint i = 0; i < HG_SVG_WHY_COUNT; i++) {
    if (choice->all[i] == 0)
      continue;
    g_string_append_printf(text, "%s%u of %u %s", before, choice->drawn[i], choice->all[i],
                           what[i]);
    before = ", ";
  }
  return g_string_free(text, FALSE);
}

GPtrArray *hg_svg_heading(const HgReport *report, const HgSvgChoice *choice) {
  GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
  char *omission = omission_of(report, choice);
  g_ptr_array_add(lines, title_of(report));
  g_ptr_array_add(lines, facts_of(report));
  if (omission)
    g_ptr_array_add(lines, omission);
  if (hg_report_options(report)->partial)
    g_ptr_array_add(lines, g_strdup("Partial: reading was cut off."));
  if (hg_report_options(report)->pseudonyms)
    g_ptr_array_add(lines, g_strdup("All addresses and names are pseudonyms."));
  if (hg_report_has_full_info(report))
    g_ptr_array_add(lines, g_strdup("Info texts are " HG_REPORT_FULL_INFO "."));
  add_suspects(lines, report);
  return lines;
}

/* --- legend --- */

typedef struct {
  GString *out;
  double left, x, y, right;
} Legend;

/* Makes room for a sample and its meaning, in this row or the next. */
static void make_room(Legend *legend, const char *meaning) {
  const double width = 34 + (double)strlen(meaning) * CHARACTER_WIDTH;
  if (legend->x > legend->left && legend->x + width > legend->right) {
    legend->x = legend->left;
    legend->y += ROW_HEIGHT;
  }
}

static void explain(Legend *legend, const char *meaning) {
  hg_svg_text(legend->out, legend->x + 30, legend->y + 4, "", meaning);
  legend->x += 44 + (double)strlen(meaning) * CHARACTER_WIDTH;
}

static void explain_glyph(Legend *legend, HgReach reach, gboolean group, guint32 count,
                          const char *what) {
  g_autofree char *meaning = g_strdup_printf("%s (%u)", what, count);
  if (count == 0)
    return;
  make_room(legend, meaning);
  hg_svg_glyph(legend->out, (HgPoint){legend->x + 14, legend->y}, 6, reach, group);
  explain(legend, meaning);
}

static void explain_edge(Legend *legend, HgSvgEdgeKind kind, const char *meaning) {
  make_room(legend, meaning);
  hg_svg_arrow(legend->out, (HgPoint){legend->x, legend->y}, (HgPoint){legend->x + 26, legend->y},
               kind, 1.6);
  explain(legend, meaning);
}

static void explain_hosts(Legend *legend, const HgReport *report, const HgSvgChoice *choice) {
  guint32 count[HG_REACH_SUSPECT + 1] = {0}, groups = 0;
  for (guint i = 0; i < choice->hosts->len; i++) {
    const guint32 host = g_array_index(choice->hosts, guint32, i);
    const gboolean group = !hg_host_is_unicast(hg_tally_host(hg_report_tally(report), host));
    groups += group;
    count[hg_report_reach(report, host)] += !group;
  }
  for (int i = HG_REACH_SUSPECT; i >= HG_REACH_NONE; i--)
    explain_glyph(legend, (HgReach)i, FALSE, count[i], hg_style_of((HgReach)i)->meaning);
  explain_glyph(legend, HG_REACH_NONE, TRUE, groups, "multicast, broadcast, unspecified");
}

static void explain_edges(Legend *legend, const HgSvgChoice *choice) {
  gboolean occurs[HG_SVG_EDGE_ALARM + 1] = {FALSE};
  for (guint i = 0; i < choice->edges->len; i++)
    occurs[g_array_index(choice->edges, HgSvgEdge, i).kind] = TRUE;
  if (occurs[HG_SVG_EDGE_ALARM])
    explain_edge(legend, HG_SVG_EDGE_ALARM, "sent by a suspect");
  if (occurs[HG_SVG_EDGE_SPREAD])
    explain_edge(legend, HG_SVG_EDGE_SPREAD, "could have passed it on");
  if (occurs[HG_SVG_EDGE_PLAIN])
    explain_edge(legend, HG_SVG_EDGE_PLAIN, "other packets");
}

double hg_svg_legend(GString *out, const HgReport *report, const HgSvgChoice *choice, double x,
                     double y, double width) {
  static const char scale[] = "Wider edges and larger marks: more bytes, by the logarithm. Arrows "
                              "point to the receiver.";
  Legend legend = {out, x, x, y, x + width};
  if (choice->hosts->len == 0)
    return 0;
  explain_hosts(&legend, report, choice);
  legend.x = x;
  legend.y += ROW_HEIGHT;
  explain_edges(&legend, choice);
  legend.y += ROW_HEIGHT;
  hg_svg_text(out, x, legend.y + 4, "", scale);
  return legend.y - y + ROW_HEIGHT;
}
