/* test_request.c - options are read, checked and explained
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "export/request/request_options.h"

#include "export/request/request_options.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define SECOND G_GINT64_CONSTANT(1000000000)

static HgRequest *parse(const char *options) {
  GError *error = NULL;
  HgRequest *request = hg_request_parse(options, &error);
  g_assert_no_error(error);
  g_assert_nonnull(request);
  return request;
}

static void test_defaults(void) {
  static const char *const nothing[] = {NULL, ""};
  for (guint i = 0; i < G_N_ELEMENTS(nothing); i++) {
    HgRequest *r = parse(nothing[i]);
    g_assert_cmpuint(r->exports->len, ==, 0);
    g_assert_cmpint(r->tally.layer, ==, HG_LAYER_AUTO);
    g_assert_null(r->tally.protocols);
    g_assert_true(r->tally.evidence);
    g_assert_false(r->tally.full_info);
    for (guint cap = 0; cap < HG_CAP_COUNT; cap++)
      g_assert_cmpuint(r->tally.caps[cap], ==, hg_caps[cap].value);
    g_assert_null(r->report.suspects);
    g_assert_cmpuint(r->report.traces->len, ==, 0);
    g_assert_cmpuint(r->report.top, ==, 20);
    g_assert_true(r->text);
    g_assert_cmpint(r->progress, ==, -1);
    g_assert_null(r->filter);
    g_assert_null(r->answer);
    hg_request_free(r);
  }
  hg_request_free(NULL);
}

static void test_simple_options(void) {
  HgRequest *r = parse("layer=net,evidence=no,text=No,progress=yes,top=0,max-hosts=5,max-info=0,"
                       "protocol=DNS,protocol=tcp,suspect=10.0.0.5,suspect=fe80::1,help");
  g_assert_cmpint(r->tally.layer, ==, HG_LAYER_NET);
  g_assert_false(r->tally.evidence);
  g_assert_false(r->text);
  g_assert_cmpint(r->progress, ==, 1);
  g_assert_cmpuint(r->report.top, ==, 0);
  g_assert_cmpuint(r->tally.caps[HG_CAP_HOSTS], ==, 5);
  g_assert_cmpuint(r->tally.caps[HG_CAP_INFO], ==, 0);
  g_assert_cmpstr(r->tally.protocols[0], ==, "DNS");
  g_assert_cmpstr(r->tally.protocols[1], ==, "tcp");
  g_assert_null(r->tally.protocols[2]);
  g_assert_cmpstr(r->report.suspects[0], ==, "10.0.0.5");
  g_assert_cmpstr(r->report.suspects[1], ==, "fe80::1");
  g_assert_null(r->report.suspects[2]);
  g_assert_nonnull(r->answer);
  hg_request_free(r);
}

static void test_escapes(void) {
  HgRequest *r = parse("protocol=A\\,B,protocol=C\\\\,protocol=\\D,protocol=E=F");
  g_assert_cmpstr(r->tally.protocols[0], ==, "A,B");
  g_assert_cmpstr(r->tally.protocols[1], ==, "C\\");
  g_assert_cmpstr(r->tally.protocols[2], ==, "\\D");
  g_assert_cmpstr(r->tally.protocols[3], ==, "E=F");
  hg_request_free(r);
}

static void test_filter_takes_the_rest(void) {
  HgRequest *r = parse("top=3,filter=tcp.port in {80,443} && frame matches \"a\\\\,b\",top=5");
  g_assert_cmpstr(r->filter, ==, "tcp.port in {80,443} && frame matches \"a\\\\,b\",top=5");
  g_assert_true(r->report.filter == r->filter);
  g_assert_cmpuint(r->report.top, ==, 3);
  hg_request_free(r);
}

static void test_traces(void) {
  static const struct {
    const char *option, *address;
    gint64 at_ns;
  } cases[] = {
      {"trace=10.0.0.5", "10.0.0.5", HG_TRACE_DEFAULT_TIME},
      {"trace=10.0.0.5@1700000000.25", "10.0.0.5", 1700000000 * SECOND + 250000000},
      {"trace=fe80::1@2023-11-14T22:13:20Z", "fe80::1", 1700000000 * SECOND},
      {"trace=2001:db8::5@2023-11-14T23:13:20+01:00", "2001:db8::5", 1700000000 * SECOND},
      {"trace=1.2.0@0", "1.2.0", 0},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    HgRequest *r = parse(cases[i].option);
    const HgTraceRequest *trace = r->report.traces->pdata[0];
    g_assert_cmpuint(r->report.traces->len, ==, 1);
    g_assert_cmpstr(trace->address, ==, cases[i].address);
    g_assert_cmpint(trace->at_ns, ==, cases[i].at_ns);
    hg_request_free(r);
  }
}

/* Each message is one line that names the option and says what would be valid. */
static void test_errors(void) {
  static const struct {
    const char *options;
    const char *says[3];
  } cases[] = {
      {"exprt=a.dot", {"unknown option 'exprt'", "export", "max-hosts"}},
      {"Top=5", {"unknown option 'Top'", "top"}},
      {"top=5,", {"without a name", "export"}},
      {",top=5", {"without a name", "export"}},
      {"top", {"top= needs a value", "top=N"}},
      {"top=", {"top= needs a value", "top=N"}},
      {"top=-1", {"top=-1", "number"}},
      {"top=3x", {"top=3x", "number"}},
      {"top=1,top=2", {"top=", "only once"}},
      {"max-hosts=many", {"max-hosts=many", "number"}},
      {"max-hosts=1,max-hosts=2", {"max-hosts=", "only once"}},
      {"max-hosts", {"max-hosts= needs a value"}},
      {"layer=ip", {"layer=ip", "auto, net, link and device"}},
      {"evidence=maybe", {"evidence=maybe", "yes and no"}},
      {"text=1", {"text=1", "yes and no"}},
      {"info=loud", {"info=loud", "safe and full"}},
      {"info", {"info= needs a value", "safe|full"}},
      {"info=full,info=full", {"info=", "only once"}},
      {"help=yes", {"help", "no value"}},
      {"help,help", {"help", "only once"}},
      {"filter=", {"filter= needs a value"}},
      {"suspect=10.0.0.999", {"suspect=10.0.0.999", "IPv4"}},
      {"suspect=10.0.0.0/8", {"suspect=10.0.0.0/8", "not a network"}},
      {"trace=10.0.0.5@noon", {"trace=10.0.0.5@noon", "ISO 8601"}},
      {"trace=10.0.0.5@", {"trace=10.0.0.5@", "ISO 8601"}},
      {"trace=@5", {"trace=@5", "address"}},
      {"baseline=a.sqlite", {"baseline=a.sqlite", "cannot read"}},
      {"baseline=", {"baseline= needs a value"}},
      {"baseline=.", {"baseline=.", "cannot read"}},
      {"allow=nowhere.txt", {"allow=nowhere.txt", "No such file"}},
      {"deny=/", {"deny=/", "directory"}},
      {"explain=nonsense", {"explain=nonsense", "port-scan"}},
      {"explain=", {"explain=", "RULE"}},
      {"rule=nonsense", {"rule=nonsense", "port-scan"}},
      {"set=port-scan.ports=-5", {"set=port-scan.ports=-5", "port-scan"}},
      {"set=nonsense", {"set=nonsense"}},
      {"format=nonsense,export=x", {"format=nonsense", "graphml", "text"}},
      {"format=dot", {"format=", "right before an export="}},
      {"format=dot,top=5,export=x", {"format=", "right before an export="}},
      {"format=dot,format=json,export=x", {"format=", "right before an export="}},
      {"export=host-map", {"export=host-map", ".graphml", "format=NAME"}},
      {"export=a.xyz", {"export=a.xyz", ".graphml", "format=NAME"}},
      {"export=/nonexistent/a.dot", {"export=/nonexistent/a.dot"}},
      {"format=dot,export=/", {"export=/"}},
  };
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GError *error = NULL;
    g_assert_null(hg_request_parse(cases[i].options, &error));
    g_assert_nonnull(error);
    g_test_message("%s -> %s", cases[i].options, error->message);
    g_assert_true(error->domain == G_OPTION_ERROR);
    g_assert_null(strchr(error->message, '\n'));
    for (guint j = 0; j < G_N_ELEMENTS(cases[i].says) && cases[i].says[j]; j++)
      g_assert_nonnull(strstr(error->message, cases[i].says[j]));
    g_error_free(error);
  }
}

