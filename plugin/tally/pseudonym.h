/* pseudonym.h - pseudonyms for addresses and names: the same key gives the same ones
 *
 * Two IP addresses share as many leading bits as their pseudonyms do, so subnets stay visible (Xu,
 * Fan, Ammar, Moon: "Prefix-Preserving IP Address Anonymization", ICNP 2002; here with
 * HMAC-SHA-256). An address keeps its scope. Broadcast, loopback and unspecified addresses stay as
 * they are: 0.0.0.0, 127.0.0.1, 255.255.255.255, ::, ::1, ff:ff:ff:ff:ff:ff and 00:00:00:00:00:00.
 * No two IP or MAC addresses get the same pseudonym.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_PSEUDONYM_H
#define HG_TALLY_PSEUDONYM_H

#include "tally/types/address.h"
#include "tally/types/network.h"
#include "tally_options.h"

G_BEGIN_DECLS

typedef struct HgPseudonyms HgPseudonyms;

/* Any bytes make a key. (transfer full) */
HgPseudonyms *hg_pseudonyms_new(const guint8 *key, gsize length);
void hg_pseudonyms_free(HgPseudonyms *pseudonyms);

/* `to->data` points into `buffer`. IP: as above. MAC: keeps the group and local bits, hides the
 * vendor. Others: "node-" and 16 hex digits, in broadcast scope with the mark of that. */
void hg_pseudonyms_address(const HgPseudonyms *pseudonyms, const HgAddress *from, HgAddress *to,
                           HgAddressBuffer *buffer);
/* The same for the text of an address, as hg_address_parse reads it. (transfer full) */
char *hg_pseudonyms_address_text(const HgPseudonyms *pseudonyms, const char *text);

/* The network that has the pseudonyms of all addresses of this one; of MACs only a whole one can be
 * asked for. */
HgNetwork hg_pseudonyms_network(const HgPseudonyms *pseudonyms, const HgNetwork *network);

/* The same for an array of HgNetwork, settled; NULL: NULL. (transfer full) */
GArray *hg_pseudonyms_networks(const HgPseudonyms *pseudonyms, const GArray *networks);

/* 16 hex digits that tell keys apart, and reveal nothing about them. */
void hg_pseudonyms_stamp(const HgPseudonyms *pseudonyms, char stamp[HG_PSEUDONYMS_STAMP]);

/* "KIND-" and 12 hex digits. "" stays "", and an IP or MAC address gets the pseudonym of an
 * address. (transfer full) */
char *hg_pseudonyms_name(const HgPseudonyms *pseudonyms, const char *kind, const char *name);

/* A key for hashes, another one for each purpose: without the user's key nobody can tell from such a hash
 * what it is of. */
void hg_pseudonyms_hash_key(const HgPseudonyms *pseudonyms, const char *purpose, guint64 key[2]);

/* Replaces a display filter, which can name hosts. */
#define HG_PSEUDONYMS_FILTER "one that is not shown"

G_END_DECLS
#endif
