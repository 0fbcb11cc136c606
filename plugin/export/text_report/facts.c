/* facts.c - section: what was captured and what was not looked at
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

/* "3 h 12 min": the two largest units; only from a minute on. */
static void append_long_span(GString *out, gint64 ns) {
  static const struct {
    guint64 seconds;
    const char *name;
  } units[] = {{86400, "d"}, {3600, "h"}, {60, "min"}, {1, "s"}};
  const guint64 seconds = (guint64)ns / 1000000000;
  for (guint i = 0; i + 1 < G_N_ELEMENTS(units); i++) {
    if (seconds < units[i].seconds)
      continue;
    const guint64 rest = seconds % units[i].seconds / units[i + 1].seconds;
    g_string_append_printf(out, " (%" G_GUINT64_FORMAT " %s %" G_GUINT64_FORMAT " %s)",
                           seconds / units[i].seconds, units[i].name, rest, units[i + 1].name);
    return;
  }
}

static void print_moment(const HgPaper *paper, const char *label, gint64 ns, guint32 frame) {
  g_autoptr(GString) text = g_string_new(NULL);
  hg_paper_append_utc(text, ns);
  g_string_append_printf(text, ", frame %u", frame);
  hg_paper_labelled(paper, label, text->str);
}

static void print_traffic(const HgPaper *paper) {
  const HgTraffic *const traffic = hg_tally_traffic(paper->tally);
  g_autoptr(GString) bytes = g_string_new(NULL);
  g_autofree char *packets = g_strdup_printf("%" G_GUINT64_FORMAT, traffic->packets);
  hg_paper_labelled(paper, "Packets", packets);
  hg_paper_append_bytes(bytes, traffic->bytes);
  hg_paper_labelled(paper, "On the wire", bytes->str);
  if (traffic->packets == 0)
    return;
  g_autoptr(GString) duration = g_string_new(NULL);
  print_moment(paper, "First packet", traffic->first_ns, traffic->first_frame);
  print_moment(paper, "Last packet", traffic->last_ns, traffic->last_frame);
  hg_paper_append_seconds(duration, traffic->last_ns - traffic->first_ns);
  g_string_append(duration, " s");
  append_long_span(duration, traffic->last_ns - traffic->first_ns);
  hg_paper_labelled(paper, "Duration", duration->str);
}

static void print_hosts(const HgPaper *paper) {
  guint32 counts[HG_SCOPE_COUNT] = {0};
  const guint32 hosts = hg_tally_host_count(paper->tally);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint32 i = 0; i < hosts; i++)
    counts[hg_host_scope(hg_tally_host(paper->tally, i))]++;
  g_string_append_printf(text, "%u", hosts);
  const char *before = ": ";
  for (int scope = 0; scope < HG_SCOPE_COUNT; scope++) {
    if (counts[scope] == 0)
      continue;
    g_string_append_printf(text, "%s%u %s", before, counts[scope], hg_scope_name((HgScope)scope));
    before = ", ";
  }
  hg_paper_labelled(paper, "Hosts", text->str);
}

static void print_connections(const HgPaper *paper) {
  static const char *const names[] = {
      [HG_OUTCOME_ESTABLISHED] = "established",
      [HG_OUTCOME_REFUSED] = "refused",
      [HG_OUTCOME_UNANSWERED] = "unanswered",
      [HG_OUTCOME_MIDSTREAM] = "whose start was not captured",
  };
  static const HgOutcome order[] = {HG_OUTCOME_ESTABLISHED, HG_OUTCOME_REFUSED,
                                    HG_OUTCOME_UNANSWERED, HG_OUTCOME_MIDSTREAM};
  const HgServiceTable *const services = hg_analysis_services(paper->analysis);
  const guint32 connections = hg_service_table_connection_count(services);
  guint32 counts[G_N_ELEMENTS(names)] = {0};
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint32 i = 0; i < connections; i++)
    counts[hg_connection_outcome(hg_service_table_connection(services, i))]++;
  g_string_append_printf(text, "%u", connections);
  const char *before = ": ";
  for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
    if (counts[order[i]] == 0)
      continue;
    g_string_append_printf(text, "%s%u %s", before, counts[order[i]], names[order[i]]);
    before = ", ";
  }
  hg_paper_labelled(paper, "Connections", text->str);
}

