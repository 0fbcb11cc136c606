/* login_names.c - for whom logins failed: one user whose password is outdated, or many names
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "login_names.h"

#include "analysis/basics/statistics.h"

/* How many names a sentence has before "and N others". */
#define NAMED 3

typedef struct {
  char *text; /* as it was sent first */
  gint64 first_ns;
  guint failures;
  guint passwords; /* a bit for each class */
  gboolean unknown;
} Name;

struct HgLoginNames {
  GPtrArray *list;    /* Name, owned, in order of first failure */
  GHashTable *by_key; /* lower case -> Name, borrowed */
  guint named;
};

static void name_free(gpointer data) {
  Name *name = data;
  g_free(name->text);
  g_free(name);
}

HgLoginNames *hg_login_names_new(void) {
  HgLoginNames *names = g_new0(HgLoginNames, 1);
  names->list = g_ptr_array_new_with_free_func(name_free);
  names->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return names;
}

void hg_login_names_free(HgLoginNames *names) {
  g_hash_table_destroy(names->by_key);
  g_ptr_array_free(names->list, TRUE);
  g_free(names);
}

static const Name *name_at(const HgLoginNames *names, guint i) {
  return g_ptr_array_index(names->list, i);
}

void hg_login_names_add(HgLoginNames *names, gint64 time_ns, const char *user, char password,
                        gboolean unknown) {
  if (!user)
    return;
  char *key = g_utf8_casefold(user, -1);
  Name *name = g_hash_table_lookup(names->by_key, key);
  if (name) {
    g_free(key);
  } else {
    name = g_new0(Name, 1);
    name->text = g_strdup(user);
    name->first_ns = time_ns;
    g_ptr_array_add(names->list, name);
    g_hash_table_insert(names->by_key, key, name);
  }
  name->failures++;
  name->unknown |= unknown;
  if (password)
    name->passwords |= 1u << (password - 'a');
  names->named++;
}

guint hg_login_names_named(const HgLoginNames *names) {
  return names->named;
}

guint hg_login_names_count(const HgLoginNames *names) {
  return names->list->len;
}

guint hg_login_names_passwords(const HgLoginNames *names) {
  guint most = 0;
  for (guint i = 0; i < names->list->len; i++) {
    guint count = 0;
    for (guint left = name_at(names, i)->passwords; left; left &= left - 1)
      count++;
    most = MAX(most, count);
  }
  return most;
}

static gboolean is_few(const Name *name) {
  return name->failures <= HG_LOGIN_NAMES_FEW;
}

static gboolean is_unknown(const Name *name) {
  return name->unknown;
}

static guint busiest(const HgLoginNames *names, gboolean (*counts)(const Name *),
                     gint64 window_ns) {
  GArray *times = g_array_new(FALSE, FALSE, sizeof(gint64));
  for (guint i = 0; i < names->list->len; i++)
    if (counts(name_at(names, i)))
      g_array_append_val(times, name_at(names, i)->first_ns);
  const guint most = hg_statistics_busiest(times, window_ns);
  g_array_unref(times);
  return most;
}

guint hg_login_names_sprayed(const HgLoginNames *names, gint64 window_ns) {
  return busiest(names, is_few, window_ns);
}

guint hg_login_names_unknown(const HgLoginNames *names) {
  return busiest(names, is_unknown, HG_LOGIN_NAMES_UNKNOWN_NS);
}

char *hg_login_names_text(const HgLoginNames *names) {
  const guint total = names->list->len, shown = total > NAMED + 1 ? NAMED : total;
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < shown; i++)
    g_string_append_printf(text, "%s%s",
                           i == 0                             ? ""
                           : i + 1 == shown && shown == total ? " and "
                                                              : ", ",
                           name_at(names, i)->text);
  if (shown < total)
    g_string_append_printf(text, " and %u others", total - shown);
  return g_string_free(text, FALSE);
}
