/* sections.h - the sections of the text report, in the order of reading
 *
 * A section writes nothing if it has nothing to say, unless its comment says otherwise.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_SECTIONS_H
#define HG_EXPORT_SECTIONS_H

#include "report_writer.h"

G_BEGIN_DECLS

/* What was captured and what was not assessed. Always written. */
void hg_section_facts(const HgReportWriter *writer);

/* Suspects with their findings, contacts and traces; "No suspects." if there are none. */
void hg_section_suspects(const HgReportWriter *writer);
/* Which suspects could have infected which; only if there are at least two. */
void hg_section_origins(const HgReportWriter *writer);
/* Findings that do not make a suspect (weak indicators), and victims. */
void hg_section_weak_signs(const HgReportWriter *writer);
void hg_section_victims(const HgReportWriter *writer);
/* Findings that allow lists suppress. */
void hg_section_suppressed(const HgReportWriter *writer);

/* Hosts that the user red-flagged, in full; then the traces of other hosts that the user asked for.
 */
void hg_section_flagged(const HgReportWriter *writer);
void hg_section_traces(const HgReportWriter *writer);

/* Cleartext protocols and logins. */
void hg_section_exposures(const HgReportWriter *writer);

/* What is new or unusual compared with the baseline, if there is one. */
void hg_section_compared(const HgReportWriter *writer);

/* Hosts by packets sent, then by packets received. */
void hg_section_hosts(const HgReportWriter *writer);
void hg_section_conversations(const HgReportWriter *writer);
/* Who talks to whom, by server port. */
void hg_section_server_ports(const HgReportWriter *writer);
/* The same two tables by subnet, if groups were asked for. */
void hg_section_subnets(const HgReportWriter *writer);
/* Tunnels with their ends, if there are any. */
void hg_section_tunnels(const HgReportWriter *writer);
void hg_section_protocols(const HgReportWriter *writer);

/* --- parts of sections --- */

/* One finding in full. */
void hg_part_finding(const HgReportWriter *writer, const HgFinding *finding);
/* Scope, roles, names, MACs, packets and times of a host, each with a label. */
void hg_part_host(const HgReportWriter *writer, guint32 host);
/* The contacts of a host: at most `most` rows of (peer, direction, protocol). */
void hg_part_contacts(const HgReportWriter *writer, guint32 host, guint most);
/* The hosts that it sent packets to, and the protocols. */
void hg_part_contacted(const HgReportWriter *writer, guint32 host);
void hg_part_spoken(const HgReportWriter *writer, guint32 host);
/* The chain to or from this entry: "10.0.0.5 -> 10.0.0.9 in frame 812 (SMB2) -> 10.0.0.12 in frame
 * 900 (HTTP)". Packets flow to the right in both directions of a trace. (transfer full) */
char *hg_report_writer_chain(const HgReportWriter *writer, const HgTrace *trace, guint entry);
/* All traces of a host; at most `most` hosts each. */
void hg_part_traces(const HgReportWriter *writer, guint32 host, guint most);

G_END_DECLS
#endif
