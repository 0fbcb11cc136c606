/* fuzz_formats.c - hostile packets and evidence through every writer
 *
 * The input is a list of records: a byte of what, then texts, each a byte of length and its bytes.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "export/formats/all_formats.h"
#include "fuzz.h"
#include "tally/tally_builder.h"

typedef struct {
  const uint8_t *data;
  size_t left;
  GPtrArray *texts; /* owned: as C strings for those who want one */
} Input;

static uint8_t take_byte(Input *input) {
  if (input->left == 0)
    return 0;
  input->left--;
  return *input->data++;
}

static const char *take_text(Input *input, gsize *length) {
  const uint8_t wanted = take_byte(input);
  *length = MIN(wanted, input->left);
  char *text = g_malloc0(*length + 1);
  if (*length > 0)
    memcpy(text, input->data, *length);
  input->data += *length;
  input->left -= *length;
  g_ptr_array_add(input->texts, text);
  return text;
}

/* Of the kind whose size it has; else text, as Wireshark would show it. */
static HgAddress take_address(Input *input) {
  gsize length;
  const char *text = take_text(input, &length);
  const HgAddressKind kind = length == 0    ? HG_ADDRESS_NONE
                             : length == 4  ? HG_ADDRESS_IPV4
                             : length == 16 ? HG_ADDRESS_IPV6
                             : length == 6  ? HG_ADDRESS_MAC
                                            : HG_ADDRESS_OTHER;
  return (HgAddress){.kind = kind, .length = (guint8)length, .data = (const guint8 *)text};
}

static void add_packet(Input *input, HgTallyBuilder *builder, guint32 frame, uint8_t what) {
  gsize length;
  HgPacket packet = {.frame = frame,
                     .time_ns = (gint64)frame * 1000000000 - (what % 8) * 3000000000,
                     .wire_length = what * 10u,
                     .payload_length = what % 16};
  packet.source = take_address(input);
  packet.destination = take_address(input);
  packet.protocol = take_text(input, &length);
  packet.info = take_text(input, &length);
  if (what & 1) {
    packet.transport = what & 2 ? HG_TRANSPORT_UDP : HG_TRANSPORT_TCP;
    packet.source_port = take_byte(input);
    packet.destination_port = take_byte(input);
    packet.tcp_flags = take_byte(input);
  }
  hg_tally_builder_packet(builder, &packet);
}

static void add_evidence(Input *input, HgTallyBuilder *builder, guint32 frame, uint8_t what) {
  gsize length;
  HgEvidence evidence = {.frame = frame};
  if (what & 1) {
    evidence.kind = HG_EVIDENCE_NAME;
    evidence.name.address = take_address(input);
    evidence.name.name = take_text(input, &length);
    evidence.name.source = (HgNameSource)(what / 2 % HG_NAME_COUNT);
  } else {
    evidence.kind = HG_EVIDENCE_LOGIN;
    evidence.login.client = take_address(input);
    evidence.login.server = take_address(input);
    evidence.login.protocol = take_text(input, &length);
    evidence.login.user = take_text(input, &length);
  }
  hg_tally_builder_evidence(builder, &evidence);
}

static void check_json(const char *text) {
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  CHECK(sqlite3_open(":memory:", &database) == SQLITE_OK);
  CHECK(sqlite3_prepare_v2(database, "SELECT json_valid(?)", -1, &statement, NULL) == SQLITE_OK);
  sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
  CHECK(sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0) == 1);
  sqlite3_finalize(statement);
  sqlite3_close(database);
}

static void check_lines(const char *text) {
  char **lines = g_strsplit(text, "\n", -1);
  const guint count = g_strv_length(lines);
  CHECK(count > 1 && *lines[count - 1] == '\0');
  for (guint i = 0; i + 1 < count; i++)
    check_json(lines[i]);
  g_strfreev(lines);
}