static void print_choices(const HgPaper *paper) {
  static const char *const layers[] = {
      [HG_LAYER_AUTO] = "auto: hosts are what the Source and Destination columns show",
      [HG_LAYER_NET] = "net: hosts are the addresses of the network layer",
      [HG_LAYER_LINK] = "link: hosts are the addresses of the link layer",
  };
  const HgTallyOptions *const options = hg_tally_options(paper->tally);
  hg_paper_labelled(paper, "Layer", layers[options->layer]);
  if (options->protocols) {
    g_autofree char *list = g_strjoinv(", ", options->protocols);
    g_autofree char *text = g_strdup_printf("only packets of %s", list);
    hg_paper_labelled(paper, "Protocols", text);
  }
  hg_paper_labelled_whole(paper, "Filter", hg_report_options(paper->report)->filter);
  if (hg_report_options(paper->report)->pseudonyms)
    hg_paper_labelled(paper, "Pseudonyms",
                      "yes: no address and no name is one that the capture has");
  hg_paper_labelled(paper, "Evidence",
                    options->evidence ? "yes" : "no: logins and names were not looked for");
}

/* Rules with the same reason share a line, where the first of them stands. */
static void print_not_assessed(const HgPaper *paper) {
  const guint count = hg_analysis_not_assessed_count(paper->analysis);
  g_autoptr(GHashTable) said = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < count; i++) {
    const char *const why = hg_analysis_not_assessed(paper->analysis, i)->why;
    g_autoptr(GString) text = g_string_new(NULL);
    if (!g_hash_table_add(said, (gpointer)why))
      continue;
    for (guint k = i; k < count; k++) {
      const HgNotAssessed *const rule = hg_analysis_not_assessed(paper->analysis, k);
      if (g_str_equal(rule->why, why))
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", rule->rule->id);
    }
    g_string_append_printf(text, ": %s", why);
    hg_paper_labelled(paper, "Not assessed", text->str);
  }
}

static void print_switched_off(const HgPaper *paper) {
  const guint count = hg_analysis_switched_off_count(paper->analysis);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < count; i++)
    g_string_append_printf(text, "%s%s", i ? ", " : "",
                           hg_analysis_switched_off(paper->analysis, i)->id);
  hg_paper_labelled(paper, "Rules not run", text->str);
}

static void print_limits(const HgPaper *paper) {
  const HgTallyOptions *const options = hg_tally_options(paper->tally);
  if (hg_report_options(paper->report)->partial)
    hg_paper_labelled(paper, "Partial",
                      "reading was cut off: this report speaks only of the packets read so far");
  for (guint cap = 0; cap < HG_CAP_COUNT; cap++) {
    const guint64 left_out = hg_tally_left_out(paper->tally, (HgCap)cap);
    if (left_out == 0)
      continue;
    g_autofree char *text =
        g_strdup_printf("%s=%" G_GUINT64_FORMAT " was reached (%" G_GUINT64_FORMAT " times): %s",
                        hg_caps[cap].name, options->caps[cap], left_out, hg_caps[cap].consequence);
    hg_paper_labelled(paper, "Left out", text);
  }
  print_switched_off(paper);
  print_not_assessed(paper);
  for (guint i = 0; i < hg_report_unseen_count(paper->report); i++) {
    g_autofree char *text =
        g_strdup_printf("%s: no packet shows this address", hg_report_unseen(paper->report, i));
    hg_paper_labelled(paper, "Not seen", text);
  }
}

void hg_section_facts(const HgPaper *paper) {
  const char *const path = hg_report_options(paper->report)->capture;
  g_autofree char *capture = path ? g_path_get_basename(path) : NULL;
  g_autofree char *title =
      g_strdup_printf("%s%s%s", hg_report_generator(), capture ? ": " : "", capture ? capture : "");
  hg_paper_section(paper, "%s", title);
  print_traffic(paper);
  if (hg_tally_traffic(paper->tally)->packets > 0) {
    g_autofree char *conversations =
        g_strdup_printf("%u", hg_tally_conversation_count(paper->tally));
    print_hosts(paper);
    hg_paper_labelled(paper, "Conversations", conversations);
    print_connections(paper);
  }
  print_choices(paper);
  print_limits(paper);
}
