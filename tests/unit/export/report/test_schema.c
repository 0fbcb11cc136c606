/* test_schema.c - the attributes that every format writes
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/report/schema.h"

#include <string.h>

#include "../support.h"

static const char script[] =
    "100.5 10.0.0.1 10.0.0.2 DNS udp=5000:53 len=80 smac=00:11:22:33:44:55 vlan=409620\n" /* 100.20 */
    "101 10.0.0.1 10.0.0.2 TCP len=60 smac=00:11:22:33:44:66 vlan=9 copy\n"
    "102 10.0.0.2 10.0.0.1 DNS udp=53:5000 len=120 vlan=20\n"
    "103 10.0.0.1 10.0.0.2 DNS udp=5000:53 len=80\n"
    "name 10.0.0.2 ns.example dns\n";

static const HgAttribute *find(const HgAttribute *attributes, const char *name) {
  for (; attributes->name; attributes++)
    if (strcmp(attributes->name, name) == 0)
      return attributes;
  return NULL;
}

static void assert_value(const HgReport *report, const HgAttribute *attributes, const char *name,
                         gconstpointer item, const char *expected) {
  const HgAttribute *attribute = find(attributes, name);
  g_assert_nonnull(attribute);
  HgValue value = attribute->get(report, item);
  GString *out = g_string_new(NULL);
  hg_value_to_text(report, attribute, &value, out);
  g_assert_cmpstr(out->str, ==, expected);
  hg_value_clear(attribute, &value);
  g_string_free(out, TRUE);
}

/* The script and a third host, against the script. */
typedef struct {
  HgTally *normal, *tally;
  HgAnalysis *analysis;
  HgReport *report;
} Compared;

static const HgReportOptions no_options = {.top = 20};

static void compared_init(Compared *compared) {
  HgAnalysisOptions *options = hg_analysis_options_new();
  char *more = g_strconcat(script, "104 10.0.0.3 10.0.0.1 DNS udp=5000:53 len=80\n", NULL);
  compared->normal = hg_script_tally(script);
  compared->tally = hg_script_tally(more);
  hg_analysis_options_baseline(options, compared->normal);
  compared->analysis = hg_analysis_new(compared->tally, options);
  compared->report = hg_report_new(compared->analysis, &no_options);
  hg_analysis_options_free(options);
  g_free(more);
}

static void compared_clear(Compared *compared) {
  hg_report_free(compared->report);
  hg_analysis_free(compared->analysis);
  hg_tally_free(compared->tally);
  hg_tally_free(compared->normal);
}

static void test_node(void) {
  static const struct {
    const char *name, *first, *second;
  } expected[] = {
      {"id", "10.0.0.1", "10.0.0.2"},
      {"label", "10.0.0.1", "10.0.0.2 (ns.example)"},
      {"kind", "ipv4", "ipv4"},
      {"name", "", "ns.example"},
      {"scope", "internal", "internal"},
      {"packets_sent", "3", "1"},
      {"packets_received", "1", "3"},
      {"bytes_sent", "220", "120"},
      {"bytes_received", "120", "220"},
      {"copies_sent", "1", "0"},
      {"copies_received", "0", "1"},
      {"peers", "1", "1"},
      {"first", "100.500000000", "100.500000000"},
      {"last", "103.000000000", "103.000000000"},
      {"first_frame", "1", "1"},
      {"last_frame", "4", "4"},
      {"roles", "", "resolver"},
      {"macs", "00:11:22:33:44:55; 00:11:22:33:44:66", ""},
      {"vlans", "9; 20; 100.20", "9; 20; 100.20"},
      {"device", "10.0.0.1", "10.0.0.2"},
      {"score", "0", "0"},
      {"suspect", "true", "false"},
      {"rules", "", ""},
      {"reach", "suspect", "contacted"},
  };
  char *suspects[] = {(char *)"10.0.0.1", NULL};
  const HgReportOptions options = {.suspects = suspects};
  Subject subject;
  subject_init(&subject, script, &options);
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    for (guint32 j = 0; j < 2; j++)
      assert_value(subject.report, hg_node_attributes(subject.report), expected[i].name,
                   hg_tally_host(subject.tally, hg_report_host(subject.report, j)),
                   j ? expected[i].second : expected[i].first);
    g_assert_cmpstr(hg_node_attributes(subject.report)[i].name, ==,
                    expected[i].name); /* order, completeness */
  }
  g_assert_null(hg_node_attributes(subject.report)[G_N_ELEMENTS(expected)].name);
  subject_clear(&subject);
}

