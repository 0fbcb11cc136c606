/* allow_deny_list_pseudonymize.c - the list for a tally with pseudonyms, in which no real address
 * or name is left
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "allow_deny_list_private.h"

#include "analysis/contract/rule.h"

typedef struct {
  HgAllowDenyList *into;
  const HgAllowDenyList *from;
  const HgPseudonyms *pseudonyms;
} Move;

/* A copy with file and line but without the text of the entry. */
static HgListEntry moved(const Move *move, const HgListEntry *entry) {
  g_autofree char *base = g_path_get_basename(entry->file);
  g_autofree char *name = hg_pseudonyms_name(move->pseudonyms, "list", base);
  return (HgListEntry){
      .file = hg_allow_deny_list_file(move->into, name), .line = entry->line, .rule = entry->rule};
}

static void move_network(const Move *move, const HgListEntry *entry, const HgNetwork *network) {
  HgListEntry copy = moved(move, entry);
  copy.network = hg_pseudonyms_network(move->pseudonyms, network);
  hg_allow_deny_list_insert(move->into, &copy, NULL);
}

/* Pseudonyms keep shared prefixes of IP addresses, so networks can be mapped; MACs only as a whole.
 */
static void move_networks(const Move *move) {
  for (guint32 i = 0; i < hg_allow_deny_list_count(move->from); i++) {
    const HgListEntry *entry = hg_allow_deny_list_entry(move->from, i);
    const guint bits = hg_network_address_bits((HgAddressKind)entry->network.kind);
    if (bits > 0 && (entry->network.kind != HG_ADDRESS_MAC || entry->network.bits == bits))
      move_network(move, entry, &entry->network);
  }
}

static void move_name(const Move *move, const char *name, const HgRule *rule) {
  const HgListEntry *entry = hg_allow_deny_list_name(move->from, name, rule, rule != NULL);
  if (!entry)
    return;
  HgListEntry copy = moved(move, entry);
  g_autofree char *other = hg_pseudonyms_name(move->pseudonyms, "host", name);
  hg_allow_deny_list_insert(move->into, &copy, other);
}

static void move_mac(const Move *move, const HgAddress *mac, const HgRule *rule) {
  const HgListEntry *entry = hg_allow_deny_list_address(move->from, mac, rule, rule != NULL);
  const HgNetwork only = hg_network_of(mac, 48);
  if (entry)
    move_network(move, entry, &only);
}

/* Pseudonyms must not show vendors and domains, so entries for them are replaced by one entry for
 * each matching MAC and name of the tally: first entries for all rules, then those that name one.
 */
static void move_seen(const Move *move, const HgTally *tally, const HgRule *const *rules) {
  const HgNamesAndLogins *names_and_logins = hg_tally_names_and_logins(tally);
  const HgBindingTable *bindings = hg_tally_bindings(tally);
  const gboolean names = hg_allow_deny_list_has_domains(move->from);
  const gboolean macs = hg_allow_deny_list_has_macs(move->from);
  for (gint rule = -1; rule < 0 || rules[rule]; rule++) {
    const HgRule *const of = rule < 0 ? NULL : rules[rule];
    for (guint32 i = 0; names && i < hg_names_and_logins_name_count(names_and_logins); i++)
      move_name(move, hg_names_and_logins_name(names_and_logins, i)->name, of);
    for (guint32 i = 0; macs && i < hg_binding_table_count(bindings); i++) {
      const HgAddress mac = {
          .kind = HG_ADDRESS_MAC, .length = 6, .data = hg_binding_table_get(bindings, i)->mac};
      move_mac(move, &mac, of);
    }
    for (guint32 i = 0; macs && i < hg_tally_host_count(tally); i++)
      if (hg_tally_host(tally, i)->address.kind == HG_ADDRESS_MAC)
        move_mac(move, &hg_tally_host(tally, i)->address, of);
  }
}

HgAllowDenyList *hg_allow_deny_list_pseudonymize(const HgAllowDenyList *list,
                                                 const HgPseudonyms *pseudonyms,
                                                 const HgTally *tally, const HgRule *const *rules) {
  const Move move = {hg_allow_deny_list_new(), list, pseudonyms};
  move_networks(&move);
  move_seen(&move, tally, rules);
  return move.into;
}
