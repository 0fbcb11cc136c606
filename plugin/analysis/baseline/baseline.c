/* baseline.c - compares a capture with known-normal traffic
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "baseline_private.h"

#include "analysis/basics/scopes.h"

/* --- creation and release --- */

static void clear_service(gpointer data) {
  g_ptr_array_unref(((HgNewService *)data)->services);
}

static void clear_binding(gpointer data) {
  g_strfreev(((HgChangedBinding *)data)->before);
  g_strfreev(((HgChangedBinding *)data)->now);
}

static HgWorkedOut work_out(const HgTally *tally) {
  HgWorkedOut out = {.tally = tally,
                     .services = hg_service_table_new(tally),
                     .scopes = hg_scopes_new(tally),
                     .owners = hg_arp_owners_new(tally)};
  out.roles = hg_roles_new(tally, out.services, out.scopes);
  return out;
}

HgBaseline *hg_baseline_new(const HgWorkedOut *now, const HgTally *normal) {
  HgBaseline *baseline = g_new0(HgBaseline, 1);
  baseline->now = *now;
  baseline->normal = work_out(normal);
  baseline->protocols =
      hg_tally_options(now->tally)->evidence == hg_tally_options(normal)->evidence;
  baseline->hosts = g_array_new(FALSE, FALSE, sizeof(HgNewHost));
  baseline->macs = g_array_new(FALSE, FALSE, sizeof(HgNewMac));
  baseline->conversations = g_array_new(FALSE, FALSE, sizeof(guint32));
  baseline->services = g_array_new(FALSE, FALSE, sizeof(HgNewService));
  baseline->bindings = g_array_new(FALSE, FALSE, sizeof(HgChangedBinding));
  baseline->shifts = g_array_new(FALSE, FALSE, sizeof(HgProtocolShift));
  g_array_set_clear_func(baseline->services, clear_service);
  g_array_set_clear_func(baseline->bindings, clear_binding);
  hg_baseline_compare_hosts(baseline);
  hg_baseline_compare_macs(baseline);
  hg_baseline_compare_services(baseline);
  hg_baseline_compare_protocols(baseline);
  return baseline;
}

void hg_baseline_free(HgBaseline *baseline) {
  if (!baseline)
    return;
  g_array_unref(baseline->hosts);
  g_array_unref(baseline->macs);
  g_array_unref(baseline->conversations);
  g_array_unref(baseline->services);
  g_array_unref(baseline->bindings);
  g_array_unref(baseline->shifts);
  g_free(baseline->twins);
  g_free(baseline->place);
  g_free(baseline->new_pairs);
  hg_roles_free((HgRoles *)baseline->normal.roles);
  hg_arp_owners_free((HgArpOwners *)baseline->normal.owners);
  hg_service_table_free((HgServiceTable *)baseline->normal.services);
  g_free((guint8 *)baseline->normal.scopes);
  g_free(baseline);
}

/* --- what was found --- */

const HgWorkedOut *hg_baseline_normal(const HgBaseline *baseline) {
  return &baseline->normal;
}

gboolean hg_baseline_has_protocols(const HgBaseline *baseline) {
  return baseline->protocols;
}

guint32 hg_baseline_twin(const HgBaseline *baseline, guint32 host) {
  return baseline->twins[host];
}

gboolean hg_baseline_is_new_pair(const HgBaseline *baseline, guint32 conversation) {
  return baseline->new_pairs[conversation];
}

const HgNewHost *hg_baseline_new_host(const HgBaseline *baseline, guint32 host) {
  const guint32 place = baseline->place[host];
  return place == HG_NO_HOST ? NULL : &g_array_index(baseline->hosts, HgNewHost, place);
}

const GArray *hg_baseline_hosts(const HgBaseline *baseline) {
  return baseline->hosts;
}

const GArray *hg_baseline_macs(const HgBaseline *baseline) {
  return baseline->macs;
}

const GArray *hg_baseline_conversations(const HgBaseline *baseline) {
  return baseline->conversations;
}

const GArray *hg_baseline_services(const HgBaseline *baseline) {
  return baseline->services;
}

const GArray *hg_baseline_bindings(const HgBaseline *baseline) {
  return baseline->bindings;
}

const GArray *hg_baseline_shifts(const HgBaseline *baseline) {
  return baseline->shifts;
}

guint hg_baseline_moved(const HgBaseline *baseline) {
  return baseline->moved;
}
