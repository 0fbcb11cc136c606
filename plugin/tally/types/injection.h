/* injection.h - what is meant to be executed by its receiver, as the subject of an observation
 *
 * "sql target", "jndi user", "jndi header forwarded": the kind, where it stands, and whether the sender says that it
 * only passes the request on. Never what was sent.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_TALLY_INJECTION_H
#define HG_TALLY_INJECTION_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HG_INJECTION_NONE,
  HG_INJECTION_JNDI,        /* a look-up that Log4j makes (CVE-2021-44228) */
  HG_INJECTION_SHELL_SHOCK, /* a function that bash runs (CVE-2014-6271) */
  HG_INJECTION_EXECUTION,   /* a shell command that fetches a program, or shows the users */
  HG_INJECTION_FILE,        /* a file of the system, by path traversal */
  HG_INJECTION_SQL,
  HG_INJECTION_COMMAND,   /* what may be a shell command */
  HG_INJECTION_TRAVERSAL, /* a path that leads out of the folder */
  HG_INJECTION_COUNT
} HgInjectionKind;

typedef enum {
  HG_INJECTED_TARGET, /* of an HTTP request */
  HG_INJECTED_HEADER, /* a header field of one */
  HG_INJECTED_USER,   /* the user name of a login */
  HG_INJECTED_COUNT
} HgInjectionPlace;

typedef struct {
  HgInjectionKind kind;
  HgInjectionPlace place;
  gboolean forwarded;
} HgInjection;

/* (transfer full) */
char *hg_injection_subject(const HgInjection *injection);
/* The reverse; FALSE: it is no such subject. */
gboolean hg_injection_parse(const char *subject, HgInjection *injection);

/* "SQL"; "the user name" */
const char *hg_injection_kind_text(HgInjectionKind kind);
const char *hg_injection_place_text(HgInjectionPlace place);

/* Nobody sends it but who attacks, or looks for what can be attacked. The other kinds may be words that
 * somebody searches for. */
gboolean hg_injection_is_certain(HgInjectionKind kind);

G_END_DECLS
#endif
