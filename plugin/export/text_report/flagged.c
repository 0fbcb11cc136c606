/* flagged.c - sections: hosts that the user red-flagged or asked to trace
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sections.h"

#include "export/report/vlans.h"

static void append_both(GString *text, const HgTraffic *traffic, const char *done) {
  g_string_append_printf(text, "%s ", done);
  hg_report_writer_append_count(text, traffic->packets, "packet");
  g_string_append(text, ", ");
  hg_report_writer_append_bytes(text, traffic->bytes);
}

static void print_span(const HgReportWriter *writer, guint32 host) {
  const HgTraffic traffic = hg_host_traffic(hg_tally_host(writer->tally, host));
  g_autoptr(GString) text = g_string_new(NULL);
  hg_report_writer_append_time(writer, text, traffic.first_ns);
  g_string_append_printf(text, " in frame %u to ", traffic.first_frame);
  hg_report_writer_append_time(writer, text, traffic.last_ns);
  g_string_append_printf(text, " in frame %u", traffic.last_frame);
  hg_report_writer_labelled(writer, "Seen", text->str);
}

/* The other addresses of the host's device, and how that is known; then the traffic of them all. */
static void print_device(const HgReportWriter *writer, guint32 host) {
  guint count;
  const HgDeviceMember *members =
      hg_devices_members(hg_analysis_devices(writer->analysis), host, &count);
  HgTraffic sent = {0}, received = {0};
  g_autoptr(GString) also = g_string_new(NULL);
  for (guint i = 0; i < count; i++) {
    const HgHost *const member = hg_tally_host(writer->tally, members[i].host);
    hg_traffic_merge(&sent, &member->sent);
    hg_traffic_merge(&received, &member->received);
    if (members[i].host != host)
      g_string_append_printf(also, "%s%s (%s, frame %u)", also->len ? ", " : "",
                             hg_report_writer_host(writer, members[i].host),
                             hg_device_evidence_text(members[i].evidence), members[i].frame);
  }
  if (count == 0)
    return;
  g_autoptr(GString) traffic = g_string_new(NULL);
  append_both(traffic, &sent, "sent");
  append_both(traffic, &received, "; received");
  hg_report_writer_labelled(writer, "Also", also->str);
  hg_report_writer_labelled(writer, "In all", traffic->str);
}

/* In a tally by devices: the other addresses that the host had. */
static void print_aliases(const HgReportWriter *writer, guint32 host) {
  const GArray *const aliases = hg_tally_host_aliases(writer->tally, host);
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; aliases && i < aliases->len; i++) {
    g_autofree char *address = hg_address_to_text(&g_array_index(aliases, HgAddress, i));
    g_string_append_printf(text, "%s%s", i ? ", " : "", address);
  }
  hg_report_writer_labelled(writer, "Also", text->str);
}

void hg_part_host(const HgReportWriter *writer, guint32 number) {
  const HgHost *const host = hg_tally_host(writer->tally, number);
  g_auto(GStrv) names =
      hg_names_and_logins_names(hg_tally_names_and_logins(writer->tally), &host->address);
  g_auto(GStrv) macs = hg_binding_table_macs(hg_tally_bindings(writer->tally), &host->address);
  g_auto(GStrv) vlans = hg_vlans_of_host(writer->report, number);
  g_auto(GStrv) roles = hg_roles_names(hg_analysis_roles(writer->analysis), number);
  g_autofree char *all_roles = g_strjoinv(", ", roles);
  g_autofree char *all_names = g_strjoinv(", ", names);
  g_autofree char *all_macs = g_strjoinv(", ", macs);
  g_autofree char *all_vlans = g_strjoinv(", ", vlans);
  g_autoptr(GString) traffic = g_string_new(NULL);
  append_both(traffic, &host->sent, "sent");
  append_both(traffic, &host->received, "; received");
  hg_report_writer_labelled(writer, "Scope", hg_scope_name(hg_host_scope(host)));
  hg_report_writer_labelled(writer, "Roles", all_roles);
  hg_report_writer_labelled(writer, "Names", all_names);
  hg_report_writer_labelled(writer, "MAC", all_macs);
  hg_report_writer_labelled(writer, "VLAN", all_vlans);
  hg_report_writer_labelled(writer, "Traffic", traffic->str);
  print_device(writer, number);
  print_aliases(writer, number);
  print_span(writer, number);
}

static void print_flagged(const HgReportWriter *writer, guint32 host) {
  const gboolean suspect = hg_analysis_is_suspect(writer->analysis, host);
  g_autoptr(GString) score = g_string_new(NULL);
  hg_report_writer_append_score(score, hg_analysis_score(writer->analysis, host));
  g_string_append(score, suspect ? ": a suspect by the rules, too; see above"
                                 : ": no suspect by the rules");
  hg_report_writer_section(writer, "Red-flagged host %s", hg_report_writer_host(writer, host));
  hg_report_writer_labelled(writer, "Score", score->str);
  hg_part_host(writer, host);
  for (guint i = 0; i < hg_analysis_finding_count(writer->analysis); i++) {
    const HgFinding *const finding = hg_analysis_finding(writer->analysis, i);
    const gboolean shown = suspect && finding->kind == HG_FINDING_SUSPICION;
    if (hg_report_writer_is_same_device(writer, finding->host, host) && !shown)
      hg_part_finding(writer, finding);
  }
  hg_part_contacted(writer, host);
  hg_part_spoken(writer, host);
  hg_part_contacts(writer, host, writer->top);
  hg_part_traces(writer, host, writer->top);
}

void hg_section_flagged(const HgReportWriter *writer) {
  for (guint i = 0; i < hg_report_flagged_count(writer->report); i++)
    print_flagged(writer, hg_report_flagged(writer->report, i));
}

void hg_section_traces(const HgReportWriter *writer) {
  g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < hg_report_trace_count(writer->report); i++) {
    const guint32 host = hg_report_trace(writer->report, i)->host;
    /* The traces of suspects and red-flagged hosts are in their own sections. */
    if (hg_report_is_suspect(writer->report, host) ||
        !g_hash_table_add(done, GUINT_TO_POINTER(host)))
      continue;
    hg_report_writer_section(writer, "Traced host %s", hg_report_writer_host(writer, host));
    hg_part_host(writer, host);
    hg_part_traces(writer, host, writer->top);
  }
}
