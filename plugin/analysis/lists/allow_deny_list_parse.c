/* allow_deny_list_parse.c - reads the text of a list
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "allow_deny_list_private.h"

#include "analysis/contract/rule.h"

#include <string.h>

#define DOMAIN_MAX 253 /* RFC 1035 */
#define LABEL_MAX 63

/* --- one entry --- */

/* Domains have letters, digits, "-" and "_" (in service names). The last label must have a letter;
 * else the text is a malformed address. */
static const char *check_domain(const char *domain) {
  gsize label = 0;
  gboolean letter = FALSE;
  if (strlen(domain) > DOMAIN_MAX)
    return "a domain has at most 253 characters";
  for (const char *at = domain;; at++) {
    if (*at == '.' || *at == '\0') {
      if (label == 0 || label > LABEL_MAX)
        return "a domain has labels of 1 to 63 characters";
      if (*at == '\0')
        break;
      label = 0;
      letter = FALSE;
      continue;
    }
    if (!g_ascii_isalnum(*at) && *at != '-' && *at != '_')
      return "neither an address, a network, a MAC nor a domain";
    letter |= g_ascii_isalpha(*at);
    label++;
  }
  return letter ? NULL : "neither an address, a network, a MAC nor a domain";
}

static const char *parse_domain(const char *word, HgListEntry *entry, char **domain) {
  word += g_str_has_prefix(word, "*.") ? 2 : *word == '.' ? 1 : 0;
  char *ascii = g_utf8_validate(word, -1, NULL) ? g_hostname_to_ascii(word) : NULL;
  char *name = ascii ? g_ascii_strdown(ascii, -1) : NULL;
  g_free(ascii);
  if (!name)
    return "neither an address, a network, a MAC nor a domain";
  if (g_str_has_suffix(name, "."))
    name[strlen(name) - 1] = '\0';
  const char *why = check_domain(name);
  if (why) {
    g_free(name);
    return why;
  }
  entry->network = (HgNetwork){0};
  *domain = name;
  return NULL;
}

const char *hg_list_entry_parse(const char *word, HgListEntry *entry, char **domain) {
  g_autofree char *before = g_strndup(word, strcspn(word, "/"));
  HgAddressBuffer buffer;
  HgAddress address;
  *domain = NULL;
  if (hg_address_parse(before, &address, &buffer) && hg_network_address_bits(address.kind) > 0)
    return hg_network_parse(word, &entry->network);
  return parse_domain(word, entry, domain);
}

/* --- one line --- */

static gboolean fail(GError **error, guint line, const char *word, const char *why) {
  char *shown = g_utf8_make_valid(word, -1), *escaped = g_strescape(shown, NULL);
  g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "line %u: \"%.100s\": %s", line, escaped,
              why);
  g_free(shown);
  g_free(escaped);
  return FALSE;
}

static gboolean take_rule(const char *word, const HgRule *const *rules, HgListEntry *entry,
                          GError **error) {
  if (!g_str_has_prefix(word, "rule="))
    return fail(error, entry->line, word,
                "after the entry there can be only rule=ID and a # comment");
  if (!rules)
    return fail(error, entry->line, word, "only an allow list can name rules");
  entry->rule = hg_rule_find_among(rules, word + strlen("rule="));
  if (!entry->rule)
    return fail(error, entry->line, word, "there is no such rule");
  return TRUE;
}

/* Splits at blanks. A word that begins with "#" starts a comment. (transfer full, char *) */
static GPtrArray *split_words(char *line) {
  GPtrArray *words = g_ptr_array_new();
  for (char *at = line; *at;) {
    at += strspn(at, " \t\r\f\v");
    if (*at == '#' || *at == '\0')
      break;
    g_ptr_array_add(words, at);
    at += strcspn(at, " \t\r\f\v");
    if (*at)
      *at++ = '\0';
  }
  return words;
}

/* Modifies `line`. */
static gboolean add_line(HgAllowDenyList *list, const char *file, guint number, char *line,
                         const HgRule *const *rules, GError **error) {
  GPtrArray *words = split_words(line);
  HgListEntry entry = {.file = file, .line = number};
  char *domain = NULL;
  gboolean good = TRUE;
  if (words->len > 0) {
    const char *word = g_ptr_array_index(words, 0);
    const char *why = hg_list_entry_parse(word, &entry, &domain);
    good = !why || fail(error, number, word, why);
    if (good && words->len == 1)
      hg_allow_deny_list_insert(list, &entry, domain);
  }
  for (guint i = 1; good && i < words->len; i++) {
    good = take_rule(g_ptr_array_index(words, i), rules, &entry, error);
    if (good)
      hg_allow_deny_list_insert(list, &entry, domain);
  }
  g_free(domain);
  g_ptr_array_unref(words);
  return good;
}

gboolean hg_allow_deny_list_add(HgAllowDenyList *list, const char *file, const char *text,
                                gsize length, const HgRule *const *rules, GError **error) {
  const char *path = hg_allow_deny_list_file(list, file), *end = text + length;
  GString *line = g_string_new(NULL);
  gboolean good = TRUE;
  guint number = 0;
  if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) /* a byte order mark */
    text += 3;
  while (good && text < end) {
    const char *newline = memchr(text, '\n', (gsize)(end - text));
    const gsize size = (gsize)((newline ? newline : end) - text);
    number++;
    if (memchr(text, '\0', size)) {
      g_set_error(error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
                  "line %u: there is a zero byte: not a text file", number);
      good = FALSE;
      break;
    }
    g_string_truncate(line, 0);
    g_string_append_len(line, text, (gssize)size);
    good = add_line(list, path, number, line->str, rules, error);
    text += size + 1;
  }
  g_string_free(line, TRUE);
  return good;
}
