/* svg.c - the hosts on a circle, as a picture for browsers, image viewers and documents
 *
 * Colour and shape mark suspects and what they reached. If there are many hosts, only the
 * neighbourhood of suspects and the busiest hosts are drawn, and the picture says so. It has no
 * script, no style sheet and no fonts; the <title> of a host or edge shows its attributes under
 * the mouse.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/format.h"
#include "export/report/schema.h"
#include "export/report/style.h"
#include "export/svg/glyphs.h"
#include "export/svg/words.h"
#include "export/text/text.h"

#define MARGIN 24.0
#define MIN_WIDTH 760.0
#define LINE_HEIGHT 18.0
/* Estimated character widths of the fonts of the title and of the lines below. */
#define TITLE_CHARACTER 11.5
#define LINE_CHARACTER 7.2

typedef struct {
  const HgReport *report;
  HgOutput *output;
  HgSvgChoice *choice;
  HgSvgLayout *layout;
  GString *line, *text; /* reused buffers */
} Picture;

static void flush(const Picture *picture) {
  hg_output_write(picture->output, picture->line->str, picture->line->len);
  g_string_truncate(picture->line, 0);
}

/* Appends all attributes as a tooltip, one a line. */
static void append_title(const Picture *picture, const HgAttribute *attributes,
                         gconstpointer item) {
  GString *line = picture->line;
  g_string_append(line, "<title>");
  for (const HgAttribute *attribute = attributes; attribute->name; attribute++) {
    if (!hg_attribute_has_value(picture->report, attribute, item))
      continue;
    g_string_append(line, attribute == attributes ? "" : "\n");
    g_string_append(line, attribute->title);
    g_string_append(line, ": ");
    hg_value_escape(picture->report, attribute, item, hg_text_xml, picture->text, line);
  }
  g_string_append(line, "</title>");
}

static void write_edges(const Picture *picture) {
  const double busiest = hg_style_busiest(picture->report).edge;
  /* Many edges are drawn transparent, so that they do not become one dark mass. */
  const guint count = picture->choice->edges->len;
  const char *plain = count <= 100 ? "0.6" : count <= 300 ? "0.45" : "0.25";
  const double widest = count <= 100 ? 4.2 : count <= 300 ? 3.4 : 2.6;
  hg_output_puts(picture->output, "<g fill=\"none\" stroke-linecap=\"butt\">\n");
  for (guint i = 0; i < picture->choice->edges->len; i++) {
    const HgSvgEdge *one = &g_array_index(picture->choice->edges, HgSvgEdge, i);
    const HgEdge *edge = hg_report_edge(picture->report, one->edge);
    const double size = hg_style_share(one->bytes, busiest);
    g_string_append_printf(picture->line, "<g opacity=\"%s\">",
                           one->kind == HG_SVG_EDGE_PLAIN ? plain : "0.85");
    append_title(picture, hg_edge_attributes(picture->report), edge);
    hg_svg_edge(picture->line, hg_svg_layout_place(picture->layout, edge->source),
                hg_svg_layout_place(picture->layout, edge->target), one->kind,
                0.6 + (widest - 0.6) * size * size * size);
    g_string_append(picture->line, "</g>\n");
    flush(picture);
  }
  hg_output_puts(picture->output, "</g>\n");
}

static void write_hosts(const Picture *picture) {
  hg_output_puts(picture->output, "<g stroke-linejoin=\"round\">\n");
  for (guint i = 0; i < picture->choice->hosts->len; i++) {
    const guint32 number = g_array_index(picture->choice->hosts, guint32, i);
    const HgHost *host = hg_tally_host(hg_report_tally(picture->report), number);
    const HgSvgPlace *place = &g_array_index(picture->layout->places, HgSvgPlace, i);
    g_string_append(picture->line, "<g>");
    append_title(picture, hg_node_attributes(picture->report), host);
    hg_svg_glyph(picture->line, place->at, place->size, hg_report_reach(picture->report, number),
                 !hg_host_is_unicast(host));
    g_string_append(picture->line, "</g>\n");
    flush(picture);
  }
  hg_output_puts(picture->output, "</g>\n");
}

static void write_labels(const Picture *picture) {
  g_string_append(picture->line, "<g");
  hg_svg_attribute(picture->line, "font-size", picture->layout->font);
  g_string_append(picture->line, ">\n");
  for (guint i = 0; i < picture->choice->hosts->len; i++)
    hg_svg_label(
        picture->line, &g_array_index(picture->layout->places, HgSvgPlace, i),
        picture->layout->level,
        hg_report_reach(picture->report, g_array_index(picture->choice->hosts, guint32, i)));
  g_string_append(picture->line, "</g>\n");
  flush(picture);
}

/* --- the sheet --- */

/* The position of each part of the picture. */
typedef struct {
  double width, height, graph_x, graph_y, legend_y;
  GPtrArray *lines; /* lines of the heading, each short enough */
  GString *legend;  /* SVG elements */
} Sheet;

