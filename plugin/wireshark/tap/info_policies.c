/* info_policies.c - which policy of a source of evidence holds for the Info text of a packet
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/compat.h"

#include <string.h>

#include "info_policies.h"
#include "wireshark/evidence/all_sources.h"

/* Texts of the Protocol column that are remembered: more than a capture's usual protocols. */
#define REMEMBERED 16
/* Longest of them, bytes; hardly any is longer. */
#define LONGEST 24

struct HgInfoPolicies {
  GHashTable *exact;   /* column -> HgInfoPolicy, both static */
  GPtrArray *prefixes; /* HgInfoPolicy whose column ends with "*" */
  /* By where the text lies, since dissectors mostly show one that never moves. */
  struct {
    char column[LONGEST];
    const HgInfoPolicy *found; /* NULL: no policy names it */
  } remembered[REMEMBERED];
};

/* What holds for a layer, whatever the column. */
static const HgInfoPolicy otherwise[] = {
    [HG_INFO_NOTHING] = {"*", HG_INFO_NOTHING, NULL},
    [HG_INFO_WHOLE] = {"*", HG_INFO_WHOLE, NULL},
    [HG_INFO_PORTS] = {"*", HG_INFO_PORTS, NULL},
    [HG_INFO_LABEL] = {"*", HG_INFO_LABEL, NULL},
    [HG_INFO_STATUS] = {"*", HG_INFO_STATUS, NULL},
    [HG_INFO_REQUEST] = {"*", HG_INFO_REQUEST, NULL},
};

HgInfoPolicies *hg_info_policies_new(void) {
  HgInfoPolicies *policies = g_new0(HgInfoPolicies, 1);
  policies->exact = g_hash_table_new(g_str_hash, g_str_equal);
  policies->prefixes = g_ptr_array_new();
  for (guint i = 0; hg_evidence_sources[i] != NULL; i++) {
    const HgInfoPolicy *policy = hg_evidence_sources[i]->info;
    for (; policy != NULL && policy->column != NULL; policy++) {
      if (g_str_has_suffix(policy->column, "*"))
        g_ptr_array_add(policies->prefixes, (gpointer)policy);
      else
        g_hash_table_insert(policies->exact, (gpointer)policy->column, (gpointer)policy);
    }
  }
  return policies;
}

void hg_info_policies_free(HgInfoPolicies *policies) {
  if (policies == NULL)
    return;
  g_hash_table_destroy(policies->exact);
  g_ptr_array_free(policies->prefixes, TRUE);
  g_free(policies);
}

/* The exact name, else the longest prefix. */
static const HgInfoPolicy *find_name(const HgInfoPolicies *policies, const char *name) {
  const HgInfoPolicy *found = g_hash_table_lookup(policies->exact, name);
  gsize longest = 0;
  if (found != NULL)
    return found;
  for (guint i = 0; i < policies->prefixes->len; i++) {
    const HgInfoPolicy *policy = g_ptr_array_index(policies->prefixes, i);
    const gsize length = strlen(policy->column) - 1;
    if (length > longest && strncmp(name, policy->column, length) == 0) {
      longest = length;
      found = policy;
    }
  }
  return found;
}

/* "GTP <HTTP>": HTTP. */
static const HgInfoPolicy *find_column(const HgInfoPolicies *policies, const char *column) {
  const gsize length = strlen(column);
  const char *inner = length > 0 && column[length - 1] == '>' ? strchr(column, '<') : NULL;
  const HgInfoPolicy *found;
  char *name;
  if (inner == NULL)
    return find_name(policies, column);
  name = g_strndup(inner + 1, length - (gsize)(inner + 1 - column) - 1);
  found = find_name(policies, name);
  g_free(name);
  return found;
}

static const HgInfoPolicy *recall(HgInfoPolicies *policies, const char *column) {
  const guint slot = (guint)(GPOINTER_TO_SIZE(column) / 8) % REMEMBERED;
  if (strncmp(column, policies->remembered[slot].column, LONGEST) != 0) {
    policies->remembered[slot].found = find_column(policies, column);
    g_strlcpy(policies->remembered[slot].column, column, LONGEST);
  }
  return policies->remembered[slot].found;
}

const HgInfoPolicy *hg_info_policies_find(HgInfoPolicies *policies, const char *column,
                                          guint64 sources) {
  const HgInfoPolicy *found = column != NULL ? recall(policies, column) : NULL;
  if (found != NULL || sources == 0 || column == NULL)
    return found;
  for (guint i = 0; hg_evidence_sources[i] != NULL; i++) {
    if ((sources >> i & 1) && hg_evidence_sources[i]->info_otherwise != HG_INFO_NOTHING)
      return &otherwise[hg_evidence_sources[i]->info_otherwise];
  }
  return NULL;
}
