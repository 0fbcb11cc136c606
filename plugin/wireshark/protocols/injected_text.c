/* injected_text.c - texts that are meant to be executed by their receiver
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "injected_text.h"

#include <string.h>

/* More of a text is not looked at, bytes. */
#define LONGEST 4096

/* --- patterns --- */

/* After what is written in comments to get past filters was made blank. A quote that ends what the server
 * wrote is the first one: languages of queries have pairs of them. Methods of programs sleep, too. */
static const char sql_pattern[] =
    "\\bunion\\s+(?:all\\s+|distinct\\s+)?select\\b"
    "|^[^'\"]*['\"]\\)*\\s*(?:or|and|xor|\\|\\||&&)\\s+\\(*['\"]?\\w+['\"]?\\s*(?:=|<|>|like\\b)"
    "|\\b(?:or|and)\\s+\\(*\\d+\\s*=\\s*\\d+"
    "|(?:(?<![.\\w])|\\bdbms_(?:lock|session)\\.)sleep\\s*\\("
    "|\\b(?:pg_sleep|benchmark|extractvalue|updatexml|load_file|xp_cmdshell|receive_message)\\s*\\("
    "|\\bwaitfor\\s+delay\\s+['\"]"
    "|\\b(?:from|join)\\s+information_schema\\."
    "|['\"]\\)*;\\s*(?:drop|insert|update|delete|exec|truncate|alter)\\s+\\w"
    "|^[^'\"]*['\"]\\)*\\s*(?:--|#)(?:\\s|$)"
    "|\\border\\s+by\\s+\\d+\\s*(?:--|#)"
    "|\\binto\\s+(?:out|dump)file\\b";

/* A statement as a whole. */
static const char statement_pattern[] =
    "^[^=]{0,64}=?\\s*(?:select|show|insert|update|delete|with|explain|describe|create|alter)\\s";

#define COMMANDS                                                                                   \
  "(?:/(?:usr/)?bin/)?(?:wget|curl|tftp|ftpget|nc|ncat|bash|sh|cat|id|uname|whoami|ping|sleep|ls|" \
  "rm|cd|chmod|echo|nslookup|expr|printf|perl|python3?|php|busybox|ifconfig|certutil|powershell)"

/* Lists and sentences, too, are parted by ";" and "|", so a command has an option, a path or a number
 * behind it; it needs none where a shell replaces it. */
static const char command_pattern[] =
    "(?:[;|]|&&)\\s*" COMMANDS "(?:\\s+|\\$\\{ifs\\})[-/.\\d$\"'(]"
    "|`\\s*" COMMANDS "\\b[^`]{0,200}`"
    "|\\$\\(\\s*" COMMANDS "\\b[^)]{0,200}\\)";

/* Where a command may begin: people search for the words within sentences. */
static const char execution_pattern[] =
    "(?:[;|`\\n]|&&|\\$\\()\\s*(?:/(?:usr/)?bin/)?(?:wget|curl|tftp|ftpget)(?:\\s|\\$\\{ifs\\})[^;|]{0,80}"
    "(?:://|\\d+\\.\\d+\\.\\d+\\.\\d+)"
    "|(?:^|[=;|`\\n&(/])\\s*cmd\\.exe\\??\\s*/c\\b"
    "|(?:^|[=;|`\\n&(/])\\s*cat(?:\\s+|\\$\\{ifs\\})/etc/(?:passwd|shadow)";

static const char system_file_pattern[] =
    "etc/passwd|etc/shadow|etc/hosts|proc/self/|win\\.ini|boot\\.ini|windows/system32|winnt/system32|"
    "\\.ssh/id_|web-inf/web\\.xml";

static gboolean matches(const char *pattern, GRegex **compiled, const char *text) {
  if (g_once_init_enter(compiled)) {
    GRegex *regex = g_regex_new(pattern, G_REGEX_RAW | G_REGEX_OPTIMIZE, 0, NULL);
    g_assert(regex != NULL); /* a programmer's error */
    g_once_init_leave(compiled, regex);
  }
  return g_regex_match(*compiled, text, 0, NULL);
}

static gboolean is_sql(const char *text) {
  static GRegex *sql, *statement;
  return strpbrk(text, "'\"( ;") != NULL && matches(sql_pattern, &sql, text) &&
         !matches(statement_pattern, &statement, text);
}

static gboolean is_execution(const char *text) {
  static GRegex *compiled;
  return matches(execution_pattern, &compiled, text);
}

static gboolean is_command(const char *text) {
  static GRegex *compiled;
  return strpbrk(text, ";|`$&\n") != NULL && matches(command_pattern, &compiled, text);
}

static gboolean names_system_file(const char *text) {
  static GRegex *compiled;
  return matches(system_file_pattern, &compiled, text);
}

