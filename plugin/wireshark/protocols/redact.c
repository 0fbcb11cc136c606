/* redact.c - takes secrets out of Info texts, so that no password leaves the Wireshark adapter
 *
 * Wireshark writes the requests of text protocols into the Info column as they are: "PASS
 * p@ssw0rd", "LOGIN user password", GET with a password in its address. Two ways of finding them:
 * the commands of protocols with logins, and, anywhere, a value after a key such as "password=".
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "redact.h"

#include <string.h>

#include "credential_keys.h"

#define HIDDEN "***"

typedef enum {
  AFTER_COMMAND, /* all that follows the command */
  AFTER_WORD,    /* all that follows the word after the command: a user name or a mechanism */
} Secret;

static const struct {
  const char *command;
  Secret secret;
} commands[] = {
    {"PASS", AFTER_COMMAND},     {"ACCT", AFTER_COMMAND},     {"AUTH", AFTER_WORD},
    {"APOP", AFTER_WORD},        {"LOGIN", AFTER_WORD},       {"AUTHENTICATE", AFTER_WORD},
    {"AUTHINFO", AFTER_WORD},    {"OPER", AFTER_WORD},        {"ADAT", AFTER_COMMAND},
    {"IDENTIFY", AFTER_COMMAND}, {"NICKSERV", AFTER_COMMAND}, {"PASS:", AFTER_COMMAND},
};

/* Commands of one word that a client of POP3, IMAP or SMTP sends. */
static const char *const bare_commands[] = {
    "STAT", "LIST", "UIDL", "QUIT", "NOOP", "RSET", "CAPA", "STLS",     "LAST", "AUTH", "UTF8",
    "DATA", "EHLO", "HELO", "HELP", "DONE", "TURN", "ETRN", "STARTTLS", "BDAT", ".",    "*",
};

static gboolean is_word(const char *text, gsize length, const char *word) {
  return strlen(word) == length && g_ascii_strncasecmp(text, word, length) == 0;
}

static gsize word_length(const char *text) {
  return strcspn(text, " ");
}

static const char *skip_words(const char *text, guint words) {
  for (; words > 0; words--) {
    text += word_length(text);
    text += strspn(text, " ");
  }
  return text;
}

/* Where the secret of a request line begins; NULL: it has none. */
static const char *secret_in_line(const char *line, gboolean sasl) {
  const gsize first = word_length(line);
  /* The command is the first word, or, after a tag (IMAP) or prefix (IRC), one of the next. */
  const char *word = line;
  for (guint place = 0; place < 3 && *word != '\0'; place++, word = skip_words(word, 1)) {
    for (guint i = 0; i < G_N_ELEMENTS(commands); i++) {
      const char *secret;
      const char *bare = word + strspn(word, "(:");
      if (!is_word(bare, strcspn(bare, " )"), commands[i].command))
        continue;
      secret = skip_words(word, 1 + (guint)commands[i].secret);
      return *secret != '\0' ? secret : NULL;
    }
  }
  if (!sasl || first == 0 || line[first] != '\0')
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS(bare_commands); i++) {
    if (is_word(line, first, bare_commands[i]))
      return NULL;
  }
  return line;
}

/* "***" instead of everything from `from` on. */
static const char *cut(const char *info, const char *from, GString *buffer) {
  g_string_truncate(buffer, 0);
  g_string_append_len(buffer, info, from - info);
  g_string_append(buffer, HIDDEN);
  return buffer->str;
}

static const char *redact_command(const HgInfoSecrets *const *secrets, const char *protocol,
                                  const char *info, GString *buffer) {
  for (; *secrets != NULL; secrets++) {
    const char *secret;
    gsize length;
    if (*protocol != *(*secrets)->column || /* spares nearly every packet the rest */
        !g_str_has_prefix(protocol, (*secrets)->column) ||
        !g_str_has_prefix(info, (*secrets)->before))
      continue;
    length = strlen((*secrets)->before);
    secret = secret_in_line(info + length + strspn(info + length, " "), (*secrets)->sasl);
    return secret != NULL ? cut(info, secret, buffer) : info;
  }
  return info;
}

static gboolean is_key_character(char c) {
  return g_ascii_isalnum(c) || strchr("_-.[]%$", c) != NULL;
}

/* Copies `info` and hides the values of secret keys ("password=x", "Password: 'x'"), and the
 * password in "scheme://user:password@host". */
static const char *redact_values(const char *info, GString *buffer) {
  g_string_truncate(buffer, 0);
  for (const char *at = info; *at != '\0';) {
    const char *end = at;
    if (g_str_has_prefix(at, "://")) {
      const gsize authority = strcspn(at + 3, "/ ?#"), user = strcspn(at + 3, ":@/ ?#");
      const char *host = g_strrstr_len(at + 3, (gssize)authority, "@");
      if (host != NULL && user < (gsize)(host - at) - 3 && at[3 + user] == ':') {
        g_string_append_len(buffer, at, (gssize)user + 4);
        g_string_append(buffer, HIDDEN);
        at = host;
        continue;
      }
    }
    while (*end != '\0' && is_key_character(*end))
      end++;
    if (end == at) {
      g_string_append_c(buffer, *at++);
      continue;
    }
    g_string_append_len(buffer, at, end - at);
    if (strchr("=:", *end) != NULL && *end != '\0' && hg_key_is_secret(at, (gsize)(end - at))) {
      const char *value = end + 1 + strspn(end + 1, " ");
      const gboolean quoted = *value == '\'' || *value == '"';
      g_string_append_len(buffer, end, value - end);
      g_string_append(buffer, HIDDEN);
      /* A quote may be part of the password: hide all. */
      value += quoted ? strlen(value) : strcspn(value, "& ;");
      end = value;
    }
    at = end;
  }
  return strcmp(buffer->str, info) == 0 ? info : buffer->str;
}

/* Cheap test that rules out nearly every text: a key that could be secret, or an "@" in a URI. */
static gboolean may_hold_value(const char *info) {
  for (const char *at = strpbrk(info, "=@:"); at != NULL; at = strpbrk(at + 1, "=@:")) {
    const char *key = at;
    if (*at == '@' && strstr(info, "://") != NULL)
      return TRUE;
    while (key > info && is_key_character(key[-1]))
      key--;
    if (at - key >= 3 && hg_key_is_secret(key, (gsize)(at - key)))
      return TRUE;
  }
  return FALSE;
}

const char *hg_redact(const HgInfoSecrets *const *secrets, const char *protocol, const char *info,
                      GString *buffer) {
  const char *redacted;
  if (protocol == NULL || info == NULL || strcmp(protocol, "TCP") == 0)
    return info;
  redacted = redact_command(secrets, protocol, info, buffer);
  if (redacted != info || !may_hold_value(info))
    return redacted;
  return redact_values(info, buffer);
}
