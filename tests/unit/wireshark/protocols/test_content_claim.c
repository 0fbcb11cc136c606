/* test_content_claim.c - what types and names say about contents
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/content_claim.h"

#include <string.h>

typedef HgClaim (*Claim)(const guint8 *, gsize);

/* Of a copy, so that a sanitizer sees what is read beyond. */
static HgClaim of(Claim claim, const char *text) {
  guint8 *copy = g_memdup2(text, strlen(text));
  const HgClaim found = claim(copy, strlen(text));
  g_free(copy);
  return found;
}

static void test_types(void) {
  g_assert_cmpint(of(hg_content_claim_of_type, "image/gif"), ==, HG_CLAIM_IMAGE);
  g_assert_cmpint(of(hg_content_claim_of_type, "IMAGE/PNG; a=b"), ==, HG_CLAIM_IMAGE);
  g_assert_cmpint(of(hg_content_claim_of_type, "text/html;charset=utf-8"), ==, HG_CLAIM_TEXT);
  g_assert_cmpint(of(hg_content_claim_of_type, "application/zip"), ==, HG_CLAIM_ARCHIVE);
  g_assert_cmpint(of(hg_content_claim_of_type, "application/pdf"), ==, HG_CLAIM_DOCUMENT);
  g_assert_cmpint(of(hg_content_claim_of_type, "video/mp4"), ==, HG_CLAIM_MEDIA);
  /* Defaults, and what says that it may be anything. */
  g_assert_cmpint(of(hg_content_claim_of_type, "text/plain"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_type, "application/octet-stream"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_type, "application/x-msdownload"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_type, "ima"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(hg_content_claim_of_type(NULL, 0), ==, HG_CLAIM_NONE);
}

static void test_names(void) {
  g_assert_cmpint(of(hg_content_claim_of_name, "/a/b.exe"), ==, HG_CLAIM_EXECUTABLE);
  g_assert_cmpint(of(hg_content_claim_of_name, "/a.DLL"), ==, HG_CLAIM_EXECUTABLE);
  g_assert_cmpint(of(hg_content_claim_of_name, "/a.tar.gz"), ==, HG_CLAIM_ARCHIVE);
  g_assert_cmpint(of(hg_content_claim_of_name, "/a.JPG"), ==, HG_CLAIM_IMAGE);
  g_assert_cmpint(of(hg_content_claim_of_name, "/exe"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_name, "/"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_name, ""), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_name, "exe"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_name, "/a."), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_name, "/load.php"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_name, "/v1.2"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_name, "/a.exeexeexeexe"), ==, HG_CLAIM_NONE);
}

static void test_targets(void) {
  g_assert_cmpint(of(hg_content_claim_of_target, "/a.jpg?b=c.exe"), ==, HG_CLAIM_IMAGE);
  g_assert_cmpint(of(hg_content_claim_of_target, "/get?x=1&file=setup.exe"), ==,
                  HG_CLAIM_EXECUTABLE);
  g_assert_cmpint(of(hg_content_claim_of_target, "/get?file=a.jpg&x=1"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_target, "http://a.example/b.exe"), ==,
                  HG_CLAIM_EXECUTABLE);
  g_assert_cmpint(of(hg_content_claim_of_target, "/"), ==, HG_CLAIM_NONE);
  g_assert_cmpint(of(hg_content_claim_of_target, ""), ==, HG_CLAIM_NONE);
}

/* RFC 6266, 5: examples. */
static void test_dispositions(void) {
  g_assert_cmpint(of(hg_content_claim_of_disposition, "Attachment; filename=example.html"), ==,
                  HG_CLAIM_TEXT);
  g_assert_cmpint(of(hg_content_claim_of_disposition, "INLINE; FILENAME= \"an example.html\""), ==,
                  HG_CLAIM_TEXT);
  g_assert_cmpint(of(hg_content_claim_of_disposition, "attachment; filename=\"a.exe\"; size=3"), ==,
                  HG_CLAIM_EXECUTABLE);
  g_assert_cmpint(of(hg_content_claim_of_disposition, "attachment"), ==, HG_CLAIM_UNKNOWN);
  g_assert_cmpint(of(hg_content_claim_of_disposition, "attachment; filename="), ==,
                  HG_CLAIM_UNKNOWN);
  g_assert_cmpint(of(hg_content_claim_of_disposition, "attachment; filename=\""), ==,
                  HG_CLAIM_NONE);
  g_assert_cmpint(hg_content_claim_of_disposition(NULL, 0), ==, HG_CLAIM_UNKNOWN);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/content-claim/types", test_types);
  g_test_add_func("/content-claim/names", test_names);
  g_test_add_func("/content-claim/targets", test_targets);
  g_test_add_func("/content-claim/dispositions", test_dispositions);
  return g_test_run();
}
