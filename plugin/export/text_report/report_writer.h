/* report_writer.h - what all sections of the text report write on, and their common phrases
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_REPORT_WRITER_H
#define HG_EXPORT_REPORT_WRITER_H

#include "export/files/output.h"
#include "export/report/report.h"

G_BEGIN_DECLS

typedef struct {
  const HgReport *report;
  const HgAnalysis *analysis;
  const HgTally *tally;
  HgOutput *output;
  gint64 start_ns; /* zero of relative times */
  guint top;       /* rows a table; G_MAXUINT: all */
} HgReportWriter;

/* A heading, underlined. */
void hg_report_writer_section(const HgReportWriter *writer, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

/* "  LABEL          text", wrapped; nothing for an empty text. */
void hg_report_writer_labelled(const HgReportWriter *writer, const char *label, const char *text);
/* The same on one line however long: what is to be copied. */
void hg_report_writer_labelled_whole(const HgReportWriter *writer, const char *label,
                                     const char *text);

/* "… and N more (top=0 shows all)" when `shown` is fewer than `total`. */
void hg_report_writer_more(const HgReportWriter *writer, guint indent, guint64 shown,
                           guint64 total);

/* Seconds since the first packet, as Wireshark's Time column shows them: 6 decimals, cut off. */
void hg_report_writer_append_time(const HgReportWriter *writer, GString *out, gint64 ns);
/* A difference in the same way. */
void hg_report_writer_append_seconds(GString *out, gint64 ns);
/* "2024-05-01 12:00:00.123456 UTC" */
void hg_report_writer_append_utc(GString *out, gint64 ns);
/* "152345 bytes (148.8 KiB)" */
void hg_report_writer_append_bytes(GString *out, guint64 bytes);
/* "1 host", "2 hosts" */
void hg_report_writer_append_count(GString *out, guint64 count, const char *noun);
/* "12.3%", "<0.1%"; nothing of nothing is 0. */
void hg_report_writer_append_share(GString *out, guint64 part, guint64 whole);

/* "49.9": one decimal, cut off, so that what is below the threshold looks so. */
void hg_report_writer_append_score(GString *out, double score);

/* The address; "-" for HG_NO_HOST. Hostile. Borrowed. */
const char *hg_report_writer_host(const HgReportWriter *writer, guint32 host);
/* Its name, or "". Hostile. Borrowed. */
const char *hg_report_writer_name(const HgReportWriter *writer, guint32 host);
/* The protocol's name; "(none)" when it has none. Hostile. Borrowed. */
const char *hg_report_writer_protocol(const HgReportWriter *writer, guint16 protocol);

/* Packets most first, then the order of addresses: for comparing two hosts or peers. */
int hg_report_writer_compare(const HgReportWriter *writer, guint64 packets_a, guint32 host_a,
                             guint64 packets_b, guint32 host_b);

G_END_DECLS
#endif
