/* export.c - how fast each format writes a synthetic graph
 *
 *   hostgraph-bench-export FOLDER HOSTS EDGES [FORMAT]...
 *
 * A line a format: size, CPU seconds, MB/s (sqlite: rows/s too, and loading), and the peak of memory
 * so far beside what the tally took. Packets are made up: every host talks to EDGES / HOSTS others.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <sqlite3.h>

#include "export/formats/all_formats.h"
#include "tally/tally_builder.h"

static double cpu_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double peak_mb(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss / 1024;
}

static void set_address(guint8 bytes[4], guint32 host) {
  bytes[0] = 10;
  bytes[1] = (guint8)(host >> 16);
  bytes[2] = (guint8)(host >> 8);
  bytes[3] = (guint8)host;
}

/* One datagram an edge. Edges of a host go to those at distances 1, 2, 4, 7, 11, ...: never back. */
static HgTally *synthesize(guint32 hosts, guint32 edges) {
  static const char *const protocols[] = {"TLSv1.3", "DNS", "HTTP", "SMB2", "QUIC"};
  static const guint16 ports[] = {443, 53, 80, 445, 443};
  HgTallyOptions options;
  hg_tally_options_init(&options);
  HgTallyBuilder *builder = hg_tally_builder_new(&options);
  for (guint32 i = 0; i < edges; i++) {
    const guint32 from = i % hosts, turn = i / hosts, what = (i ^ turn) % G_N_ELEMENTS(protocols);
    guint8 source[4], destination[4];
    set_address(source, from);
    set_address(destination, (from + 1 + turn * (turn + 1) / 2) % hosts);
    const HgPacket packet = {
        .frame = i + 1,
        .time_ns = G_GINT64_CONSTANT(1700000000000000000) + i * 1000000LL,
        .wire_length = 60 + i % 1400,
        .source = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = source},
        .destination = {.kind = HG_ADDRESS_IPV4, .length = 4, .data = destination},
        .transport = HG_TRANSPORT_UDP,
        .source_port = (guint16)(1024 + i % 60000),
        .destination_port = ports[what],
        .payload_length = 20,
        .protocol = protocols[what],
        .info = "Application Data"};
    hg_tally_builder_packet(builder, &packet);
  }
  return hg_tally_builder_end(builder);
}

static guint64 count_rows(const char *path) {
  sqlite3 *database = NULL;
  sqlite3_stmt *rows = NULL;
  guint64 count = 0;
  if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2(database, "SELECT sum(rows) FROM checksums", -1, &rows, NULL) ==
          SQLITE_OK &&
      sqlite3_step(rows) == SQLITE_ROW)
    count = (guint64)sqlite3_column_int64(rows, 0);
  sqlite3_finalize(rows);
  sqlite3_close(database);
  return count;
}

static void measure_library(const HgFormat *format, const char *path, double seconds) {
  const guint64 rows = count_rows(path);
  printf("  %" G_GUINT64_FORMAT " rows, %.0f rows/s", rows, (double)rows / seconds);
  const double before = cpu_seconds();
  HgTally *tally = format->load ? format->load(path, NULL) : NULL;
  if (tally)
    printf("; loaded in %.2f s", cpu_seconds() - before);
  hg_tally_free(tally);
}

static gboolean measure(const HgFormat *format, const HgReport *report, const char *folder) {
  GError *error = NULL;
  char *name = g_strdup_printf("bench.%s", format->suffixes[0]);
  char *path = g_build_filename(folder, name, NULL);
  const double before = cpu_seconds();
  const gboolean good = hg_format_save(format, report, path, &error);
  const double seconds = cpu_seconds() - before;
  if (good) {
    char **targets = hg_format_targets(format, path);
    double megabytes = 0;
    struct stat status;
    for (char **target = targets; *target; target++)
      if (stat(*target, &status) == 0)
        megabytes += (double)status.st_size / 1e6;
    printf("%-10s %8.1f MB %7.2f s %8.1f MB/s  peak %.0f MB", format->name, megabytes, seconds,
           megabytes / seconds, peak_mb());
    if (format->save)
      measure_library(format, path, seconds);
    printf("\n");
    fflush(stdout);
    for (char **target = targets; *target; target++)
      remove(*target);
    g_strfreev(targets);
  } else {
    fprintf(stderr, "%s\n", error->message);
    g_clear_error(&error);
  }
  g_free(path);
  g_free(name);
  return good;
}

static gboolean is_wanted(const char *name, char **wanted) {
  return !*wanted || g_strv_contains((const char *const *)wanted, name);
}

int main(int argc, char **argv) {
  if (argc < 4) {
    fprintf(stderr, "usage: hostgraph-bench-export FOLDER HOSTS EDGES [FORMAT]...\n");
    return 2;
  }
  const guint32 hosts = (guint32)strtoul(argv[2], NULL, 10);
  const guint32 edges = (guint32)strtoul(argv[3], NULL, 10);
  double before = cpu_seconds();
  HgTally *tally = synthesize(hosts, edges);
  printf("%u hosts, %u edges tallied in %.2f s, peak %.0f MB\n", hg_tally_host_count(tally), edges,
         cpu_seconds() - before, peak_mb());
  HgAnalysisOptions *options = hg_analysis_options_new();
  const HgReportOptions shown = {.top = 20, .capture = "bench"};
  before = cpu_seconds();
  HgAnalysis *analysis = hg_analysis_new(tally, options);
  HgReport *report = hg_report_new(analysis, &shown);
  printf("analysed in %.2f s, peak %.0f MB\n", cpu_seconds() - before, peak_mb());
  gboolean good = TRUE;
  for (const HgFormat *const *format = hg_formats; *format; format++)
    if (is_wanted((*format)->name, argv + 4))
      good &= measure(*format, report, argv[1]);
  hg_report_free(report);
  hg_analysis_free(analysis);
  hg_analysis_options_free(options);
  hg_tally_free(tally);
  return good ? 0 : 1;
}
