/* finding_list.c - the findings whose packets Wireshark can show; the list outlives its report
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "finding_list.h"

static void listed_free(gpointer data) {
  HgListedFinding *listed = data;

  g_free(listed->host);
  g_free(listed->filter);
  g_free(listed);
}

static HgFindingList *list_new(void) {
  HgFindingList *list = g_new(HgFindingList, 1);

  list->findings = g_ptr_array_new_with_free_func(listed_free);
  return list;
}

static void add(HgFindingList *list, const char *host, const char *title, const char *filter) {
  HgListedFinding *listed = g_new(HgListedFinding, 1);

  *listed = (HgListedFinding){g_strdup(host), title, g_strdup(filter)};
  g_ptr_array_add(list->findings, listed);
}

static const HgListedFinding *get(const HgFindingList *list, guint i) {
  return g_ptr_array_index(list->findings, i);
}

HgFindingList *hg_finding_list_new(const HgReport *report) {
  const HgAnalysis *analysis = hg_report_analysis(report);
  HgFindingList *list = list_new();

  if (hg_report_options(report)->pseudonyms)
    return list;
  for (guint i = 0; i < hg_analysis_finding_count(analysis); i++) {
    const HgFinding *finding = hg_analysis_finding(analysis, i);

    if (finding->filter != NULL && *finding->filter != '\0')
      add(list, hg_report_host_id(report, finding->host), finding->rule->title, finding->filter);
  }
  return list;
}

HgFindingList *hg_finding_list_copy(const HgFindingList *from) {
  HgFindingList *list = list_new();

  for (guint i = 0; i < from->findings->len; i++)
    add(list, get(from, i)->host, get(from, i)->title, get(from, i)->filter);
  return list;
}

void hg_finding_list_free(gpointer data) {
  HgFindingList *list = data;

  if (list == NULL)
    return;
  g_ptr_array_unref(list->findings);
  g_free(list);
}

char *hg_finding_list_text(const HgFindingList *list, guint most) {
  GString *text = g_string_new(NULL);
  const guint count = list->findings->len, shown = MIN(count, most);

  for (guint i = 0; i < shown; i++)
    g_string_append_printf(text, "%s%u   %s   %s", i > 0 ? "\n" : "", i + 1, get(list, i)->host,
                           get(list, i)->title);
  if (shown < count)
    g_string_append_printf(text, "\n… and %u more, up to %u", count - shown, count);
  return g_string_free(text, FALSE);
}

/* --- choosing --- */

static void add_filter(GPtrArray *filters, const char *filter) {
  if (!g_ptr_array_find_with_equal_func(filters, filter, g_str_equal, NULL))
    g_ptr_array_add(filters, (gpointer)filter);
}

/* FALSE: `word` names none. */
static gboolean add_named(const HgFindingList *list, const char *word, GPtrArray *filters) {
  gboolean found = FALSE;
  guint64 number;

  if (g_ascii_string_to_unsigned(word, 10, 1, list->findings->len, &number, NULL)) {
    add_filter(filters, get(list, (guint)number - 1)->filter);
    return TRUE;
  }
  for (guint i = 0; i < list->findings->len; i++) {
    if (g_ascii_strcasecmp(get(list, i)->host, word) == 0) {
      add_filter(filters, get(list, i)->filter);
      found = TRUE;
    }
  }
  return found;
}

static char *join(const GPtrArray *filters) {
  GString *all = g_string_new(NULL);

  if (filters->len == 1)
    g_string_append(all, filters->pdata[0]);
  for (guint i = 0; filters->len > 1 && i < filters->len; i++)
    g_string_append_printf(all, "%s(%s)", i > 0 ? " || " : "", (const char *)filters->pdata[i]);
  return g_string_free(all, FALSE);
}

char *hg_finding_list_filter(const HgFindingList *list, const char *choice, GError **error) {
  GPtrArray *filters = g_ptr_array_new(); /* borrowed from the list */
  char **words = g_strsplit_set(choice, " \t,;", -1), *all = NULL;
  const char *unknown = NULL;

  for (guint i = 0; words[i] != NULL && unknown == NULL; i++) {
    if (*words[i] != '\0' && !add_named(list, words[i], filters))
      unknown = words[i];
  }
  if (unknown != NULL)
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                "There is no finding \"%s\".\n\nEnter numbers from 1 to %u, or hosts of the list.",
                unknown, list->findings->len);
  else if (filters->len == 0)
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                        "No finding was chosen.\n\nEnter numbers or hosts of the list.");
  else
    all = join(filters);
  g_strfreev(words);
  g_ptr_array_unref(filters);
  return all;
}
