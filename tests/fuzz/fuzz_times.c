/* fuzz_times.c - packets at any times through the analysis and every writer
 *
 * The input is a list of series: a byte of what, one of who, one of how often, and two of 8 bytes: the
 * time of the first packet and the step to the next, both of any size. One byte after them: all formats
 * are written.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "export/formats/all_formats.h"
#include "fuzz.h"
#include "tally/merge/merge.h"
#include "tally/tally_builder.h"

#define SERIES 19
#define MOST_PACKETS 600 /* more take too long */

typedef struct {
  uint8_t what, who, times;
  gint64 first_ns, step_ns;
} Series;

static Series take_series(const uint8_t **data) {
  Series series = {(*data)[0], (*data)[1], (*data)[2], 0, 0};
  memcpy(&series.first_ns, *data + 3, 8);
  memcpy(&series.step_ns, *data + 11, 8);
  *data += SERIES;
  return series;
}

/* What several rules look for: in `what`, from one of few hosts to one of few, inside or outside. */
static void add_packet(HgTallyBuilder *builder, const Series *series, guint32 frame, guint i,
                       gint64 time_ns) {
  static const HgTransport transports[] = {HG_TRANSPORT_TCP, HG_TRANSPORT_UDP, HG_TRANSPORT_ICMP,
                                           HG_TRANSPORT_NONE};
  static const guint8 flags[] = {HG_TCP_SYN, HG_TCP_RST | HG_TCP_ACK, HG_TCP_SYN | HG_TCP_ACK,
                                 HG_TCP_PSH | HG_TCP_ACK};
  const guint8 client[] = {10, 0, 0, (guint8)(series->who % 4)};
  const gboolean outside = (series->who & 4) != 0;
  const guint8 server[] = {outside ? 203 : 10, 0, outside ? 113 : 0,
                           (guint8)(series->who / 8 + (series->what & 64 ? i : 0))};
  const gboolean back = (series->what & 16) != 0;
  const HgAddress ends[] = {{.kind = HG_ADDRESS_IPV4, .length = 4, .data = client},
                            {.kind = HG_ADDRESS_IPV4, .length = 4, .data = server}};
  const guint16 ports[] = {(guint16)(40000 + (series->what & 32 ? i : 0)),
                           (guint16)(series->what & 128 ? i + 1 : 53)};
  const HgPacket packet = {.frame = frame,
                           .time_ns = time_ns,
                           .wire_length = 60 + i % 2,
                           .source = ends[back],
                           .destination = ends[!back],
                           .link_source = {1, {2, 0, 0, 0, 0, client[3]}},
                           .transport = (guint8)transports[series->what / 4 % 4],
                           .icmp = (guint8)(back ? HG_ICMP_ECHO_REPLY : HG_ICMP_ECHO_REQUEST),
                           .source_port = ports[back],
                           .destination_port = ports[!back],
                           .tcp_flags = flags[series->what % 4],
                           .tcp_sequence = i,
                           .tcp_acknowledged = i + 1,
                           .payload_length = 20,
                           .protocol = "TCP"};
  hg_tally_builder_packet(builder, &packet);
  char subject[80];
  g_snprintf(subject, sizeof subject, "%s%u%s.example", series->who & 128 ? "A xkqzjwvhq" : "SSH",
             i * 7919, series->who & 64 ? "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" : "");
  HgEvidence evidence = {.kind = HG_EVIDENCE_OBSERVATION, .frame = frame};
  evidence.observation.kind = (HgObservationKind)(series->who % HG_OBSERVED_COUNT);
  switch (evidence.observation.kind) {
  case HG_OBSERVED_ARP_QUESTION:
  case HG_OBSERVED_ARP_REPLY:
  case HG_OBSERVED_ND_SOLICITATION:
  case HG_OBSERVED_ND_ADVERTISEMENT:
    evidence.observation.actor =
        (HgAddress){.kind = HG_ADDRESS_MAC, .length = 6, .data = packet.link_source.bytes};
    break;
  default:
    evidence.observation.actor = ends[0];
  }
  evidence.observation.peer = ends[1];
  evidence.observation.subject =
      evidence.observation.kind == HG_OBSERVED_LOGIN_FAILURE ? "SSH" : subject;
  hg_tally_builder_evidence(builder, &evidence);
}

static HgTally *tally_of(const uint8_t *data, size_t size) {
  HgTallyOptions options;
  hg_tally_options_init(&options);
  HgTallyBuilder *builder = hg_tally_builder_new(&options);
  guint32 frame = 0;
  for (const uint8_t *end = data + size / SERIES * SERIES; data < end;) {
    const Series series = take_series(&data);
    for (guint i = 0; i <= series.times && frame < MOST_PACKETS; i++)
      add_packet(builder, &series, ++frame, i,
                 (gint64)((guint64)series.first_ns + i * (guint64)series.step_ns));
  }
  return hg_tally_builder_end(builder);
}

