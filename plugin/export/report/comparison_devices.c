/* comparison_devices.c - lists of a comparison: hosts, MACs, and which MAC has which address
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "comparison_private.h"

/* --- new hosts --- */

static const HgHost *host_of(const HgReport *report, gconstpointer item) {
  return hg_tally_host(hg_report_tally(report), ((const HgNewHost *)item)->host);
}

static HgValue host_address(const HgReport *report, gconstpointer item) {
  return hg_comparison_host(report, ((const HgNewHost *)item)->host);
}

static HgValue host_scope(const HgReport *report, gconstpointer item) {
  return (HgValue){.string = hg_scope_name(hg_host_scope(host_of(report, item)))};
}

static HgValue host_packets(const HgReport *report, gconstpointer item) {
  return hg_comparison_count(hg_host_traffic(host_of(report, item)).packets);
}

static HgValue host_peers(const HgReport *report, gconstpointer item) {
  return (HgValue){.integer = host_of(report, item)->peers};
}

static HgValue host_frame(const HgReport *report, gconstpointer item) {
  return (HgValue){.integer = hg_host_traffic(host_of(report, item)).first_frame};
}

static HgValue host_note(const HgReport *report, gconstpointer item) {
  const HgNewHost *host = item;
  (void)report;
  return (HgValue){.string = host->claimed ? "known from ARP"
                             : host->moved ? "a known MAC: its address changed"
                                           : ""};
}

/* Only for hosts of the local network: all others have a router's MAC. */
static HgValue host_macs(const HgReport *report, gconstpointer item) {
  const HgScope scope = hg_host_scope(host_of(report, item));
  if (scope != HG_SCOPE_INTERNAL && scope != HG_SCOPE_LINK_LOCAL)
    return (HgValue){.list = NULL};
  return (HgValue){.list = hg_binding_table_macs(hg_tally_bindings(hg_report_tally(report)),
                                                 &host_of(report, item)->address),
                   .owned = TRUE};
}

static const HgAttribute host_columns[] = {
    {"host", HG_TYPE_STRING, "Address", NULL, host_address},
    {"scope", HG_TYPE_STRING, "Scope", NULL, host_scope},
    {"packets", HG_TYPE_INTEGER, "Packets", NULL, host_packets},
    {"peers", HG_TYPE_INTEGER, "Peers", NULL, host_peers},
    {"first_frame", HG_TYPE_INTEGER, "First frame", NULL, host_frame},
    {"note", HG_TYPE_STRING, "Note", NULL, host_note},
    {"macs", HG_TYPE_LIST, "MAC addresses", NULL, host_macs},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL},
};

static guint count_hosts(const HgBaseline *baseline) {
  return hg_baseline_hosts(baseline)->len;
}

static gconstpointer get_host(const HgBaseline *baseline, guint i) {
  return &g_array_index(hg_baseline_hosts(baseline), HgNewHost, i);
}

const HgComparisonList hg_comparison_new_hosts = {"new_hosts", "New hosts", host_columns,
                                                  count_hosts, get_host};

/* --- new MACs --- */

static HgValue mac_address(const HgReport *report, gconstpointer item) {
  const HgAddress address = {
      .kind = HG_ADDRESS_MAC, .length = 6, .data = ((const HgNewMac *)item)->mac};
  (void)report;
  return (HgValue){.string = hg_address_to_text(&address), .owned = TRUE};
}

static HgValue mac_host(const HgReport *report, gconstpointer item) {
  return hg_comparison_host(report, ((const HgNewMac *)item)->host);
}

static HgValue mac_packets(const HgReport *report, gconstpointer item) {
  (void)report;
  return hg_comparison_count(((const HgNewMac *)item)->traffic.packets);
}

static HgValue mac_frame(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.integer = ((const HgNewMac *)item)->traffic.first_frame};
}

static const HgAttribute mac_columns[] = {
    {"mac", HG_TYPE_STRING, "MAC address", NULL, mac_address},
    {"host", HG_TYPE_STRING, "Address", NULL, mac_host},
    {"packets", HG_TYPE_INTEGER, "Frames", NULL, mac_packets},
    {"first_frame", HG_TYPE_INTEGER, "First frame", NULL, mac_frame},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL},
};

static guint count_macs(const HgBaseline *baseline) {
  return hg_baseline_macs(baseline)->len;
}

static gconstpointer get_mac(const HgBaseline *baseline, guint i) {
  return &g_array_index(hg_baseline_macs(baseline), HgNewMac, i);
}

const HgComparisonList hg_comparison_new_macs = {"new_macs", "New MAC addresses", mac_columns,
                                                 count_macs, get_mac};

/* --- changed bindings --- */

static HgValue binding_address(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.string = hg_address_to_text(((const HgChangedBinding *)item)->address),
                   .owned = TRUE};
}

static HgValue binding_before(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.list = ((const HgChangedBinding *)item)->before};
}

static HgValue binding_now(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.list = ((const HgChangedBinding *)item)->now};
}

static HgValue binding_known(const HgReport *report, gconstpointer item) {
  (void)report;
  return (HgValue){.integer = ((const HgChangedBinding *)item)->known};
}

static const HgAttribute binding_columns[] = {
    {"address", HG_TYPE_STRING, "Address", NULL, binding_address},
    {"known", HG_TYPE_BOOLEAN, "By a known device", NULL, binding_known},
    {"before", HG_TYPE_LIST, "MAC before", NULL, binding_before},
    {"now", HG_TYPE_LIST, "MAC now", NULL, binding_now},
    {NULL, HG_TYPE_STRING, NULL, NULL, NULL},
};

static guint count_bindings(const HgBaseline *baseline) {
  return hg_baseline_bindings(baseline)->len;
}

static gconstpointer get_binding(const HgBaseline *baseline, guint i) {
  return &g_array_index(hg_baseline_bindings(baseline), HgChangedBinding, i);
}

const HgComparisonList hg_comparison_changed_bindings = {
    "changed_bindings", "Addresses of other MACs", binding_columns, count_bindings, get_binding};
