/* info_text.c - what may be kept of the text in the Info column
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "info_text.h"

#include <string.h>

#include "url_text.h"

#define LEFT_OUT "..."

const char *hg_info_keep_name(HgInfoKeep keep) {
  static const char *const names[] = {"nothing", "whole",   "ports",  "label",
                                      "status",  "command", "request"};
  return names[keep];
}

/* --- ports --- */

/* Past the notes in brackets that the TCP dissector puts first: "[TCP Retransmission] ". */
static const char *skip_notes(const char *info) {
  while (*info == '[') {
    const char *end = info;
    while (*end != '\0' && *end != ']')
      end++;
    if (*end == '\0')
      return info;
    info = end + 1 + strspn(end + 1, " ,");
  }
  return info;
}

/* A port, by its number or the name that services have: "https(443)". */
static const char *skip_port(const char *text) {
  const char *end = text;
  while (g_ascii_isdigit(*end)) /* nearly all ports are numbers */
    end++;
  if (end > text && *end == ' ')
    return end;
  while (g_ascii_isalnum(*end) || (*end != '\0' && strchr("-_.()", *end) != NULL))
    end++;
  return end > text ? end : NULL;
}

static gboolean has_ports(const char *info) {
  static const char *const arrows[] = {" \xe2\x86\x92 ", " > "};
  const char *end = skip_port(skip_notes(info));
  for (guint i = 0; end != NULL && i < G_N_ELEMENTS(arrows); i++) {
    if (g_str_has_prefix(end, arrows[i])) {
      end = skip_port(end + strlen(arrows[i]));
      return end != NULL &&
             (*end == '\0' || g_str_has_prefix(end, " [") || g_str_has_prefix(end, " Len="));
    }
  }
  return FALSE;
}

/* --- labels --- */