static void check_traffic(const HgTraffic *traffic) {
  if (traffic->packets == 0)
    return;
  CHECK(traffic->first_ns <= traffic->last_ns);
  CHECK(traffic->first_ns == HG_TIME_NONE || hg_time_is_known(traffic->first_ns));
  CHECK(traffic->last_ns == HG_TIME_NONE || hg_time_is_known(traffic->last_ns));
}

/* Within one capture either all packets have a time, be it a neighbour's, or none has. */
static void check_tally(const HgTally *tally, gboolean one_capture) {
  const HgTraffic *all = hg_tally_traffic(tally);
  check_traffic(all);
  for (guint32 i = 0; i < hg_tally_host_count(tally); i++) {
    check_traffic(&hg_tally_host(tally, i)->sent);
    check_traffic(&hg_tally_host(tally, i)->received);
  }
  const gboolean timed = all->packets > 0 && hg_time_is_known(all->first_ns);
  if (all->packets > 0)
    CHECK(timed == (hg_tally_packets_without_time(tally) < all->packets) || !one_capture);
  const HgContactLog *log = hg_tally_contacts(tally);
  for (guint64 i = 0; i < hg_contact_log_count(log); i++) {
    const gint64 time_ns = hg_contact_log_get(log, i)->time_ns;
    CHECK(hg_time_is_known(time_ns) == timed || !one_capture);
    CHECK(i == 0 || hg_contact_log_get(log, i - 1)->time_ns <= time_ns);
  }
}

static HgTally *save_and_load(const HgFormat *format, const HgReport *report) {
  char *path = NULL;
  const int descriptor = g_file_open_tmp("hostgraph-fuzz-XXXXXX", &path, NULL);
  CHECK(descriptor >= 0 && close(descriptor) == 0);
  CHECK(format->save(report, path, NULL));
  HgTally *back = format->load(path, NULL);
  CHECK(back);
  g_unlink(path);
  g_free(path);
  return back;
}

static void check_formats(const HgReport *report) {
  const HgTraffic *all = hg_tally_traffic(hg_report_tally(report));
  for (const HgFormat *const *format = hg_formats; *format; format++) {
    if (!(*format)->write) {
      HgTally *back = save_and_load(*format, report);
      check_tally(back, FALSE);
      const HgTraffic *loaded = hg_tally_traffic(back);
      CHECK(loaded->packets == all->packets);
      if (all->packets > 0)
        CHECK(loaded->first_ns == all->first_ns && loaded->last_ns == all->last_ns);
      CHECK(hg_tally_packets_without_time(back) ==
            hg_tally_packets_without_time(hg_report_tally(report)));
      hg_tally_free(back);
      continue;
    }
    HgOutput *outputs[4];
    guint count = 0;
    do
      outputs[count++] = hg_output_new_string();
    while ((*format)->parts && (*format)->parts[count]);
    (*format)->write(report, outputs);
    for (guint i = 0; i < count; i++)
      g_free(hg_output_take_string(outputs[i]));
  }
}

/* `written`: by all formats, too, which takes most of the time. */
static void report_on(const HgTally *tally, gboolean written) {
  HgAnalysisOptions *options = hg_analysis_options_new();
  HgAnalysis *analysis = hg_analysis_new(tally, options);
  char *suspects[] = {(char *)"10.0.0.1", NULL};
  const HgReportOptions report_options = {.suspects = suspects, .top = 20};
  HgReport *report = hg_report_new(analysis, &report_options);
  if (written)
    check_formats(report);
  hg_report_free(report);
  hg_analysis_free(analysis);
  hg_analysis_options_free(options);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const size_t cut = size / SERIES / 2 * SERIES;
  const gboolean written = size % SERIES == 1;
  HgTally *whole = tally_of(data, size);
  HgTally *a = tally_of(data, cut), *b = tally_of(data + cut, size - cut);
  HgTally *both = hg_tally_union(a, b), *turned = hg_tally_union(b, a);
  check_tally(whole, TRUE);
  check_tally(both, FALSE);
  check_traffic(hg_tally_traffic(turned));
  CHECK(hg_tally_traffic(both)->packets ==
        hg_tally_traffic(a)->packets + hg_tally_traffic(b)->packets);
  report_on(whole, written);
  report_on(both, written);
  hg_tally_free(whole);
  hg_tally_free(a);
  hg_tally_free(b);
  hg_tally_free(both);
  hg_tally_free(turned);
  return 0;
}
