/* html.c - host map and report in one page, for any browser
 *
 * The parts of the page are in html/ and are embedded as a resource. The page may load nothing:
 * its content security policy has the hash of each script and style, and forbids everything else.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <gio/gio.h>
#include <string.h>

#include "export/html/record.h"
#include "export/report/format.h"
#include "export/text/text.h"
#include "html_assets.h"

#define FOLDER "/hostgraph/html/"

/* An embedded part of the page. (transfer full) */
static GBytes *part(const char *name) {
  char *path = g_strconcat(FOLDER, name, NULL);
  GBytes *bytes = g_resource_lookup_data(hg_html_get_resource(), path, 0, NULL);
  g_free(path);
  g_assert(bytes); /* embedded by the build */
  return bytes;
}

static void write_part(HgOutput *output, const char *name) {
  GBytes *bytes = part(name);
  gsize length;
  const char *data = g_bytes_get_data(bytes, &length);
  hg_output_write(output, data, length);
  g_bytes_unref(bytes);
}

/* Appends 'sha256-...', the hash of an inline script or style for the policy. */
static void append_hash(GString *out, const char *name) {
  GBytes *bytes = part(name);
  gsize length;
  const guchar *data = g_bytes_get_data(bytes, &length);
  guint8 digest[32];
  gsize digest_length = sizeof digest;
  GChecksum *checksum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(checksum, data, (gssize)length);
  g_checksum_get_digest(checksum, digest, &digest_length);
  char *base64 = g_base64_encode(digest, digest_length);
  g_string_append_printf(out, " 'sha256-%s'", base64);
  g_free(base64);
  g_checksum_free(checksum);
  g_bytes_unref(bytes);
}

static void write_policy(HgOutput *output) {
  GString *policy = g_string_new("default-src 'none'; base-uri 'none'; form-action 'none'; "
                                 "script-src");
  append_hash(policy, "d3.js");
  append_hash(policy, "page.js");
  g_string_append(policy, "; style-src");
  append_hash(policy, "page.css");
  hg_output_write(output, policy->str, policy->len);
  g_string_free(policy, TRUE);
}

static void write_title(const HgReport *report, HgOutput *output) {
  const char *path = hg_report_options(report)->capture;
  char *capture = path ? g_path_get_basename(path) : NULL;
  GString *title = g_string_new(NULL);
  hg_text_xml(title, capture ? capture : "Host map", -1);
  g_free(capture);
  hg_output_write(output, title->str, title->len);
  g_string_free(title, TRUE);
}

static void write_info(const HgReport *report, HgOutput *output) {
  if (hg_report_has_full_info(report))
    hg_output_puts(output,
                   "\n  <p id=\"info-texts\" class=\"badge\">Info texts are " HG_REPORT_FULL_INFO
                   "</p>");
}

/* Writes what replaces {{name}} in page.html. */
static void write_place(const HgReport *report, HgOutput *output, const char *name) {
  if (strcmp(name, "policy") == 0)
    write_policy(output);
  else if (strcmp(name, "title") == 0)
    write_title(report, output);
  else if (strcmp(name, "info") == 0)
    write_info(report, output);
  else if (strcmp(name, "record") == 0)
    hg_html_record_write(report, output);
  else
    write_part(output, name);
}

static void write_html(const HgReport *report, HgOutput *const *outputs) {
  GBytes *bytes = part("page.html");
  gsize length;
  const char *text = g_bytes_get_data(bytes, &length);
  char *page = g_strndup(text, length);
  char *at = page;
  for (char *open; (open = strstr(at, "{{"));) {
    char *close = strstr(open, "}}");
    g_assert(close);
    *open = *close = '\0';
    hg_output_puts(outputs[0], at);
    write_place(report, outputs[0], open + 2);
    at = close + 2;
  }
  hg_output_puts(outputs[0], at);
  g_free(page);
  g_bytes_unref(bytes);
}

static const char *const suffixes[] = {"html", "htm", NULL};

const HgFormat hg_format_html = {
    .name = "html",
    .suffixes = suffixes,
    .title = "Host map",
    .what = "host map and report in one page, for any browser",
    .draws_graph = TRUE,
    .write = write_html,
};
