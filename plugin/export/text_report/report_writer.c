/* report_writer.c - the output of all sections of the text report, and their common phrases
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report_writer.h"

#include "export/text/columns.h"

#include <math.h>

#define NS_PER_SECOND G_GINT64_CONSTANT(1000000000)
/* Indentation of labels. */
#define LABEL_INDENT 2
#define LABEL_WIDTH 15

void hg_report_writer_section(const HgReportWriter *writer, const char *format, ...) {
  g_autoptr(GString) out = g_string_new("\n");
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *title = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  hg_columns_cut(out, title, HG_COLUMNS_LINE);
  const guint width = hg_columns_width(out->str + 1);
  g_string_append_c(out, '\n');
  for (guint i = 0; i < width; i++)
    g_string_append_c(out, '-');
  g_string_append_c(out, '\n');
  hg_output_write(writer->output, out->str, out->len);
}

static GString *begin_label(const char *label) {
  GString *const out = g_string_new(NULL);
  hg_columns_blanks(out, LABEL_INDENT);
  g_string_append_printf(out, "%-*s", LABEL_WIDTH, label);
  return out;
}

void hg_report_writer_labelled(const HgReportWriter *writer, const char *label, const char *text) {
  if (!text || *text == '\0')
    return;
  g_autoptr(GString) out = begin_label(label);
  hg_columns_wrap(out, text, LABEL_INDENT + LABEL_WIDTH, LABEL_INDENT + LABEL_WIDTH);
  hg_output_write(writer->output, out->str, out->len);
}

void hg_report_writer_labelled_whole(const HgReportWriter *writer, const char *label,
                                     const char *text) {
  if (!text || *text == '\0')
    return;
  g_autoptr(GString) out = begin_label(label);
  hg_columns_cut(out, text, G_MAXUINT);
  g_string_append_c(out, '\n');
  hg_output_write(writer->output, out->str, out->len);
}

void hg_report_writer_more(const HgReportWriter *writer, guint indent, guint64 shown,
                           guint64 total) {
  if (shown < total)
    hg_output_printf(writer->output, "%*s… and %" G_GUINT64_FORMAT " more (top=0 shows all)\n",
                     (int)indent, "", total - shown);
}

void hg_report_writer_append_seconds(GString *out, gint64 ns) {
  const guint64 size = ns < 0 ? -(guint64)ns : (guint64)ns;
  g_string_append_printf(out, "%s%" G_GUINT64_FORMAT ".%06u", ns < 0 ? "-" : "",
                         size / NS_PER_SECOND, (guint)(size % NS_PER_SECOND / 1000));
}

void hg_report_writer_append_time(const HgReportWriter *writer, GString *out, gint64 ns) {
  if (hg_time_is_known(ns))
    hg_report_writer_append_seconds(out, hg_time_span(writer->start_ns, ns));
  else
    g_string_append_c(out, '-');
}

void hg_report_writer_append_utc(GString *out, gint64 ns) {
  if (!hg_time_is_known(ns)) {
    g_string_append(out, "no time");
    return;
  }
  gint64 seconds = ns / NS_PER_SECOND, rest = ns % NS_PER_SECOND;
  if (rest < 0) {
    rest += NS_PER_SECOND;
    seconds--;
  }
  g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(seconds);
  g_string_append_printf(out, "%04d-%02d-%02d %02d:%02d:%02d.%06d UTC", g_date_time_get_year(when),
                         g_date_time_get_month(when), g_date_time_get_day_of_month(when),
                         g_date_time_get_hour(when), g_date_time_get_minute(when),
                         g_date_time_get_second(when), (int)(rest / 1000));
}

void hg_report_writer_append_bytes(GString *out, guint64 bytes) {
  static const char *const units[] = {"KiB", "MiB", "GiB", "TiB"};
  hg_report_writer_append_count(out, bytes, "byte");
  if (bytes < 1024)
    return;
  double size = (double)bytes / 1024;
  guint unit = 0;
  for (; size >= 1024 && unit + 1 < G_N_ELEMENTS(units); unit++)
    size /= 1024;
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd(text, sizeof text, "%.1f", size);
  g_string_append_printf(out, " (%s %s)", text, units[unit]);
}

void hg_report_writer_append_count(GString *out, guint64 count, const char *noun) {
  g_string_append_printf(out, "%" G_GUINT64_FORMAT " %s%s", count, noun, count == 1 ? "" : "s");
}

void hg_report_writer_append_share(GString *out, guint64 part, guint64 whole) {
  const double percent = whole ? 100.0 * (double)part / (double)whole : 0;
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  if (part > 0 && percent < 0.05) {
    g_string_append(out, "<0.1%");
    return;
  }
  g_string_append_printf(out, "%s%%", g_ascii_formatd(text, sizeof text, "%.1f", percent));
}

void hg_report_writer_append_score(GString *out, double score) {
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append(out, g_ascii_formatd(text, sizeof text, "%.1f", floor(score * 10) / 10));
}

const char *hg_report_writer_host(const HgReportWriter *writer, guint32 host) {
  return host == HG_NO_HOST ? "-" : hg_report_host_id(writer->report, host);
}

const char *hg_report_writer_name(const HgReportWriter *writer, guint32 host) {
  const char *const name = host == HG_NO_HOST ? NULL : hg_report_host_name(writer->report, host);
  return name ? name : "";
}

const char *hg_report_writer_protocol(const HgReportWriter *writer, guint16 protocol) {
  const char *const name = hg_tally_protocol(writer->tally, protocol)->name;
  return *name != '\0' ? name : "(none)";
}

int hg_report_writer_compare(const HgReportWriter *writer, guint64 packets_a, guint32 host_a,
                             guint64 packets_b, guint32 host_b) {
  if (packets_a != packets_b)
    return packets_a > packets_b ? -1 : 1;
  const guint32 a =
      host_a == HG_NO_HOST ? G_MAXUINT32 : hg_report_host_rank(writer->report, host_a);
  const guint32 b =
      host_b == HG_NO_HOST ? G_MAXUINT32 : hg_report_host_rank(writer->report, host_b);
  return a < b ? -1 : a > b;
}

gboolean hg_report_writer_is_same_device(const HgReportWriter *writer, guint32 a, guint32 b) {
  return a == b || (a != HG_NO_HOST && b != HG_NO_HOST &&
                    hg_report_device(writer->report, a) == hg_report_device(writer->report, b));
}

int hg_report_writer_side(const HgReportWriter *writer, const HgConversation *conversation,
                          guint32 host) {
  for (int side = 0; side < 2; side++)
    if (hg_report_writer_is_same_device(writer, conversation->host[side], host))
      return side;
  return -1;
}
