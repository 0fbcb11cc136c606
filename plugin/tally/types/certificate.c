/* certificate.c - what a TLS server's certificate shows without being checked, as the subject of an
 * observation
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "certificate.h"

#include <stdlib.h>
#include <string.h>

#include "printable.h"

#define ALONE " alone"
#define SELF_ISSUED " self-issued"
#define TOR " tor"
#define DAYS " days"

char *hg_certificate_subject(const HgCertificate *certificate) {
  GString *subject = g_string_new(NULL);
  g_string_append_printf(
      subject, "%u%s%s%s %u" DAYS, certificate->port, certificate->alone ? ALONE : "",
      certificate->self_issued ? SELF_ISSUED : "", certificate->tor ? TOR : "", certificate->days);
  if (certificate->name && *certificate->name) {
    g_autofree char *lower = g_ascii_strdown(certificate->name, -1);
    g_string_append_c(subject, '\t');
    hg_printable_append(subject, lower, HG_CERTIFICATE_NAME);
  }
  return g_string_free(subject, FALSE);
}

/* The number before the word, which ends what is told. */
static guint number_before(const char *subject, const char *word) {
  const char *at = word;
  while (at > subject && g_ascii_isdigit(at[-1]))
    at--;
  return (guint)strtoul(at, NULL, 10);
}

HgCertificate hg_certificate_parse(const char *subject) {
  const char *tab = strchr(subject, '\t');
  const gssize told = tab ? tab - subject : (gssize)strlen(subject);
  const char *days = g_strstr_len(subject, told, DAYS);
  return (HgCertificate){
      .port = (guint16)strtoul(subject, NULL, 10),
      .alone = g_strstr_len(subject, told, ALONE) != NULL,
      .self_issued = g_strstr_len(subject, told, SELF_ISSUED) != NULL,
      .tor = g_strstr_len(subject, told, TOR) != NULL,
      .days = days ? number_before(subject, days) : 0,
      .name = tab && tab[1] ? tab + 1 : NULL,
  };
}

gboolean hg_certificate_is_for(const HgCertificate *certificate, const char *host) {
  if (!certificate->name)
    return FALSE;
  if (g_str_has_prefix(certificate->name, "*.")) {
    const char *dot = strchr(host, '.');
    return dot && g_ascii_strcasecmp(dot, certificate->name + 1) == 0;
  }
  return g_ascii_strcasecmp(certificate->name, host) == 0;
}
