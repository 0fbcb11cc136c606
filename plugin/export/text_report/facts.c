/* facts.c - section: what was captured and what was not assessed
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

/* Appends "3 h 12 min": the two largest units; nothing below a minute. */
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

static void print_moment(const HgReportWriter *writer, const char *label, gint64 ns,
                         guint32 frame) {
  g_autoptr(GString) text = g_string_new(NULL);
  hg_report_writer_append_utc(text, ns);
  g_string_append_printf(text, ", frame %u", frame);
  hg_report_writer_labelled(writer, label, text->str);
}

static void print_duration(const HgReportWriter *writer, gint64 ns) {
  g_autoptr(GString) text = g_string_new(NULL);
  hg_report_writer_append_seconds(text, ns);
  g_string_append(text, " s");
  append_long_span(text, ns);
  hg_report_writer_labelled(writer, "Duration", text->str);
}

static void print_without_time(const HgReportWriter *writer) {
  const guint64 all = hg_tally_traffic(writer->tally)->packets;
  const guint64 without = hg_tally_packets_without_time(writer->tally);
  if (without == 0)
    return;
  g_autofree char *some =
      g_strdup_printf("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                      " packets have none: they stand at that of the packet before them",
                      without, all);
  hg_report_writer_labelled(
      writer, "Times",
      without < all ? some : "the packets have no times: they are in the order of the file");
}

/* Says when most packets are from, unless there are several captures. */
static void print_outlying(const HgReportWriter *writer) {
  const HgOutlyingTimes *const times = hg_analysis_outlying_times(writer->analysis);
  if (times->packets == 0)
    return;
  g_autoptr(GString) text = g_string_new("at least ");
  hg_report_writer_append_count(text, times->packets, "packet");
  g_string_append_printf(text, " of %" G_GUINT64_FORMAT " %s more than 30 days off the others",
                         hg_tally_traffic(writer->tally)->packets,
                         times->packets == 1 ? "is" : "are");
  if (times->usual->len == 1) {
    const HgUsualTimes *const usual = &g_array_index(times->usual, HgUsualTimes, 0);
    g_string_append(text, ", which are from ");
    hg_report_writer_append_utc(text, usual->first_ns);
    g_string_append(text, " to ");
    hg_report_writer_append_utc(text, usual->last_ns);
    append_long_span(text, hg_time_span(usual->first_ns, usual->last_ns));
  }
  hg_report_writer_labelled(writer, "Times", text->str);
}

/* Said where there are copies, or where nobody looked for them. */
static void print_copies(const HgReportWriter *writer) {
  const guint64 copies = hg_tally_copies(writer->tally)->packets;
  const guint64 packets = hg_tally_traffic(writer->tally)->packets;
  g_autofree char *text =
      copies > 0
          ? g_strdup_printf("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " frames are copies of "
                            "others: packets and bytes count them, nothing else does "
                            "(duplicates=skip)",
                            copies, packets)
      : hg_tally_options(writer->tally)->keep_duplicates
          ? g_strdup("not looked for: what was captured twice counts twice (duplicates=keep)")
          : NULL;
  if (text)
    hg_report_writer_labelled(writer, "Copies", text);
}

#define OUTAGES 5 /* in the report; JSON has all */

static void print_outages(const HgReportWriter *writer) {
  const guint count = hg_analysis_outage_count(writer->analysis);
  for (guint i = 0; i < MIN(count, OUTAGES); i++) {
    const HgOutageNotice *const one = hg_analysis_outage(writer->analysis, i);
    g_autoptr(GString) text = g_string_new(one->subject);
    text->str[0] = g_ascii_toupper(text->str[0]);
    g_string_append(text, " answered anybody from ");
    hg_report_writer_append_utc(text, one->from_ns);
    g_string_append(text, " to ");
    hg_report_writer_append_utc(text, one->to_ns);
    g_string_append_printf(text, " (%u hosts tried): what failed then is held against nobody",
                           one->clients);
    hg_report_writer_labelled(writer, "Outage", text->str);
  }
  if (count > OUTAGES) {
    g_autofree char *more = g_strdup_printf("%u more", count - OUTAGES);
    hg_report_writer_labelled(writer, "Outages", more);
  }
}

