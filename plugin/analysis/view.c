/* view.c - one way to look at a tally, with what is derived from it
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "view.h"

#include "analysis/basics/scopes.h"

static HgView *derive(const HgTally *tally) {
  HgView *view = g_new0(HgView, 1);
  view->tally = tally;
  view->services = hg_service_table_new(tally);
  view->scopes = hg_scopes_new(tally);
  view->roles = hg_roles_new(tally, view->services, view->scopes);
  view->devices = g_new(guint32, (gsize)hg_tally_host_count(tally) + 1);
  return view;
}

HgView *hg_view_new(const HgTally *tally, const HgDevices *devices) {
  HgView *view = derive(tally);
  for (guint32 host = 0; host < hg_tally_host_count(tally); host++)
    view->devices[host] = hg_devices_of(devices, host);
  return view;
}

HgView *hg_view_new_folded(HgTally *folded, const HgTally *tally, const HgDevices *devices) {
  HgView *view = derive(folded);
  view->folded = folded;
  for (guint32 host = 0; host < hg_tally_host_count(folded); host++) {
    const HgHost *was = hg_tally_find_host(tally, &hg_tally_host(folded, host)->address);
    const guint32 device = hg_devices_of(devices, was->number);
    const HgHost *is = hg_tally_find_host(folded, &hg_tally_host(tally, device)->address);
    view->devices[host] = is ? is->number : host; /* a cap can leave it out */
  }
  return view;
}

void hg_view_free(HgView *view) {
  if (!view)
    return;
  hg_baseline_free(view->baseline);
  hg_arp_owners_free(view->owners);
  hg_answers_free(view->answers);
  hg_roles_free(view->roles);
  g_free(view->scopes);
  g_free(view->devices);
  hg_service_table_free(view->services);
  hg_tally_free(view->folded);
  g_free(view);
}

const HgAnswers *hg_view_answers(HgView *view) {
  if (!view->answers)
    view->answers = hg_answers_new(view->tally, view->services, view->scopes);
  return view->answers;
}

void hg_view_compare(HgView *view, const HgTally *normal) {
  if (view->baseline)
    return;
  if (!view->owners)
    view->owners = hg_arp_owners_new(view->tally);
  const HgWorkedOut now = {view->tally, view->services, view->scopes, view->roles, view->owners};
  view->baseline = hg_baseline_new(&now, normal);
}

guint32 *hg_view_translate(const HgView *from, const HgView *to) {
  const guint32 hosts = hg_tally_host_count(from->tally);
  guint32 *translated = g_new(guint32, (gsize)hosts + 1);
  for (guint32 i = 0; i < hosts; i++)
    translated[i] =
        from == to ? i
                   : hg_tally_find_host(to->tally, &hg_tally_host(from->tally, i)->address)->number;
  return translated;
}
