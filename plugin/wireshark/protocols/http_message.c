/* http_message.c - HTTP/1 requests and answers that begin with a segment
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "http_message.h"

#include <string.h>

#include "credential_keys.h"
#include "http_head.h"
#include "tally/types/address.h"
#include "tally/types/siphash.h"

static const char version[] = "HTTP/1.";

/* --- start lines --- */

static gboolean has_version(const guint8 *bytes, gsize length) {
  return length > strlen(version) && memcmp(bytes, version, strlen(version)) == 0;
}

/* "HTTP/1.1 200 OK" */
static gboolean read_answer(const guint8 *bytes, gsize length, HgHttpMessageStart *message) {
  enum { STATUS = 9, END = 12 };
  if (length < END || !has_version(bytes, length) || bytes[STATUS - 1] != ' ')
    return FALSE;
  for (guint i = STATUS; i < END; i++) {
    if (!g_ascii_isdigit(bytes[i]))
      return FALSE;
    message->status = message->status * 10 + (guint)(bytes[i] - '0');
  }
  return message->status >= 100;
}

/* "GET /a HTTP/1.1". Blanks within the target are against the rules (RFC 9112, 3.2), and are sent all the
 * same. */
static gboolean read_request(const guint8 *bytes, gsize length, HgHttpMessageStart *message) {
  enum { LONGEST_METHOD = 16, VERSION = 9 /* " HTTP/1.1" */ };
  gsize method = 0, end;
  const guint8 *line;
  while (method < length && method <= LONGEST_METHOD && g_ascii_isupper(bytes[method]))
    method++;
  if (method < 3 || method > LONGEST_METHOD || method >= length || bytes[method] != ' ')
    return FALSE;
  line = memchr(bytes, '\n', length);
  if (line == NULL)
    return FALSE;
  end = (gsize)(line - bytes);
  end -= bytes[end - 1] == '\r';
  if (end < method + 2 + VERSION || bytes[end - VERSION] != ' ' ||
      !has_version(bytes + end - VERSION + 1, VERSION - 1))
    return FALSE;
  message->method = (HgHttpText){bytes, method};
  message->target = (HgHttpText){bytes + method + 1, end - VERSION - method - 1};
  return TRUE;
}

gboolean hg_http_message_read(const guint8 *bytes, gsize length, HgHttpMessageStart *message) {
  if (length < 12 || !g_ascii_isupper(bytes[0]))
    return FALSE;
  *message = (HgHttpMessageStart){0};
  if (!read_answer(bytes, length, message) && !read_request(bytes, length, message))
    return FALSE;
  gsize head;
  const gboolean ends = hg_http_head_end(bytes, length, &head, &message->body);
  message->head = (HgHttpText){bytes, ends ? head : length};
  return TRUE;
}

gsize hg_http_chunk_head(const guint8 *bytes, gsize length) {
  enum { LONGEST = 16 };
  gsize digits = 0;
  while (digits < MIN(length, LONGEST) && g_ascii_isxdigit(bytes[digits]))
    digits++;
  return digits > 0 && digits + 1 < length && memcmp(bytes + digits, "\r\n", 2) == 0 ? digits + 2
                                                                                     : 0;
}

HgHttpText hg_http_message_body(const HgHttpMessageStart *message, const guint8 *bytes,
                                gsize length) {
  gsize begin = message->body;
  if (begin == 0 || begin >= length)
    return (HgHttpText){0};
  begin += hg_http_chunk_head(bytes + begin, length - begin);
  return (HgHttpText){bytes + begin, length - begin};
}

/* --- targets --- */

HgHttpText hg_http_target_path(HgHttpText target) {
  const char *scheme = g_strstr_len((const char *)target.bytes, (gssize)target.length, "://");
  gsize begin = 0, end;
  if (target.length > 0 && target.bytes[0] != '/' && scheme != NULL) {
    begin = (gsize)(scheme + 3 - (const char *)target.bytes);
    while (begin < target.length && target.bytes[begin] != '/')
      begin++;
  }
  for (end = begin; end < target.length && target.bytes[end] != '?' && target.bytes[end] != '#';)
    end++;
  return (HgHttpText){target.bytes + begin, end - begin};
}