static void print_traffic(const HgReportWriter *writer) {
  const HgTraffic *const traffic = hg_tally_traffic(writer->tally);
  g_autoptr(GString) bytes = g_string_new(NULL);
  g_autofree char *packets = g_strdup_printf("%" G_GUINT64_FORMAT, traffic->packets);
  hg_report_writer_labelled(writer, "Packets", packets);
  hg_report_writer_append_bytes(bytes, traffic->bytes);
  hg_report_writer_labelled(writer, "On the wire", bytes->str);
  print_copies(writer);
  if (traffic->packets == 0)
    return;
  print_moment(writer, "First packet", traffic->first_ns, traffic->first_frame);
  print_moment(writer, "Last packet", traffic->last_ns, traffic->last_frame);
  if (hg_time_is_known(traffic->first_ns))
    print_duration(writer, hg_time_span(traffic->first_ns, traffic->last_ns));
  print_without_time(writer);
  print_outlying(writer);
  print_outages(writer);
}

static void print_hosts(const HgReportWriter *writer) {
  guint32 counts[HG_SCOPE_COUNT] = {0};
  const guint32 hosts = hg_tally_host_count(writer->tally);
  g_autoptr(GString) text = g_string_new(NULL);
  guint32 unicast = 0;
  for (guint32 i = 0; i < hosts; i++) {
    const HgScope scope = hg_host_scope(hg_tally_host(writer->tally, i));
    counts[scope]++;
    unicast += hg_scope_is_unicast(scope);
  }
  g_string_append_printf(text, "%u", hosts);
  const guint32 devices = hg_devices_count(hg_analysis_devices(writer->analysis));
  if (devices < unicast)
    g_string_append_printf(text, " (%u devices)", devices);
  const char *before = ": ";
  for (int scope = 0; scope < HG_SCOPE_COUNT; scope++) {
    if (counts[scope] == 0)
      continue;
    g_string_append_printf(text, "%s%u %s", before, counts[scope], hg_scope_name((HgScope)scope));
    before = ", ";
  }
  hg_report_writer_labelled(writer, "Hosts", text->str);
}

static void print_connections(const HgReportWriter *writer) {
  static const char *const names[] = {
      [HG_CONNECTION_ESTABLISHED] = "established",
      [HG_CONNECTION_REFUSED] = "refused",
      [HG_CONNECTION_UNANSWERED] = "unanswered",
      [HG_CONNECTION_MIDSTREAM] = "whose start was not captured",
  };
  static const HgConnectionState order[] = {HG_CONNECTION_ESTABLISHED, HG_CONNECTION_REFUSED,
                                            HG_CONNECTION_UNANSWERED, HG_CONNECTION_MIDSTREAM};
  const HgServiceTable *const services = hg_analysis_services(writer->analysis);
  const guint32 connections = hg_service_table_connection_count(services);
  guint32 counts[G_N_ELEMENTS(names)] = {0};
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint32 i = 0; i < connections; i++)
    counts[hg_connection_state(hg_service_table_connection(services, i))]++;
  g_string_append_printf(text, "%u", connections);
  const char *before = ": ";
  for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
    if (counts[order[i]] == 0)
      continue;
    g_string_append_printf(text, "%s%u %s", before, counts[order[i]], names[order[i]]);
    before = ", ";
  }
  hg_report_writer_labelled(writer, "Connections", text->str);
}

static void print_choices(const HgReportWriter *writer) {
  static const char *const layers[] = {
      [HG_LAYER_AUTO] = "auto: hosts are what the Source and Destination columns show",
      [HG_LAYER_NET] = "net: hosts are the addresses of the network layer",
      [HG_LAYER_LINK] = "link: hosts are the addresses of the link layer",
  };
  const HgTallyOptions *const options = hg_tally_options(writer->tally);
  const gboolean by_device = hg_analysis_is_by_device(writer->analysis);
  hg_report_writer_labelled(
      writer, "Layer",
      by_device ? "device: hosts are machines, each with the packets of all its addresses"
                : layers[options->layer]);
  if (options->protocols) {
    g_autofree char *list = g_strjoinv(", ", options->protocols);
    g_autofree char *text = g_strdup_printf("only packets of %s", list);
    hg_report_writer_labelled(writer, "Protocols", text);
  }
  hg_report_writer_labelled_whole(writer, "Filter", hg_report_options(writer->report)->filter);
  if (hg_report_options(writer->report)->pseudonyms)
    hg_report_writer_labelled(writer, "Pseudonyms",
                              "yes: no address and no name is one that the capture has");
  hg_report_writer_labelled(writer, "Evidence",
                            options->evidence ? "yes" : "no: logins and names were not looked for");
  if (hg_report_has_full_info(writer->report))
    hg_report_writer_labelled(writer, "Info texts", HG_REPORT_FULL_INFO);
}