static void test_edge(void) {
  static const struct {
    const char *name, *first;
  } expected[] = {
      {"source", "10.0.0.1"},    {"target", "10.0.0.2"},
      {"packets", "3"},          {"bytes", "220"},
      {"copies", "1"},           {"first", "100.500000000"},
      {"last", "103.000000000"}, {"first_frame", "1"},
      {"last_frame", "4"},       {"protocols", "DNS:2; TCP:1"},
      {"ports", "53/udp:2"},     {"kind", "conversation"},
      {"tunnels", ""},           {"vlans", "9; 100.20"},
      {"initiated", "1"},        {"weight", "3"},
  };
  Subject subject;
  subject_init(&subject, script, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
    assert_value(subject.report, hg_edge_attributes(subject.report), expected[i].name,
                 hg_report_edge(subject.report, 0), expected[i].first);
    g_assert_cmpstr(hg_edge_attributes(subject.report)[i].name, ==, expected[i].name);
  }
  g_assert_null(hg_edge_attributes(subject.report)[G_N_ELEMENTS(expected)].name);
  subject_clear(&subject);
}

/* Names that a reader takes for something else would break its view of the graph. */
static void test_names(void) {
  static const char *const taken[] = {"x",       "y",     "z",     "r",      "g",     "b",
                                      "size",    "color", "type",  "start",  "end",   "pos",
                                      "shape",   "style", "width", "height", "group", "image",
                                      "tooltip", "URL",   "class", "layer"};
  Compared compared;
  compared_init(&compared);
  const HgReport *report = compared.report;
  const HgAttribute *const tables[] = {hg_node_attributes(report), hg_edge_attributes(report)};
  for (guint t = 0; t < G_N_ELEMENTS(tables); t++) {
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (const HgAttribute *attribute = tables[t]; attribute->name; attribute++) {
      g_assert_true(g_hash_table_add(seen, (gpointer)attribute->name));
      for (guint i = 0; i < G_N_ELEMENTS(taken); i++)
        g_assert_cmpstr(attribute->name, !=, taken[i]);
      g_assert_null(strstr(attribute->name, "interval"));
      g_assert_null(strstr(attribute->name, "timestamp"));
      g_assert_cmpuint(strspn(attribute->name, "abcdefghijklmnopqrstuvwxyz_"), ==,
                       strlen(attribute->name));
      g_assert_nonnull(attribute->title);
      g_assert_nonnull(attribute->get);
    }
    g_hash_table_unref(seen);
  }
  compared_clear(&compared);
}

/* "new" is there only where there is something to compare with. */
static void test_new(void) {
  Compared compared;
  compared_init(&compared);
  const HgReport *report = compared.report;
  const HgAttribute *nodes = hg_node_attributes(report), *edges = hg_edge_attributes(report);
  assert_value(report, nodes, "new", hg_tally_host(compared.tally, hg_report_host(report, 0)),
               "false");
  assert_value(report, nodes, "new", hg_tally_host(compared.tally, hg_report_host(report, 1)),
               "false");
  assert_value(report, nodes, "new", hg_tally_host(compared.tally, hg_report_host(report, 2)),
               "true");
  for (guint32 i = 0; i < hg_report_edge_count(report); i++) {
    const HgEdge *edge = hg_report_edge(report, i);
    const gboolean known = hg_report_host_rank(report, edge->source) < 2 &&
                           hg_report_host_rank(report, edge->target) < 2;
    assert_value(report, edges, "new", edge, known ? "false" : "true");
  }
  compared_clear(&compared);
  Subject subject;
  subject_init(&subject, script, NULL);
  g_assert_null(find(hg_node_attributes(subject.report), "new"));
  g_assert_null(find(hg_edge_attributes(subject.report), "new"));
  subject_clear(&subject);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/schema/node", test_node);
  g_test_add_func("/schema/edge", test_edge);
  g_test_add_func("/schema/new", test_new);
  g_test_add_func("/schema/names", test_names);
  return g_test_run();
}
