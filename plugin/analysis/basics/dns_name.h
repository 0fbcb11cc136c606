/* dns_name.h - DNS names: their labels, and the registered domain they belong to
 *
 * Names are written as the Wireshark adapter writes them: lower case, "\." for a dot within a
 * label, "\DDD" for bytes that cannot be printed.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_ANALYSIS_DNS_NAME_H
#define HG_ANALYSIS_DNS_NAME_H

#include "tally/tally.h"

G_BEGIN_DECLS

#define HG_DNS_MAX_LABELS 128 /* RFC 1035: 255 bytes, so 127 labels and the root */

typedef struct {
  const char *text; /* borrowed */
  guint labels;
  guint16 start[HG_DNS_MAX_LABELS]; /* offset of each label in the text, leftmost first */
  guint8 size[HG_DNS_MAX_LABELS];   /* bytes of each label in the message; 255: 255 or more */
} HgDnsName;

/* Splits the subject of a dns-query ("A www.example.com") or a dns-answer ("NXDOMAIN A
 * www.example.com") into its words, which are borrowed from the subject. FALSE: it has another
 * form. */
typedef struct {
  const char *code; /* response code; NULL in queries */
  gsize code_length;
  const char *type;
  gsize type_length;
  const char *name;
} HgDnsSubject;
gboolean hg_dns_subject(const HgObservation *observation, HgDnsSubject *subject);
gboolean hg_dns_subject_is_code(const HgDnsSubject *subject, const char *code);
/* `types`: NULL-terminated. */
gboolean hg_dns_subject_is_type(const HgDnsSubject *subject, const char *const *types);

/* Why queries (or answers) cannot be assessed although the capture holds DNS; NULL: they can.
 * Static. */
const char *hg_dns_unassessable(const HgTally *tally, HgObservationKind kind);

/* FALSE: the text is the root, or no name. */
gboolean hg_dns_name_split(const char *text, HgDnsName *name);

/* How many characters, from `at` on, stand for one byte of the message. */
gsize hg_dns_name_step(const char *at);

/* The last `labels` labels; "" for none. */
const char *hg_dns_name_suffix(const HgDnsName *name, guint labels);

/* How many labels from the right form the registered domain: 2 ("example.com"), 3 below a
 * registry's own suffix ("example.co.uk"), 0 if the last label cannot be a top-level domain. This
 * is decided by form, because the public suffix list changes daily: below a two-letter country
 * domain, a short label (com, co, gov, ...) is taken for a public suffix, unless the label before
 * it is so long that it looks like data. */
guint hg_dns_name_zone(const HgDnsName *name);

/* Size and entropy of the labels before the last `labels`. */
typedef struct {
  guint size;     /* bytes, without dots */
  guint longest;  /* bytes of the longest label */
  double entropy; /* Shannon entropy, bits a character */
} HgDnsData;
HgDnsData hg_dns_name_data(const HgDnsName *name, guint labels);

/* Whether the labels before the last `labels` are those of a technical look-up: an address in a
 * block list or in reverse (RFC 5782, RFC 1035, RFC 3596), or a service (RFC 8552: "_dmarc"). */
gboolean hg_dns_name_is_lookup(const HgDnsName *name, guint labels);

/* Whether the name belongs to a domain whose operator has clients put their question into the name:
 * block lists, anti-virus. */
gboolean hg_dns_name_is_query_service(const HgDnsName *name);

/* Whether the label looks generated: letter pairs that no language has, digits scattered among
 * letters. For letters and digits only. */
gboolean hg_dns_label_looks_random(const char *label, gsize length);

G_END_DECLS
#endif