/* Rules with the same reason share a line, at the position of the first one. */
static void print_not_assessed(const HgReportWriter *writer) {
  const guint count = hg_analysis_not_assessed_count(writer->analysis);
  g_autoptr(GHashTable) said = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < count; i++) {
    const char *const why = hg_analysis_not_assessed(writer->analysis, i)->why;
    g_autoptr(GString) text = g_string_new(NULL);
    if (!g_hash_table_add(said, (gpointer)why))
      continue;
    for (guint k = i; k < count; k++) {
      const HgNotAssessed *const rule = hg_analysis_not_assessed(writer->analysis, k);
      if (g_str_equal(rule->why, why))
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", rule->rule->id);
    }
    g_string_append_printf(text, ": %s", why);
    hg_report_writer_labelled(writer, "Not assessed", text->str);
  }
}

static void print_switched_off(const HgReportWriter *writer) {
  const guint count = hg_analysis_switched_off_count(writer->analysis);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < count; i++)
    g_string_append_printf(text, "%s%s", i ? ", " : "",
                           hg_analysis_switched_off(writer->analysis, i)->id);
  hg_report_writer_labelled(writer, "Rules not run", text->str);
}

/* More single addresses are counted. */
#define HOME_ADDRESSES 3

/* Neighbours of which nothing but their address is known can be many. */
static void print_home(const HgReportWriter *writer) {
  const GArray *const home = hg_tally_home(writer->tally);
  g_autoptr(GString) text = g_string_new(NULL);
  guint addresses = 0;
  for (guint i = 0; i < home->len; i++) {
    const HgHomeNetwork *const one = &g_array_index(home, HgHomeNetwork, i);
    const HgAddressKind kind = (HgAddressKind)one->network.kind;
    const gboolean alone =
        one->source == HG_HOME_ARP && one->network.bits == hg_network_address_bits(kind);
    if (!hg_home_network_matters(one) || (alone && ++addresses > HOME_ADDRESSES))
      continue;
    g_autofree char *network = hg_network_to_text(&one->network);
    g_autofree char *why = hg_home_network_why(one);
    g_string_append_printf(text, "%s%s (%s%s)", text->len > 0 ? ", " : "", network, why,
                           one->hosts == 0 ? "; no host of it is here" : "");
  }
  if (addresses > HOME_ADDRESSES)
    g_string_append_printf(text, ", and %u more addresses that speak ARP on the captured link",
                           addresses - HOME_ADDRESSES);
  if (!hg_analysis_knows_home(writer->analysis))
    g_string_append_printf(text, "%s" HG_HOME_UNKNOWN, text->len > 0 ? "; " : "");
  hg_report_writer_labelled(writer, "Home", text->str);
}

static void print_limits(const HgReportWriter *writer) {
  const HgTallyOptions *const options = hg_tally_options(writer->tally);
  if (hg_report_options(writer->report)->partial)
    hg_report_writer_labelled(
        writer, "Partial",
        "reading was cut off: this report speaks only of the packets read so far");
  for (guint cap = 0; cap < HG_CAP_COUNT; cap++) {
    const guint64 left_out = hg_tally_left_out(writer->tally, (HgCap)cap);
    if (left_out == 0)
      continue;
    g_autofree char *text =
        g_strdup_printf("%s=%" G_GUINT64_FORMAT " was reached (%" G_GUINT64_FORMAT " times): %s",
                        hg_caps[cap].name, options->caps[cap], left_out, hg_caps[cap].consequence);
    hg_report_writer_labelled(writer, "Left out", text);
  }
  print_switched_off(writer);
  print_not_assessed(writer);
  for (guint i = 0; i < hg_report_unseen_count(writer->report); i++) {
    g_autofree char *text =
        g_strdup_printf("%s: no packet shows this address", hg_report_unseen(writer->report, i));
    hg_report_writer_labelled(writer, "Not seen", text);
  }
}

void hg_section_facts(const HgReportWriter *writer) {
  const char *const path = hg_report_options(writer->report)->capture;
  g_autofree char *capture = path ? g_path_get_basename(path) : NULL;
  g_autofree char *title =
      g_strdup_printf("%s%s%s", hg_report_generator(), capture ? ": " : "", capture ? capture : "");
  hg_report_writer_section(writer, "%s", title);
  print_traffic(writer);
  if (hg_tally_traffic(writer->tally)->packets > 0) {
    g_autofree char *conversations =
        g_strdup_printf("%u", hg_tally_conversation_count(writer->tally));
    print_hosts(writer);
    print_home(writer);
    hg_report_writer_labelled(writer, "Conversations", conversations);
    print_connections(writer);
  }
  print_choices(writer);
  print_limits(writer);
}
