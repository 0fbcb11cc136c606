/* tally_options.h - what is tallied, and how much of it at most
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_OPTIONS_H
#define HG_TALLY_OPTIONS_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum { HG_LAYER_AUTO, HG_LAYER_NET, HG_LAYER_LINK } HgLayer;

/* "auto", "net", "link" */
const char *hg_layer_name(HgLayer layer);

/* "keep", "skip": whether copies of packets count like all others; see tally/copies/. */
const char *hg_duplicates_name(gboolean keep);

/* Caps: upper bounds, so that a hostile capture cannot take all memory. */
typedef enum {
  HG_CAP_HOSTS,         /* max-hosts */
  HG_CAP_CONVERSATIONS, /* max-conversations */
  HG_CAP_CONNECTIONS,   /* max-connections */
  HG_CAP_CONTACTS,      /* max-contacts */
  HG_CAP_BINDINGS,      /* max-bindings */
  HG_CAP_NAMES,         /* max-names: logins and names, each */
  HG_CAP_OBSERVATIONS,  /* max-observations */
  HG_CAP_INFO,          /* max-info: bytes of Info column texts kept */
  HG_CAP_COUNT
} HgCap;

/* The table of caps: option name, default, and what is missing when it is hit. */
typedef struct {
  const char *name;        /* "max-hosts" */
  guint64 value;           /* default */
  const char *what;        /* "hosts" */
  const char *consequence; /* "packets of further hosts are counted in no host" */
} HgCapInfo;
extern const HgCapInfo hg_caps[HG_CAP_COUNT];

/* Size of the stamp that tells keys of pseudonyms apart; see hg_pseudonyms_stamp. */
#define HG_PSEUDONYMS_STAMP 17

typedef struct {
  guint64 caps[HG_CAP_COUNT];
  /* HgKnownPackets: for each of these, what else there is is tallied apart (hg_tally_remainder); NULL: none.
   * Borrowed, as long as packets are given; a tally keeps none of them. */
  const GPtrArray *known;
  gboolean fingerprints; /* keep fingerprints of the packets (HgCapture) */
  char **protocols;      /* only packets of these (any letter case); NULL: all. Borrowed:
                        hg_tally_builder_new makes a copy. */
  /* HgNetwork, settled (home_networks.h): one's own networks, instead of those that follow from
   * addresses and from the capture; NULL: none are given. Borrowed: a tally takes a reference, and
   * whoever has one does not change it. */
  GArray *home;
  /* For the record: stamp of the key that made the addresses and names of this tally; "": they are
   * real. */
  char pseudonyms[HG_PSEUDONYMS_STAMP];
  HgLayer layer;     /* for the record: the Wireshark adapter has chosen the addresses already */
  gboolean evidence; /* for the record: whether evidence is looked for */
  gboolean keep_duplicates; /* for the record: copies of packets were not looked for */
  /* for the record: some Info texts may be whole, with passwords and whatever else is in them */
  gboolean full_info;
} HgTallyOptions;

/* Default caps, all protocols, layer auto, with evidence. */
void hg_tally_options_init(HgTallyOptions *options);

/* Makes a copy whose protocols and home networks are its own: to be cleared with hg_tally_options_clear. */
void hg_tally_options_copy(HgTallyOptions *copy, const HgTallyOptions *options);

/* Frees the protocols and gives back the home networks, where they are the caller's own. */
void hg_tally_options_clear(HgTallyOptions *options);

G_END_DECLS
#endif
