/* stratum.c - Stratum, what miners and mining pools say to each other
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stratum.h"

#include <string.h>

/* Deeper messages are none of Stratum's. */
#define MAX_DEPTH 8

/* What tells a message, by a member's name or a method. */
enum {
  MINING = 1 << 0, /* a method that only Stratum has */
  LOGIN = 1 << 1,  /* the method of that name */
  WALLET = 1 << 2, /* members of its parameters: the wallet is called "login", too */
  PASS = 1 << 3,
  AGENT = 1 << 4,
  JOB_ID = 1 << 5, /* members of a job */
  BLOB = 1 << 6,
  TARGET = 1 << 7
};

typedef struct {
  const char *text;
  guint tells;
} Word;

/* The pages on Stratum of Slush Pool (2012) and NiceHash; ethereum-mining-stratum. */
static const Word methods[] = {{"mining.subscribe", MINING},
                               {"mining.authorize", MINING},
                               {"mining.submit", MINING},
                               {"mining.notify", MINING},
                               {"mining.set_difficulty", MINING},
                               {"mining.set_target", MINING},
                               {"mining.set_extranonce", MINING},
                               {"mining.extranonce.subscribe", MINING},
                               {"mining.configure", MINING},
                               {"mining.hello", MINING},
                               {"mining.suggest_difficulty", MINING},
                               {"mining.suggest_target", MINING},
                               {"eth_submitLogin", MINING},
                               {"login", LOGIN}};

/* XMRig's page on its dialect of Stratum. */
static const Word members[] = {{"login", WALLET},  {"pass", PASS}, {"agent", AGENT},
                               {"job_id", JOB_ID}, {"blob", BLOB}, {"target", TARGET}};

static guint look_up(const Word *words, guint count, const guint8 *text, gsize length) {
  for (guint i = 0; i < count; i++) {
    if (strlen(words[i].text) == length && memcmp(words[i].text, text, length) == 0)
      return words[i].tells;
  }
  return 0;
}

typedef struct {
  const guint8 *at, *end;
  guint depth;
  gboolean is_object[MAX_DEPTH]; /* by depth; else an array */
  gboolean is_name;              /* a string that comes next is a member's name */
  gboolean is_method;            /* a string that comes next is the method */
  guint told;
} Scan;

static void scan_text(Scan *scan, const guint8 *text, gsize length) {
  if (scan->is_name) {
    scan->is_method =
        scan->depth == 1 && length == strlen("method") && memcmp(text, "method", length) == 0;
    if (scan->depth > 1)
      scan->told |= look_up(members, G_N_ELEMENTS(members), text, length);
  } else if (scan->is_method) {
    scan->told |= look_up(methods, G_N_ELEMENTS(methods), text, length);
    scan->is_method = FALSE;
  }
}

/* FALSE: its end was not captured. */
static gboolean scan_string(Scan *scan) {
  const guint8 *text = scan->at;
  for (; scan->at < scan->end && *scan->at != '"'; scan->at++)
    scan->at += *scan->at == '\\' && scan->at + 1 < scan->end;
  if (scan->at >= scan->end)
    return FALSE;
  scan_text(scan, text, (gsize)(scan->at++ - text));
  return TRUE;
}

/* FALSE: the message ends here, or is none. */
static gboolean scan_byte(Scan *scan) {
  const guint8 byte = *scan->at++;
  switch (byte) {
  case '{':
  case '[':
    if (scan->depth == MAX_DEPTH)
      return FALSE;
    scan->is_object[scan->depth++] = byte == '{';
    scan->is_name = byte == '{';
    scan->is_method = FALSE;
    return TRUE;
  case '}':
  case ']':
    scan->is_name = FALSE;
    return --scan->depth > 0;
  case ',':
    scan->is_name = scan->is_object[scan->depth - 1];
    scan->is_method = FALSE;
    return TRUE;
  case ':':
    scan->is_name = FALSE;
    return TRUE;
  case '"':
    return scan_string(scan);
  default: /* blanks, numbers, true, false, null */
    return g_ascii_isprint((char)byte) || g_ascii_isspace((char)byte);
  }
}

gboolean hg_stratum_begins(const guint8 *bytes, gsize length) {
  const guint login = LOGIN | WALLET | PASS | AGENT, job = JOB_ID | BLOB | TARGET;
  if (length == 0 || *bytes != '{')
    return FALSE;
  Scan scan = {.at = bytes, .end = bytes + length};
  while (scan.at < scan.end && scan_byte(&scan))
    continue;
  return (scan.told & MINING) || (scan.told & login) == login || (scan.told & job) == job;
}