/* Splits the text into lines of at most `most` characters, at blanks if there are any. */
static void add_lines(GPtrArray *lines, const char *text, glong most) {
  g_autoptr(GString) clean = g_string_new(NULL);
  hg_text_terminal(clean, text, -1);
  const char *rest = clean->str;
  while (g_utf8_strlen(rest, -1) > most) {
    const char *end = g_utf8_offset_to_pointer(rest, most);
    const char *blank = g_strrstr_len(rest, end - rest, " ");
    if (blank && blank > rest)
      end = blank;
    g_ptr_array_add(lines, g_strndup(rest, (gsize)(end - rest)));
    rest = *end == ' ' ? end + 1 : end;
  }
  g_ptr_array_add(lines, g_strdup(rest));
}

static void fit_heading(Sheet *sheet, const Picture *picture) {
  GPtrArray *heading = hg_svg_heading(picture->report, picture->choice);
  sheet->lines = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < heading->len; i++)
    add_lines(sheet->lines, heading->pdata[i],
              (glong)((sheet->width - 2 * MARGIN) / (i ? LINE_CHARACTER : TITLE_CHARACTER)));
  g_ptr_array_unref(heading);
}

static Sheet lay_out(const Picture *picture) {
  const HgSvgLayout *layout = picture->layout;
  Sheet sheet = {0};
  sheet.width = MAX(MIN_WIDTH, layout->most.x - layout->least.x + 2 * MARGIN);
  fit_heading(&sheet, picture);
  sheet.graph_x = sheet.width / 2 - (layout->least.x + layout->most.x) / 2;
  sheet.graph_y = MARGIN + LINE_HEIGHT * (sheet.lines->len + 0.5) - layout->least.y;
  sheet.legend_y = sheet.graph_y + layout->most.y + MARGIN;
  sheet.legend = g_string_new(NULL);
  sheet.height = sheet.legend_y + MARGIN +
                 hg_svg_legend(sheet.legend, picture->report, picture->choice, MARGIN,
                               sheet.legend_y, sheet.width - 2 * MARGIN);
  return sheet;
}

static void write_head(const Picture *picture, const Sheet *sheet) {
  GString *line = picture->line;
  g_string_append(line, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"");
  hg_svg_attribute(line, "width", sheet->width);
  hg_svg_attribute(line, "height", sheet->height);
  g_string_append(line, " viewBox=\"0 0 ");
  hg_style_number(line, sheet->width);
  g_string_append_c(line, ' ');
  hg_style_number(line, sheet->height);
  g_string_append(line, "\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" "
                        "fill=\"" HG_STYLE_TEXT "\">\n<title>");
  hg_text_xml(line, sheet->lines->pdata[0], -1);
  g_string_append(line, "</title>\n<desc>");
  g_string_append(line, hg_report_generator());
  g_string_append(line, ": an edge goes from the sender of packets to the receiver</desc>\n"
                        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  for (guint i = 0; i < sheet->lines->len; i++)
    hg_svg_text(line, MARGIN, MARGIN + LINE_HEIGHT * (i + 0.7) + (i ? 4 : 0),
                i ? "" : " font-size=\"18\" font-weight=\"bold\"", sheet->lines->pdata[i]);
  flush(picture);
}

static void write_sheet(const Picture *picture) {
  const Sheet sheet = lay_out(picture);
  write_head(picture, &sheet);
  g_string_append(picture->line, "<g transform=\"translate(");
  hg_style_number(picture->line, sheet.graph_x);
  g_string_append_c(picture->line, ' ');
  hg_style_number(picture->line, sheet.graph_y);
  g_string_append(picture->line, ")\">\n");
  flush(picture);
  write_edges(picture);
  write_hosts(picture);
  write_labels(picture);
  hg_output_puts(picture->output, "</g>\n");
  hg_output_write(picture->output, sheet.legend->str, sheet.legend->len);
  hg_output_puts(picture->output, "</svg>\n");
  g_string_free(sheet.legend, TRUE);
  g_ptr_array_unref(sheet.lines);
}

static void write_svg(const HgReport *report, HgOutput *const *outputs) {
  HgSvgChoice *choice = hg_svg_choice_new(report);
  const Picture picture = {report,
                           outputs[0],
                           choice,
                           hg_svg_layout_new(report, choice),
                           g_string_new(NULL),
                           g_string_new(NULL)};
  write_sheet(&picture);
  g_string_free(picture.line, TRUE);
  g_string_free(picture.text, TRUE);
  hg_svg_layout_free(picture.layout);
  hg_svg_choice_free(choice);
}

static const char *const suffixes[] = {"svg", NULL};

const HgFormat hg_format_svg = {
    .name = "svg",
    .suffixes = suffixes,
    .title = "SVG",
    .what = "a picture: browsers, image viewers, documents",
    .draws_graph = TRUE,
    .write = write_svg,
};