char *hg_http_authority_host(const char *authority, gsize length) {
  char *whole = g_strndup(authority, length);
  const char *user = strrchr(whole, '@');
  const char *host = user != NULL ? user + 1 : whole;
  char *name = *host == '[' ? g_strndup(host + 1, strcspn(host + 1, "]"))
                            : g_strndup(host, strcspn(host, ":"));
  g_free(whole);
  const gsize end = strcspn(name, "/?#\\;&= \t");
  if (end > 0 && name[end + strspn(name + end, " \t")] == '\0') /* blanks may follow the value */
    return name;
  g_free(name);
  return NULL;
}

gboolean hg_http_host_is_address(const char *host) {
  HgAddressBuffer buffer;
  HgAddress address;
  return hg_address_parse(host, &address, &buffer) && address.kind != HG_ADDRESS_OTHER;
}

/* --- digests --- */

/* Git, checksums and build caches name things by 128 bits and more: 32 letters of base 16 or 32. */
#define DIGEST_WORD 32

/* A hash of bytes, eight of them a word. */
typedef struct {
  HgSipHash hash;
  guint64 word;
  guint filled;
} ByteHash;

static ByteHash begin_hash(void) {
  static const guint64 key[2] = {G_GUINT64_CONSTANT(0x687474702d706174),
                                 G_GUINT64_CONSTANT(0x682d646967657374)};
  ByteHash hash = {0};
  hg_siphash_init(&hash.hash, key);
  return hash;
}

static void add_byte(ByteHash *hash, guint8 byte) {
  hash->word = hash->word << 8 | byte;
  if (++hash->filled == 8) {
    hg_siphash_add(&hash->hash, hash->word);
    hash->word = 0;
    hash->filled = 0;
  }
}

static void add_bytes(ByteHash *hash, const guint8 *bytes, gsize length) {
  for (gsize i = 0; i < length; i++)
    add_byte(hash, bytes[i]);
}

static guint64 end_hash(ByteHash *hash) {
  guint64 result[2];
  hg_siphash_add(&hash->hash, hash->word);
  hg_siphash_add(&hash->hash, hash->filled);
  hg_siphash_result(&hash->hash, result);
  return result[0];
}

/* The run of letters and digits at `at`; `*digits`: of these. */
static gsize run_length(HgHttpText path, gsize at, gsize *digits) {
  gsize end = at;
  *digits = 0;
  for (; end < path.length && g_ascii_isalnum(path.bytes[end]); end++)
    *digits += g_ascii_isdigit(path.bytes[end]);
  return end - at;
}

static gboolean is_digest(gsize run, gsize digits) {
  return run >= DIGEST_WORD && digits > 0;
}

/* Stores part what they hold into folders by the first digits: "/d4/1d8cd98f...". Longer ones are words. */
#define DIGEST_FOLDER 3

/* Whether such folders, from `at` on, lead to a digest. `run`: of the first one. */
static gboolean leads_to_digest(HgHttpText path, gsize at, gsize run) {
  gsize digits = 0;
  for (; run > 0 && run <= DIGEST_FOLDER; run = run_length(path, at, &digits)) {
    for (gsize i = at; i < at + run; i++)
      if (!g_ascii_isxdigit(path.bytes[i]))
        return FALSE;
    at += run;
    if (at >= path.length || path.bytes[at] != '/')
      return FALSE;
    at++;
  }
  return is_digest(run, digits);
}

guint64 hg_http_path_digest(HgHttpText path) {
  ByteHash hash = begin_hash();
  gsize digits;
  for (gsize at = 0; at < path.length;) {
    const gsize run = run_length(path, at, &digits);
    if (leads_to_digest(path, at, run))
      add_byte(&hash, 'f');
    else if (run > 0 && digits == run)
      add_byte(&hash, '0');
    else if (is_digest(run, digits))
      add_byte(&hash, 'f');
    else
      add_bytes(&hash, path.bytes + at, MAX(run, 1));
    at += MAX(run, 1);
  }
  return end_hash(&hash);
}

guint64 hg_http_target_digest(HgHttpText target) {
  ByteHash hash = begin_hash();
  gsize end;
  for (gsize at = 0; at < target.length; at = end + 1) {
    const guint8 *part = target.bytes + at, *equals;
    for (end = at; end < target.length && strchr("?&;", target.bytes[end]) == NULL;)
      end++;
    equals = memchr(part, '=', end - at);
    if (equals != NULL && hg_key_is_secret((const char *)part, (gsize)(equals - part)))
      add_bytes(&hash, part, (gsize)(equals - part) + 1);
    else
      add_bytes(&hash, part, end - at);
    add_byte(&hash, '&');
  }
  return end_hash(&hash);
}
