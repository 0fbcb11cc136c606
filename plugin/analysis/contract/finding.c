/* finding.c - findings: verdicts that a reviewer can check
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "finding.h"

#include "finding_private.h"

const char *hg_finding_kind_name(HgFindingKind kind) {
  switch (kind) {
  case HG_FINDING_SUSPICION:
    return "suspicion";
  case HG_FINDING_EXPOSURE:
    return "exposure";
  case HG_FINDING_VICTIM:
    return "victim";
  }
  g_return_val_if_reached("");
}

HgFinding *hg_finding_new(guint32 host, const struct HgRule *rule, HgFindingKind kind) {
  HgFinding *finding = g_new0(HgFinding, 1);
  finding->host = host;
  finding->rule = rule;
  finding->kind = kind;
  finding->evidence = g_strdup("");
  finding->filter = g_strdup("");
  finding->peers = g_array_new(FALSE, FALSE, sizeof(guint32));
  finding->frames = g_array_new(FALSE, FALSE, sizeof(guint32));
  finding->services = g_hash_table_new(NULL, NULL);
  return finding;
}

void hg_finding_free(HgFinding *finding) {
  if (!finding)
    return;
  g_free(finding->evidence);
  g_free(finding->filter);
  g_free(finding->protocol);
  g_free(finding->domain);
  g_array_free(finding->peers, TRUE);
  g_array_free(finding->frames, TRUE);
  g_hash_table_unref(finding->services);
  g_free(finding);
}

void hg_finding_add_peer(HgFinding *finding, guint32 host) {
  for (guint i = 0; i < finding->peers->len; i++)
    if (g_array_index(finding->peers, guint32, i) == host)
      return;
  if (finding->peers->len < HG_FINDING_MAX_PEERS)
    g_array_append_val(finding->peers, host);
  finding->peers_cut |= finding->peers->len == HG_FINDING_MAX_PEERS;
}

void hg_finding_renumber(HgFinding *finding, const guint32 *numbers) {
  GArray *peers = finding->peers;
  finding->peers = g_array_new(FALSE, FALSE, sizeof(guint32));
  finding->host = numbers[finding->host];
  for (guint i = 0; i < peers->len; i++)
    hg_finding_add_peer(finding, numbers[g_array_index(peers, guint32, i)]);
  g_array_unref(peers);
}

/* Keeps the earliest frames in ascending order, whatever the order of calls. */
static void keep_frame(GArray *frames, guint32 frame) {
  guint at = 0;
  if (frames->len == HG_FINDING_MAX_FRAMES &&
      frame >= g_array_index(frames, guint32, HG_FINDING_MAX_FRAMES - 1))
    return;
  while (at < frames->len && g_array_index(frames, guint32, at) < frame)
    at++;
  if (at < frames->len && g_array_index(frames, guint32, at) == frame)
    return;
  g_array_insert_val(frames, at, frame);
  if (frames->len > HG_FINDING_MAX_FRAMES)
    g_array_set_size(frames, HG_FINDING_MAX_FRAMES);
}

void hg_finding_add_frame(HgFinding *finding, guint32 frame) {
  if (finding->frames->len == 0) {
    finding->first_frame = finding->last_frame = frame;
  } else {
    finding->first_frame = MIN(finding->first_frame, frame);
    finding->last_frame = MAX(finding->last_frame, frame);
  }
  keep_frame(finding->frames, frame);
}

void hg_finding_add_service(HgFinding *finding, guint32 service) {
  g_hash_table_add(finding->services, GUINT_TO_POINTER(service));
}

void hg_finding_set_evidence(HgFinding *finding, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_free(finding->evidence);
  finding->evidence = g_utf8_make_valid(text, -1);
  g_free(text);
}

void hg_finding_take_filter(HgFinding *finding, char *filter) {
  g_free(finding->filter);
  finding->filter = filter ? filter : g_strdup("");
}

HgFinding *hg_finding_fold(const HgFinding *finding, const guint32 *becomes) {
  HgFinding *folded = g_memdup2(finding, sizeof *finding);
  folded->evidence = g_strdup(finding->evidence);
  folded->protocol = g_strdup(finding->protocol);
  folded->domain = g_strdup(finding->domain);
  folded->filter = g_strdup(finding->filter);
  folded->frames = g_array_copy(finding->frames);
  folded->peers = g_array_copy(finding->peers);
  folded->services = g_hash_table_ref(finding->services);
  hg_finding_renumber(folded, becomes);
  return folded;
}
