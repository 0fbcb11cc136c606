/* suppress.c - which findings an allow list suppresses
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "suppress.h"

#include "analysis/contract/rule.h"

static const HgListEntry *find_mac(const HgAllowDenyList *list, const HgTally *tally,
                                   const HgAddress *address, const struct HgRule *rule,
                                   gboolean named) {
  if (!hg_allow_deny_list_has_macs(list))
    return NULL;
  char **macs = hg_binding_table_macs(hg_tally_bindings(tally), address);
  const HgListEntry *found = NULL;
  for (guint i = 0; macs[i] && !found; i++) {
    HgAddressBuffer buffer;
    HgAddress mac;
    if (hg_address_parse(macs[i], &mac, &buffer))
      found = hg_allow_deny_list_address(list, &mac, rule, named);
  }
  g_strfreev(macs);
  return found;
}

static const HgListEntry *find_name(const HgAllowDenyList *list, const HgTally *tally,
                                    const HgAddress *address, const struct HgRule *rule,
                                    gboolean named) {
  if (!hg_allow_deny_list_has_domains(list))
    return NULL;
  char **names = hg_names_and_logins_names(hg_tally_names_and_logins(tally), address);
  const HgListEntry *found = NULL;
  for (guint i = 0; names[i] && !found; i++)
    found = hg_allow_deny_list_name(list, names[i], rule, named);
  g_strfreev(names);
  return found;
}

static const HgListEntry *find_address(const HgAllowDenyList *list, const HgTally *tally,
                                       const HgAddress *address, const struct HgRule *rule,
                                       gboolean named) {
  const HgListEntry *found = hg_allow_deny_list_address(list, address, rule, named);
  if (!found)
    found = find_mac(list, tally, address, rule, named);
  return found ? found : find_name(list, tally, address, rule, named);
}

const HgListEntry *hg_suppress_find_host(const HgAllowDenyList *list, const HgTally *tally,
                                         guint32 host, const struct HgRule *rule, gboolean named) {
  const GArray *aliases = hg_tally_host_aliases(tally, host);
  const HgListEntry *found =
      find_address(list, tally, &hg_tally_host(tally, host)->address, rule, named);
  for (guint i = 0; aliases && i < aliases->len && !found; i++)
    found = find_address(list, tally, &g_array_index(aliases, HgAddress, i), rule, named);
  return found;
}

static const HgListEntry *find_device(const HgAllowDenyList *list, const HgTally *tally,
                                      const HgDevices *devices, guint32 host,
                                      const struct HgRule *rule, gboolean named) {
  guint count;
  const HgDeviceMember *members = hg_devices_members(devices, host, &count);
  const HgListEntry *found = hg_suppress_find_host(list, tally, host, rule, named);
  for (guint i = 0; i < count && !found; i++)
    found = hg_suppress_find_host(list, tally, members[i].host, rule, named);
  return found;
}

static const HgListEntry *find_peers(const HgAllowDenyList *allow, const HgTally *tally,
                                     const HgDevices *devices, const HgFinding *finding) {
  const HgListEntry *first = NULL;
  const HgPeers peers = finding->rule->peers;
  if (peers == HG_PEERS_CARRIERS || finding->peers_carry || finding->peers_cut)
    return NULL;
  for (guint i = 0; i < finding->peers->len; i++) {
    const HgListEntry *entry =
        find_device(allow, tally, devices, g_array_index(finding->peers, guint32, i), finding->rule,
                    peers == HG_PEERS_TARGETS);
    if (!entry)
      return NULL;
    first = first ? first : entry;
  }
  return first;
}

const HgListEntry *hg_suppress_find(const HgAllowDenyList *allow, const HgTally *tally,
                                    const HgDevices *devices, const HgFinding *finding) {
  const HgListEntry *found =
      find_device(allow, tally, devices, finding->host, finding->rule, FALSE);
  if (!found && finding->domain)
    found = hg_allow_deny_list_name(allow, finding->domain, finding->rule, FALSE);
  return found ? found : find_peers(allow, tally, devices, finding);
}