/* --- look-ups of Log4j --- */

/* What a look-up becomes: "${lower:j}" and "${env:NOTHING:-j}" are "j". Replaces it. */
static void resolve(GString *text, gsize begin, gsize end) {
  g_autofree char *inside = g_strndup(text->str + begin + 2, end - begin - 2);
  const char *otherwise = strstr(inside, ":-");
  const char *value = otherwise != NULL                    ? otherwise + 2
                      : g_str_has_prefix(inside, "lower:") ? inside + 6
                      : g_str_has_prefix(inside, "upper:") ? inside + 6
                                                           : "";
  g_string_erase(text, (gssize)begin, (gssize)(end - begin + 1));
  g_string_insert(text, (gssize)begin, value);
}

/* `text` in lower case. Look-ups stand in look-ups, and are made from the inside out. */
static gboolean is_jndi(const char *text) {
  enum { DEEPEST = 64 };
  GString *left;
  gboolean found = FALSE;
  if (strstr(text, "${") == NULL)
    return FALSE;
  left = g_string_new(text);
  for (guint i = 0; i < DEEPEST && !found; i++) {
    const char *begin = g_strrstr(left->str, "${"), *end;
    if (begin == NULL)
      break;
    found = g_str_has_prefix(begin + 2, "jndi:");
    end = strchr(begin, '}');
    if (end == NULL)
      g_string_truncate(left, (gsize)(begin - left->str));
    else
      resolve(left, (gsize)(begin - left->str), (gsize)(end - left->str));
  }
  g_string_free(left, TRUE);
  return found;
}

/* --- paths --- */

static gboolean is_upwards(const char *name, gsize length) {
  return (length == 2 && memcmp(name, "..", 2) == 0) ||
         (length == 3 && memcmp(name, "..;", 3) == 0) || /* Tomcat drops what is behind ";" */
         (length == 4 && memcmp(name, "....", 4) == 0);  /* of "....//" a filter leaves "../" */
}

/* How many folders it leads above the one that it begins in. */
static gint levels_up(const char *path) {
  gint depth = 0, lowest = 0;
  for (const char *at = path; *at != '\0';) {
    const gsize length = strcspn(at, "/");
    if (is_upwards(at, length))
      depth--;
    else if (length > 0 && !(length == 1 && *at == '.'))
      depth++;
    lowest = MIN(lowest, depth);
    at += length;
    at += *at == '/';
  }
  return -lowest;
}

/* Pages lead one or two folders up, and clients resolve that before they ask (RFC 3986, 5.2.4). */
#define FAR 3
#define FAR_ENOUGH 2 /* to a file of the system */

static HgInjectionKind traversal_of(const char *text) {
  const gint levels = strstr(text, "..") != NULL ? levels_up(text) : 0;
  if (levels >= FAR_ENOUGH && names_system_file(text))
    return HG_INJECTION_FILE;
  return levels >= FAR ? HG_INJECTION_TRAVERSAL : HG_INJECTION_NONE;
}

/* --- decoding --- */

static guint8 next_byte(const guint8 *bytes, gsize length, gsize *at) {
  const gsize i = *at;
  if (bytes[i] == '%' && i + 2 < length && g_ascii_isxdigit(bytes[i + 1]) &&
      g_ascii_isxdigit(bytes[i + 2])) {
    *at = i + 3;
    return (guint8)(g_ascii_xdigit_value((char)bytes[i + 1]) * 16 +
                    g_ascii_xdigit_value((char)bytes[i + 2]));
  }
  *at = i + 1;
  return bytes[i];
}

static GString *percent_decoded(const guint8 *bytes, gsize length) {
  GString *plain = g_string_sized_new(length);
  for (gsize at = 0; at < length;)
    g_string_append_c(plain, (char)next_byte(bytes, length, &at));
  return plain;
}

/* What a server may take the text for: in lower case, "\" and the overlong "/" of old decoders as "/",
 * comments of SQL and NULs as blanks. (transfer full) */
static char *simplified(const char *bytes, gsize length) {
  GString *simple = g_string_sized_new(length);
  for (gsize i = 0; i < length; i++) {
    const gsize left = length - i;
    const char *comment = left > 3 && memcmp(bytes + i, "/*", 2) == 0
                              ? g_strstr_len(bytes + i + 2, (gssize)left - 2, "*/")
                              : NULL;
    if (comment != NULL) {
      g_string_append_c(simple, ' ');
      i = (gsize)(comment - bytes) + 1;
    } else if (left > 1 && memcmp(bytes + i, "\xc0\xaf", 2) == 0) {
      g_string_append_c(simple, '/');
      i++;
    } else if (bytes[i] == '\\') {
      g_string_append_c(simple, '/');
    } else {
      g_string_append_c(simple, bytes[i] == '\0' ? ' ' : g_ascii_tolower(bytes[i]));
    }
  }
  return g_string_free(simple, FALSE);
}

