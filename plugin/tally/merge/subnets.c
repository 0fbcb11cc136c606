/* subnets.c - a tally whose hosts are subnets
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "subnets.h"

#include <string.h>

#include "fold.h"
#include "tally/tally_private.h"

/* The network that the host is folded into; FALSE: it stays. */
static gboolean subnet_of(const HgTally *tally, const HgHost *host, HgNetwork *subnet) {
  const HgAddressKind kind = host->address.kind;
  if (!hg_address_is_ip(&host->address) || !host->unicast)
    return FALSE;
  const HgHomeNetwork *home = hg_home_networks_find(hg_tally_home(tally), &host->address);
  if (home && home->source == HG_HOME_GIVEN)
    *subnet = home->network;
  else
    *subnet = hg_network_of(&host->address, hg_network_usual_bits(kind));
  /* of another kind than the host's where it is an IPv4-mapped address (RFC 4291) */
  return subnet->bits < hg_network_address_bits((HgAddressKind)subnet->kind);
}

/* The address that each host becomes; texts live in `texts`. (transfer full) */
static HgAddress *choose(const HgTally *tally, GStringChunk *texts) {
  const guint32 count = hg_tally_host_count(tally);
  HgAddress *becomes = g_new(HgAddress, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++) {
    const HgHost *host = hg_tally_host(tally, i);
    HgNetwork subnet;
    becomes[i] = host->address;
    if (!subnet_of(tally, host, &subnet))
      continue;
    g_autofree char *text = hg_network_to_text(&subnet);
    const char *kept = g_string_chunk_insert_const(texts, text);
    becomes[i] = (HgAddress){.kind = HG_ADDRESS_OTHER,
                             .length = (guint8)strlen(kept),
                             .segment = host->address.segment,
                             .data = (const guint8 *)(gconstpointer)kept};
  }
  return becomes;
}

static void give_scopes(const HgTally *tally, HgTally *folded, const guint32 *subnets) {
  for (guint32 i = 0; i < hg_host_table_count(folded->hosts); i++) {
    HgHost *subnet = hg_host_table_get(folded->hosts, i);
    if (subnet->address.kind == HG_ADDRESS_OTHER)
      subnet->scope = HG_SCOPE_COUNT;
  }
  for (guint32 i = 0; i < hg_tally_host_count(tally); i++) {
    const HgHost *host = hg_tally_host(tally, i);
    HgHost *subnet = hg_host_table_get(folded->hosts, subnets[i]);
    if (subnet->scope == HG_SCOPE_COUNT || host->scope == HG_SCOPE_INTERNAL)
      subnet->scope = host->scope;
  }
}

HgTally *hg_subnets_fold(const HgTally *tally, guint32 **subnets) {
  GStringChunk *texts = g_string_chunk_new(4096);
  HgAddress *becomes = choose(tally, texts);
  HgTally *folded = hg_tally_fold_hosts(tally, becomes, TRUE);
  const guint32 count = hg_tally_host_count(tally);
  *subnets = g_new(guint32, (gsize)count + 1);
  for (guint32 i = 0; i < count; i++)
    (*subnets)[i] = hg_tally_find_host(folded, &becomes[i])->number;
  give_scopes(tally, folded, *subnets);
  g_free(becomes);
  g_string_chunk_free(texts);
  return folded;
}
