/* report_writer.h - the output of all sections of the text report, and their common phrases
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
  gint64 start_ns; /* the time to which relative times refer */
  guint top;       /* rows for each table; G_MAXUINT: all */
} HgReportWriter;

/* Writes an underlined heading. */
void hg_report_writer_section(const HgReportWriter *writer, const char *format, ...)
    G_GNUC_PRINTF(2, 3);

/* Writes "  LABEL          text", wrapped; nothing if the text is empty. */
void hg_report_writer_labelled(const HgReportWriter *writer, const char *label, const char *text);
/* The same on one line of any length, for texts that people copy. */
void hg_report_writer_labelled_whole(const HgReportWriter *writer, const char *label,
                                     const char *text);

/* Writes "… and N more (top=0 shows all)" if `shown` is less than `total`. */
void hg_report_writer_more(const HgReportWriter *writer, guint indent, guint64 shown,
                           guint64 total);

/* Appends seconds since the first packet, as Wireshark's Time column shows them: 6 decimals,
 * truncated; "-" for HG_TIME_NONE. */
void hg_report_writer_append_time(const HgReportWriter *writer, GString *out, gint64 ns);
/* Appends a time difference in the same form. */
void hg_report_writer_append_seconds(GString *out, gint64 ns);
/* Appends "2024-05-01 12:00:00.123456 UTC"; "no time" for HG_TIME_NONE. */
void hg_report_writer_append_utc(GString *out, gint64 ns);
/* Appends "152345 bytes (148.8 KiB)". */
void hg_report_writer_append_bytes(GString *out, guint64 bytes);
/* Appends "1 host", "2 hosts". */
void hg_report_writer_append_count(GString *out, guint64 count, const char *noun);
/* Appends "12.3%" or "<0.1%"; 0 if the whole is 0. */
void hg_report_writer_append_share(GString *out, guint64 part, guint64 whole);

/* Appends "49.9": one decimal, truncated, so that a score below the threshold looks so. */
void hg_report_writer_append_score(GString *out, double score);

/* The host's id, as in exports; "-" for HG_NO_HOST. Borrowed. */
const char *hg_report_writer_host(const HgReportWriter *writer, guint32 host);
/* The host's name, or "". Text from packets. Borrowed. */
const char *hg_report_writer_name(const HgReportWriter *writer, guint32 host);
/* The protocol's name; "(none)": it has none. Text from packets. Borrowed. */
const char *hg_report_writer_protocol(const HgReportWriter *writer, guint16 protocol);

/* Compares two hosts or peers: most packets first, then by address. */
int hg_report_writer_compare(const HgReportWriter *writer, guint64 packets_a, guint32 host_a,
                             guint64 packets_b, guint32 host_b);

/* Which side of the conversation is a host of this host's device: 0 or 1 (0: both are); -1: none is. */
int hg_report_writer_side(const HgReportWriter *writer, const HgConversation *conversation,
                          guint32 host);
gboolean hg_report_writer_is_same_device(const HgReportWriter *writer, guint32 a, guint32 b);

G_END_DECLS
#endif