/* Encoded once or twice: who gets past a decoder by encoding twice has one more behind it. (transfer full) */
static char *decoded(const guint8 *bytes, gsize length, gboolean is_query) {
  GString *once = percent_decoded(bytes, length), *twice;
  char *text;
  for (gsize i = 0; is_query && i < once->len; i++)
    once->str[i] = once->str[i] == '+' ? ' ' : once->str[i];
  twice = percent_decoded((const guint8 *)once->str, once->len);
  text = simplified(twice->str, twice->len);
  g_string_free(once, TRUE);
  g_string_free(twice, TRUE);
  return text;
}

/* --- where it stands --- */

static HgInjectionKind kind_of(const char *text) {
  const char *value = strchr(text, '=');
  const HgInjectionKind traversal = traversal_of(value != NULL && *text != '/' ? value + 1 : text);
  if (is_jndi(text))
    return HG_INJECTION_JNDI;
  if (is_execution(text))
    return HG_INJECTION_EXECUTION;
  if (traversal == HG_INJECTION_FILE)
    return traversal;
  return is_sql(text) ? HG_INJECTION_SQL : is_command(text) ? HG_INJECTION_COMMAND : traversal;
}

/* The more certain of two. */
static HgInjectionKind stronger(HgInjectionKind a, HgInjectionKind b) {
  return a == HG_INJECTION_NONE ? b : b == HG_INJECTION_NONE ? a : MIN(a, b);
}

static gboolean is_plain(guint8 byte) {
  return g_ascii_isalnum(byte) || strchr("/-_.~?=&,:@#", byte) != NULL;
}

/* Most targets: nothing in it could be an injection. */
static gboolean is_harmless(const guint8 *target, gsize length) {
  for (gsize i = 0; i < length; i++) {
    if (!is_plain(target[i]) || (target[i] == '.' && i + 1 < length && target[i + 1] == '.'))
      return FALSE;
  }
  return TRUE;
}

HgInjectionKind hg_injected_in_target(const guint8 *target, gsize length) {
  HgInjectionKind found = HG_INJECTION_NONE;
  const guint8 *query;
  length = MIN(length, LONGEST);
  if (is_harmless(target, length))
    return HG_INJECTION_NONE;
  query = memchr(target, '?', length);
  for (gsize at = 0; at < length;) {
    const gboolean in_query = query != NULL && target + at > query;
    const guint8 *end = memchr(target + at, in_query ? '&' : '?', length - at);
    const gsize size = end != NULL ? (gsize)(end - target) - at : length - at;
    g_autofree char *text = decoded(target + at, size, in_query);
    found = stronger(found, kind_of(text));
    at += size + 1;
  }
  /* "cmd.exe?/c+dir": the command and its arguments are path and query. */
  if (query != NULL && found == HG_INJECTION_NONE) {
    g_autofree char *whole = decoded(target, length, TRUE);
    found = is_execution(whole) ? HG_INJECTION_EXECUTION : HG_INJECTION_NONE;
  }
  return found;
}

/* RFC 9110, 5.5: blanks before a value do not count. CVE-2014-6271: "() {" begins a function. */
static gboolean is_shell_shock(const char *head) {
  for (const char *at = strchr(head, ':'); at != NULL; at = strchr(at + 1, ':')) {
    const char *value = at + 1 + strspn(at + 1, " \t");
    if (g_str_has_prefix(value, "() {") || g_str_has_prefix(value, "(){"))
      return TRUE;
  }
  return FALSE;
}

HgInjectionKind hg_injected_in_fields(const guint8 *head, gsize length) {
  const guint8 *fields = memchr(head, '\n', length);
  g_autofree char *text = NULL;
  if (fields == NULL)
    return HG_INJECTION_NONE;
  length = MIN(length - (gsize)(fields - head), LONGEST);
  if (g_strstr_len((const char *)fields, (gssize)length, "${") == NULL &&
      g_strstr_len((const char *)fields, (gssize)length, "()") == NULL)
    return HG_INJECTION_NONE;
  text = simplified((const char *)fields, length);
  return is_jndi(text)          ? HG_INJECTION_JNDI
         : is_shell_shock(text) ? HG_INJECTION_SHELL_SHOCK
                                : HG_INJECTION_NONE;
}

HgInjectionKind hg_injected_in_user(const char *user) {
  g_autofree char *text = simplified(user, MIN(strlen(user), LONGEST));
  return is_jndi(text) ? HG_INJECTION_JNDI : is_sql(text) ? HG_INJECTION_SQL : HG_INJECTION_NONE;
}
