/* evidence_page.c - the page of what is read from which protocol, from the table of sources
 *
 *   hostgraph-evidence-page            packaging/evidence.md, on standard output
 *   hostgraph-evidence-page --words    rows of words of the Info column: source, display filter, words, and
 *                                      "last" where Info shows only the last of several messages; separated
 *                                      by tabs
 *   hostgraph-evidence-page --info     of lines "PROTOCOL tab INFO" on standard input, what is kept of INFO, and
 *                                      how: "PROTOCOL tab KEEP tab TEXT"; layers are not known here
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "wireshark/evidence/all_sources.h"
#include "wireshark/tap/info_policies.h"

static void print_list(const char *head, const char *const *items) {
  if (items == NULL || *items == NULL)
    return;
  printf("- %s: ", head);
  for (guint i = 0; items[i] != NULL; i++)
    printf("%s`%s`", i > 0 ? ", " : "", items[i]);
  printf("\n");
}

static void print_fields(const HgEvidenceSource *source) {
  if (source->field_count == 0)
    return;
  printf("- fields:");
  for (guint i = 0; i < source->field_count; i++) {
    printf("%s `%s`", i > 0 ? "," : "", source->fields[i][0]);
    for (guint k = 1; k < HG_FIELD_NAMES && source->fields[i][k] != NULL; k++)
      printf(" or `%s`", source->fields[i][k]);
  }
  printf("\n");
}

static void print_how(const HgEvidenceSource *source) {
  if (source->nested)
    printf("- of frames that have one of the protocols more than once: a packet within a packet\n");
  if (source->nested || (source->layers == NULL && source->read != NULL))
    printf("- told by a tap\n");
  else if (source->stream_start)
    printf(
        "- read from the bytes of segments that begin within the first kilobyte of their direction of a "
        "connection\n");
  else if (source->is_in_bytes != NULL)
    printf(
        "- read from the bytes of the packet where they hold all of it; else the frame is dissected "
        "again\n");
  else if (source->layers != NULL)
    printf("- the frame is dissected again%s\n",
           source->words != NULL || source->is_worth != NULL ? " where it promises something" : "");
  for (const HgInfoWords *row = source->words; row != NULL && row->words[0] != NULL; row++) {
    printf("- words of Info that promise it: `%s`", row->words[0]);
    for (guint i = 1; i < G_N_ELEMENTS(row->words) && row->words[i] != NULL; i++)
      printf(" and `%s`", row->words[i]);
    printf("\n");
  }
  if (source->skip_retransmitted)
    printf("- a segment that is sent again counts once\n");
  for (const HgInfoPolicy *policy = source->info; policy != NULL && policy->column != NULL;
       policy++)
    printf("- Info of `%s`: %s\n", policy->column, hg_info_keep_name(policy->keep));
  if (source->info_otherwise != HG_INFO_NOTHING)
    printf("- Info where the Protocol column has another name: %s\n",
           hg_info_keep_name(source->info_otherwise));
}

static void print_page(void) {
  printf(
      "# What is read from which protocol\n\n"
      "With `evidence=yes`, the default. Protocols and fields are called as in Wireshark's display\n"
      "filters. Values of passwords are never kept; of one that is refused, where it is sent in clear,\n"
      "which of 16 classes it falls into, so that many are told from one. Written from the table of sources by\n"
      "`build/tests/hostgraph-evidence-page`.\n");
  for (guint i = 0; hg_evidence_sources[i] != NULL; i++) {
    const HgEvidenceSource *source = hg_evidence_sources[i];
    printf("\n## %s\n\n%c%s.\n\n", source->title, g_ascii_toupper(source->what[0]),
           source->what + 1);
    print_list("protocols", source->layers);
    print_fields(source);
    print_how(source);
  }
}

static void print_words(void) {
  for (guint i = 0; hg_evidence_sources[i] != NULL; i++) {
    const HgEvidenceSource *source = hg_evidence_sources[i];
    for (const HgInfoWords *row = source->words; row != NULL && row->words[0] != NULL; row++)
      printf("%s\t%s\t%s\t%s\t%s\n", source->id, row->filter, row->words[0],
             row->words[1] != NULL ? row->words[1] : "", source->info_tells_last ? "last" : "");
  }
}

/* Lines of any length, without their ends; no NUL is in them. */
static void print_info(void) {
  HgInfoPolicies *policies = hg_info_policies_new();
  GString *buffer = g_string_new(NULL);
  GIOChannel *in = g_io_channel_unix_new(0);
  char *line;
  gsize end;
  g_io_channel_set_encoding(in, NULL, NULL);
  while (g_io_channel_read_line(in, &line, NULL, &end, NULL) == G_IO_STATUS_NORMAL) {
    char *info = strchr(line, '\t');
    line[end] = '\0';
    if (info != NULL) {
      *info++ = '\0';
      const HgInfoPolicy *policy = hg_info_policies_find(policies, line, 0);
      const char *kept = hg_info_text(policy, info, buffer);
      printf("%s\t%s\t%s\n", line, hg_info_keep_name(policy != NULL ? policy->keep : 0),
             kept != NULL ? kept : "");
    }
    g_free(line);
  }
  g_io_channel_unref(in);
  g_string_free(buffer, TRUE);
  hg_info_policies_free(policies);
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "--words") == 0)
    print_words();
  else if (argc == 2 && strcmp(argv[1], "--info") == 0)
    print_info();
  else if (argc == 1)
    print_page();
  else {
    fprintf(stderr, "usage: %s [--words | --info]\n", argv[0]);
    return 2;
  }
  return 0;
}