static void check_xml(const char *text) {
  static const GMarkupParser parser = {NULL, NULL, NULL, NULL, NULL};
  GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, NULL, NULL);
  CHECK(g_markup_parse_context_parse(context, text, -1, NULL));
  CHECK(g_markup_parse_context_end_parse(context, NULL));
  g_markup_parse_context_free(context);
}

/* Formats that a parser at hand reads. */
static const struct {
  const char *format;
  void (*check)(const char *text);
} parsed[] = {
    {"json", check_json},   {"cyjs", check_json},         {"ndjson", check_lines},
    {"graphml", check_xml}, {"conn.ndjson", check_lines}, {"gexf", check_xml},
    {"svg", check_xml},
};

/* A file that a library writes is read back by the format itself. */
static void check_file(const HgFormat *format, const HgReport *report) {
  char *path = NULL;
  const int descriptor = g_file_open_tmp("hostgraph-fuzz-XXXXXX", &path, NULL);
  CHECK(descriptor >= 0 && close(descriptor) == 0);
  CHECK(format->save(report, path, NULL));
  HgTally *back = format->load(path, NULL);
  const HgTally *tally = hg_report_tally(report);
  CHECK(back && hg_tally_host_count(back) == hg_tally_host_count(tally));
  CHECK(hg_tally_traffic(back)->packets == hg_tally_traffic(tally)->packets);
  for (guint32 host = 0; host < hg_tally_host_count(tally); host++)
    CHECK(hg_tally_find_host(back, &hg_tally_host(tally, host)->address));
  hg_tally_free(back);
  g_unlink(path);
  g_free(path);
}

static void check_format(const HgFormat *format, const HgReport *report) {
  if (!format->write) {
    check_file(format, report);
    return;
  }
  HgOutput *outputs[4];
  guint count = 0;
  do
    outputs[count++] = hg_output_new_string();
  while (format->parts && format->parts[count]);
  format->write(report, outputs);
  for (guint i = 0; i < count; i++) {
    char *text = hg_output_take_string(outputs[i]);
    CHECK(g_utf8_validate(text, -1, NULL));
    for (guint j = 0; j < G_N_ELEMENTS(parsed); j++)
      if (strcmp(format->name, parsed[j].format) == 0)
        parsed[j].check(text);
    g_free(text);
  }
}

/* Whatever the texts, no two hosts may become one. */
static void check_ids(const HgReport *report) {
  GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint32 i = 0; i < hg_report_host_count(report); i++) {
    CHECK(*hg_report_host_id(report, i));
    CHECK(g_hash_table_add(ids, (gpointer)hg_report_host_id(report, i)));
  }
  g_hash_table_unref(ids);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Input input = {data, size, g_ptr_array_new_with_free_func(g_free)};
  HgTallyOptions tally_options;
  hg_tally_options_init(&tally_options);
  HgTallyBuilder *builder = hg_tally_builder_new(&tally_options);
  gsize length;
  const char *suspect = take_text(&input, &length);
  for (guint32 frame = 1; input.left > 0; frame++) {
    const uint8_t what = take_byte(&input);
    if (what < 200)
      add_packet(&input, builder, frame, what);
    else
      add_evidence(&input, builder, frame, what);
  }
  HgAnalysisOptions *options = hg_analysis_options_new();
  HgAnalysis *analysis = hg_analysis_new(hg_tally_finish(builder), options);
  char *suspects[] = {(char *)suspect, NULL};
  const HgReportOptions report_options = {.suspects = suspects, .top = 20, .capture = suspect};
  HgReport *report = hg_report_new(analysis, &report_options);
  check_ids(report);
  for (const HgFormat *const *format = hg_formats; *format; format++)
    check_format(*format, report);
  hg_report_free(report);
  hg_analysis_free(analysis);
  hg_analysis_options_free(options);
  hg_tally_builder_free(builder);
  g_ptr_array_unref(input.texts);
  return 0;
}