static gboolean is_among(const char *const *list, const char *word, gsize length) {
  for (; *list != NULL; list++) {
    if (strlen(*list) == length && g_ascii_strncasecmp(*list, word, length) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean is_in_label(char c) {
  return g_ascii_isalnum(c) || (c != '\0' && strchr(" _-", c) != NULL);
}

/* Bytes of the words at the beginning. A word that goes on as something else ("User:", "C:\\x") is none of them;
 * one that a list or a number in brackets follows is. */
static gsize label_length(const char *info) {
  gsize length = 0, words = 0;
  for (; is_in_label(info[length]); length++) {
    if (info[length] == ' ')
      words = length;
  }
  return info[length] == '\0' || strchr(",;([", info[length]) != NULL ? length : words;
}

/* A number in brackets: "(3)". */
static gsize skip_number(const char *text) {
  gsize length = 1;
  if (*text != '(')
    return 0;
  while (g_ascii_isdigit(text[length]))
    length++;
  return length > 1 && text[length] == ')' ? length + 1 : 0;
}

/* Bytes up to the end of the last of the words that are in the list, with what stands between them. */
static gsize vocabulary_length(const char *const *vocabulary, const char *info) {
  gsize length = 0, at = 0;
  for (;;) {
    const gsize number = skip_number(info + at);
    at += number;
    length = number > 0 ? at : length;
    at += strspn(info + at, " :,;");
    const gsize word = strcspn(info + at, " :,;()[]");
    if (word == 0 || !is_among(vocabulary, info + at, word))
      return length;
    at += word;
    length = at;
  }
}

static gsize constant_length(const char *text) {
  gsize length = 0;
  while (g_ascii_isupper(text[length]) || g_ascii_isdigit(text[length]) || text[length] == '_')
    length++;
  return length;
}

/* Bytes of ", NTLMSSP_AUTH" and the like behind a label, up to a status: ", Error: STATUS_PENDING". What follows a word
 * such as "File:" is a name that somebody gave. */
static gsize status_length(const char *info, gsize label) {
  gsize at = label;
  while (g_str_has_prefix(info + at, ", ")) {
    const gsize before = at;
    at += strlen(", ");
    if (g_str_has_prefix(info + at, "Error: STATUS_"))
      return at + strlen("Error: ") + constant_length(info + at + strlen("Error: "));
    if (!g_str_has_prefix(info + at, "NTLMSSP_"))
      return before;
    at += constant_length(info + at);
  }
  return at;
}

static const char *keep_bytes(const char *info, gsize length, GString *buffer) {
  while (length > 0 && !g_ascii_isalnum(info[length - 1]) && info[length - 1] != ')')
    length--;
  if (info[length] == '\0')
    return length > 0 ? info : NULL;
  g_string_truncate(buffer, 0);
  g_string_append_len(buffer, info, (gssize)length);
  return length > 0 ? buffer->str : NULL;
}

/* --- lines --- */

static gsize word_length(const char *text) {
  return strcspn(text, " \t\r\n");
}

static gboolean is_code(const char *word, gsize length) {
  return length == 3 && g_ascii_isdigit(word[0]) && g_ascii_isdigit(word[1]) &&
         g_ascii_isdigit(word[2]);
}

/* Finds the command or the code, which may stand behind a tag (IMAP) or a prefix (IRC); NULL: none does. */
static const char *find_command(const char *const *commands, const char *line, gsize *length) {
  for (guint place = 0; place < 2 && *line != '\0'; place++) {
    const char *bare = line + strspn(line, "(:");
    *length = strcspn(bare, " \t\r\n)-");
    if (is_code(bare, *length) && place == 0)
      return bare;
    *length = strcspn(bare, " \t\r\n)");
    if (is_among(commands, bare, *length))
      return bare;
    line += word_length(line);
    line += strspn(line, " \t");
  }
  return NULL;
}

/* Info says whose line it is: "Request: ", "C: ". */
static const char *command(const char *const *commands, const char *info, GString *buffer) {
  static const char *const speakers[] = {
      "Request: ", "Response: ", "C: ", "S: ", "Request ", "Response ", "Request", "Response"};
  const char *line = info, *found;
  gsize length;
  for (guint i = 0; i < G_N_ELEMENTS(speakers) && line == info; i++) {
    if (g_str_has_prefix(info, speakers[i]))
      line = info + strlen(speakers[i]);
  }
  g_string_truncate(buffer, 0);
  g_string_append_len(buffer, info, line - info);
  line += strspn(line, " \t");
  found = find_command(commands, line, &length);
  if (found != NULL)
    g_string_append_len(buffer, found, (gssize)length);
  if (found == NULL || found[length] != '\0')
    g_string_append(buffer, found != NULL ? " " LEFT_OUT : LEFT_OUT);
  return buffer->str;
}

/* --- request lines --- */

static gboolean is_method(const char *word, gsize length) {
  static const char *const methods[] = {
      /* IANA's registry of HTTP methods, RTSP (RFC 7826), SIP (IANA), SSDP, ICAP (RFC 3507) */
      "ACL",
      "BASELINE-CONTROL",
      "BIND",
      "CHECKIN",
      "CHECKOUT",
      "CONNECT",
      "COPY",
      "DELETE",
      "GET",
      "HEAD",
      "LABEL",
      "LINK",
      "LOCK",
      "MERGE",
      "MKACTIVITY",
      "MKCALENDAR",
      "MKCOL",
      "MKREDIRECTREF",
      "MKWORKSPACE",
      "MOVE",
      "OPTIONS",
      "ORDERPATCH",
      "PATCH",
      "POST",
      "PRI",
      "PROPFIND",
      "PROPPATCH",
      "PUT",
      "REBIND",
      "REPORT",
      "SEARCH",
      "TRACE",
      "UNBIND",
      "UNCHECKOUT",
      "UNLINK",
      "UNLOCK",
      "UPDATE",
      "VERSION-CONTROL",
      "DESCRIBE",
      "ANNOUNCE",
      "SETUP",
      "PLAY",
      "PAUSE",
      "TEARDOWN",
      "GET_PARAMETER",
      "SET_PARAMETER",
      "REDIRECT",
      "RECORD",
      "INVITE",
      "ACK",
      "BYE",
      "CANCEL",
      "REGISTER",
      "PRACK",
      "SUBSCRIBE",
      "NOTIFY",
      "PUBLISH",
      "INFO",
      "REFER",
      "MESSAGE",
      "M-SEARCH",
      "REQMOD",
      "RESPMOD",
      "UNSUBSCRIBE",
      NULL,
  };
  return is_among(methods, word, length);
}

static gboolean is_version(const char *word, gsize length) {
  static const char *const versions[] = {"HTTP/", "RTSP/", "SIP/", "ICAP/"};
  for (guint i = 0; i < G_N_ELEMENTS(versions); i++) {
    const gsize name = strlen(versions[i]);
    if (length == name + 3 && strncmp(word, versions[i], name) == 0 &&
        g_ascii_isdigit(word[name]) && word[name + 1] == '.' && g_ascii_isdigit(word[name + 2]))
      return TRUE;
  }
  return FALSE;
}

static const char *skip_word(const char *text) {
  text += word_length(text);
  return text + strspn(text, " ");
}

/* "HTTP/1.1 200"; the phrase behind it is the server's to choose. */
static gboolean append_status(GString *out, const char *line) {
  const char *code = skip_word(line);
  if (is_version(line, word_length(line)) && is_code(code, word_length(code))) {
    g_string_append_len(out, line, (gssize)word_length(line));
    g_string_append_printf(out, " %.3s", code);
    return TRUE;
  }
  if (is_code(line, word_length(line))) { /* "Status: 200 OK" */
    g_string_append_printf(out, "%.3s", line);
    return TRUE;
  }
  return FALSE;
}

static gboolean append_request(GString *out, const char *line) {
  const gsize method = word_length(line);
  const char *target = skip_word(line), *version = skip_word(target);
  if (!is_method(line, method))
    return FALSE;
  g_string_append_len(out, line, (gssize)method);
  if (*target == '\0')
    return TRUE;
  g_string_append_c(out, ' ');
  hg_url_text_append(out, target, word_length(target));
  if (is_version(version, word_length(version))) {
    g_string_append_c(out, ' ');
    g_string_append_len(out, version, (gssize)word_length(version));
  } else if (*version != '\0') {
    g_string_append(out, " " LEFT_OUT);
  }
  return TRUE;
}

/* SIP and RTSP say whose line it is, too. */
static const char *request(const char *info, GString *buffer) {
  static const char continuation[] = "Continuation";
  static const char *const speakers[] = {"Request: ", "Status: ", "Reply: "};
  const char *line = info;
  for (guint i = 0; i < G_N_ELEMENTS(speakers) && line == info; i++) {
    if (g_str_has_prefix(info, speakers[i]))
      line = info + strlen(speakers[i]);
  }
  if (g_str_has_prefix(info, continuation))
    return continuation;
  g_string_truncate(buffer, 0);
  g_string_append_len(buffer, info, line - info);
  return append_status(buffer, line) || append_request(buffer, line) ? buffer->str : NULL;
}

const char *hg_info_text(const HgInfoPolicy *policy, const char *info, GString *buffer) {
  if (policy == NULL || info == NULL)
    return NULL;
  switch (policy->keep) {
  case HG_INFO_WHOLE:
    return info;
  case HG_INFO_PORTS:
    return has_ports(info) ? info : request(skip_notes(info), buffer);
  case HG_INFO_LABEL:
    info = skip_notes(info);
    return keep_bytes(
        info, policy->words != NULL ? vocabulary_length(policy->words, info) : label_length(info),
        buffer);
  case HG_INFO_STATUS:
    info = skip_notes(info);
    return keep_bytes(info, status_length(info, label_length(info)), buffer);
  case HG_INFO_COMMAND:
    return command(policy->words, skip_notes(info), buffer);
  case HG_INFO_REQUEST:
    return request(skip_notes(info), buffer);
  case HG_INFO_NOTHING:
    break;
  }
  return NULL;
}
