/* dialog_trace.c - asks for a host and a time, and shows which hosts it could have reached
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialog_trace.h"

#include "export/request/request_report.h"
#include "export/text/text.h"
#include "export/text_report/excerpt.h"
#include "form.h"
#include "remembered.h"
#include "text_window.h"
#include "wireshark/capture_file/open_file.h"
#include "wireshark/capture_file/pass.h"
#include "wireshark/capture_file/selected_packet.h"
#include "wireshark/option_text.h"
#include "wireshark/preferences.h"

enum { FIELD_HOST, FIELD_FROM, FIELD_COUNT };

typedef struct {
  HgSharedRequest *shared;
  char *filter; /* NULL: none */
} Form;

static void form_free(gpointer data) {
  Form *form = data;

  hg_shared_request_unref(form->shared);
  g_free(form->filter);
  g_free(form);
}

/* Turns a packet's number into its time; other texts go to trace= as they are. (transfer full) */
static char *start_time(const char *from) {
  guint64 number;
  gint64 time_ns;

  if (g_ascii_string_to_unsigned(from, 10, 1, G_MAXUINT32, &number, NULL) &&
      hg_packet_time((guint32)number, &time_ns)) {
    GString *text = g_string_new(NULL);
    hg_text_seconds(text, time_ns);
    return g_string_free(text, FALSE);
  }
  return g_strdup(from);
}

/* Parses trace=HOST@TIME, so that the checks of the command line apply. */
static HgRequest *parse(const char *host, const char *from, GError **error) {
  GString *options = g_string_new(NULL);
  char *at = start_time(from),
       *value = *at != '\0' ? g_strconcat(host, "@", at, NULL) : g_strdup(host);
  HgRequest *request;

  hg_option_text_add(options, "trace", value);
  request = hg_preferences_request(options->str, error);
  g_free(at);
  g_free(value);
  g_string_free(options, TRUE);
  return request;
}

static void show(const HgRequest *request, const HgTally *tally) {
  char *capture = hg_open_file_name();
  HgRequestReport *made = hg_request_report_new(request, tally, capture, FALSE);
  char *text = hg_excerpt_traces(hg_request_report_get(made));

  hg_text_window_show("Host Trace", text);
  g_free(text);
  hg_request_report_free(made);
  g_free(capture);
}

static gboolean answered(char **entered, gpointer data, GError **error) {
  const Form *form = data;
  HgRequest *asked, combined;
  HgLive *live;

  if (*entered[FIELD_HOST] == '\0') {
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                        "No host was entered.\n\nEnter the address of a host.");
    return FALSE;
  }
  asked = parse(entered[FIELD_HOST], entered[FIELD_FROM], error);
  if (asked == NULL)
    return FALSE;
  hg_remember(HG_REMEMBERED_TRACED, entered[FIELD_HOST]);
  combined = *form->shared->request;
  combined.report.traces = asked->report.traces;
  combined.filter = form->filter;
  combined.report.filter = form->filter;
  live = hg_pass_run(&combined, "traced", error);
  if (live != NULL)
    show(&combined, hg_live_tally(live));
  hg_live_free(live);
  hg_request_free(asked);
  return live != NULL;
}

void hg_dialog_trace(HgSharedRequest *shared, const char *filter, const char *host) {
  static const char *const labels[] = {"Host (address)", "From packet or time (empty: its first)",
                                       NULL};
  Form *form = g_new(Form, 1);
  const char *last = hg_remembered(HG_REMEMBERED_TRACED);
  char *offered = g_strdup(host), *from = NULL;
  guint32 frame = 0;

  G_STATIC_ASSERT(G_N_ELEMENTS(labels) == FIELD_COUNT + 1);
  if (offered == NULL) {
    offered = hg_selected_packet_source(shared->request->tally.layer, &frame);
    if (offered != NULL)
      from = g_strdup_printf("%u", frame);
  }
  *form = (Form){hg_shared_request_ref(shared), g_strdup(filter)};
  const char *values[] = {offered != NULL ? offered
                          : last != NULL  ? last
                                          : "",
                          from != NULL ? from : "", NULL};
  hg_form_open("Trace Host", labels, values, answered, form, form_free);
  g_free(offered);
  g_free(from);
}