/* Whole Info texts: asked for by anybody, over preferences, too; with pseudonyms by nobody. */
static void test_info(void) {
  static const struct {
    const char *preferences, *options;
    gboolean full;
  } fine[] = {
      {NULL, "info=full", TRUE},
      {NULL, "info=Full", TRUE},
      {NULL, "info=safe", FALSE},
      {"info=full", NULL, TRUE},
      {"info=full", "info=safe", FALSE},
      {"info=full", "info=safe,pseudonyms=%s", FALSE},
      {"evidence=no", "info=full", FALSE}, /* there is no Info text */
      {NULL, "info=full,evidence=no", FALSE},
  };
  static const struct {
    const char *preferences, *options;
  } refused[] = {
      {NULL, "info=full,pseudonyms=%s"},
      {NULL, "pseudonyms=%s,info=full,evidence=no"},
      {"info=full", "pseudonyms=%s"},
  };
  char *key = NULL;
  const int file = g_file_open_tmp("hostgraph-test-XXXXXX", &key, NULL);
  g_assert_cmpint(file, >=, 0);
  close(file);
  g_assert_true(g_file_set_contents(key, "a key of 16 bytes or more", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS(fine) + G_N_ELEMENTS(refused); i++) {
    const gboolean good = i < G_N_ELEMENTS(fine);
    const guint other = i - (guint)G_N_ELEMENTS(fine);
    const char *given = good ? fine[i].options : refused[other].options;
    const char *place = given ? strstr(given, "%s") : NULL;
    g_autofree char *options =
        place ? g_strdup_printf("%.*s%s%s", (int)(place - given), given, key, place + 2)
              : g_strdup(given);
    GError *error = NULL;
    HgRequest *request = hg_request_parse_over(
        good ? fine[i].preferences : refused[other].preferences, options, &error);
    if (good) {
      g_assert_no_error(error);
      g_assert_cmpint(request->tally.full_info, ==, fine[i].full);
    } else {
      g_assert_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
      g_assert_nonnull(strstr(error->message, "info=full"));
      g_assert_nonnull(strstr(error->message, "pseudonyms="));
      g_assert_null(strchr(error->message, '\n'));
      g_error_free(error);
    }
    hg_request_free(request);
  }
  g_assert_cmpint(g_unlink(key), ==, 0);
  g_free(key);
}

/* --- help --- */

static void assert_says(const char *text, const char *format, ...) G_GNUC_PRINTF(2, 3);
static void assert_says(const char *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *wanted = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_test_message("help says \"%s\"", wanted);
  g_assert_nonnull(strstr(text, wanted));
}

static void test_help(void) {
  g_autofree char *help = hg_request_help(hg_options);
  for (const HgOption *option = hg_options; option->name; option++)
    assert_says(help, "\n  %s%s%s", option->name, option->argument ? "=" : "",
                option->argument ? option->argument : "");
  for (guint i = 0; i < HG_CAP_COUNT; i++)
    assert_says(help, "\n  %s=N", hg_caps[i].name);
  for (guint i = 0; hg_formats[i]; i++)
    assert_says(help, "\n  %s ", hg_formats[i]->name);
  for (guint i = 0; hg_rules[i]; i++) {
    assert_says(help, "\n  %s ", hg_rules[i]->id);
    for (const HgParameter *p = hg_rules[i]->parameters; p && p->name; p++)
      assert_says(help, "set=%s.%s=", hg_rules[i]->id, p->name);
  }
  g_auto(GStrv) lines = g_strsplit(help, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    g_assert_cmpint(g_utf8_strlen(lines[i], -1), <=, 100);
}

/* Every option that help names can be given. */
static void test_table_is_parsed(void) {
  for (const HgOption *option = hg_options; option->name; option++) {
    GError *error = NULL;
    g_autofree char *text = g_strconcat(option->name, option->argument ? "=\x01" : "", NULL);
    HgRequest *request = hg_request_parse(text, &error);
    g_assert_false(g_error_matches(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION));
    g_clear_error(&error);
    hg_request_free(request);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/request/defaults", test_defaults);
  g_test_add_func("/request/simple", test_simple_options);
  g_test_add_func("/request/escapes", test_escapes);
  g_test_add_func("/request/filter", test_filter_takes_the_rest);
  g_test_add_func("/request/traces", test_traces);
  g_test_add_func("/request/errors", test_errors);
  g_test_add_func("/request/info", test_info);
  g_test_add_func("/request/help", test_help);
  g_test_add_func("/request/table", test_table_is_parsed);
  return g_test_run();
}
