/* test_download.c - what is told of an executable: nothing is lost on the way, and what counts as a lie
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally/types/download.h"

static void test_both_ways(void) {
  for (guint format = HG_EXECUTABLE_PE; format <= HG_EXECUTABLE_ELF; format++) {
    for (guint type = 0; type < HG_CLAIM_COUNT; type++) {
      for (guint name = 0; name < HG_CLAIM_COUNT; name++) {
        for (guint host = 0; host < HG_CALLED_COUNT; host++) {
          const HgDownload download = {format, type, name, host};
          g_autofree char *subject = hg_download_subject(&download);
          HgDownload read;
          g_assert_true(hg_download_parse(subject, &read));
          g_assert_cmpmem(&read, sizeof read, &download, sizeof download);
        }
      }
    }
  }
}

static void test_words(void) {
  g_autofree char *subject = hg_download_subject(
      &(HgDownload){HG_EXECUTABLE_PE, HG_CLAIM_IMAGE, HG_CLAIM_NONE, HG_CALLED_ADDRESS});
  g_assert_cmpstr(subject, ==, "PE type=image name=none host=address");
}

/* A store may say anything. */
static void test_hostile(void) {
  static const char *const wrong[] = {"",
                                      "PE",
                                      "PE type=image name=none",
                                      "PE type=image name=none host=",
                                      "PE type= name=none host=name",
                                      "COM type=image name=none host=name",
                                      "PE name=none type=image host=name",
                                      "PE type=image name=none host=name more"};
  HgDownload download;
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
    g_assert_false(hg_download_parse(wrong[i], &download));
}

static gboolean lies(HgClaim type, HgClaim name) {
  return hg_download_lies(&(HgDownload){HG_EXECUTABLE_PE, type, name, HG_CALLED_NAME});
}

static void test_lies(void) {
  g_assert_true(lies(HG_CLAIM_IMAGE, HG_CLAIM_NONE));
  g_assert_true(lies(HG_CLAIM_IMAGE, HG_CLAIM_EXECUTABLE));
  g_assert_true(lies(HG_CLAIM_IMAGE, HG_CLAIM_UNKNOWN));
  g_assert_true(lies(HG_CLAIM_EXECUTABLE, HG_CLAIM_TEXT));
  g_assert_true(lies(HG_CLAIM_NONE, HG_CLAIM_IMAGE));
  g_assert_true(lies(HG_CLAIM_TEXT, HG_CLAIM_NONE));
  /* What servers send by default, or for want of a better type, is no lie. */
  g_assert_false(lies(HG_CLAIM_NONE, HG_CLAIM_NONE));
  g_assert_false(lies(HG_CLAIM_NONE, HG_CLAIM_EXECUTABLE));
  g_assert_false(lies(HG_CLAIM_TEXT, HG_CLAIM_EXECUTABLE));
  g_assert_false(lies(HG_CLAIM_ARCHIVE, HG_CLAIM_EXECUTABLE));
  g_assert_false(lies(HG_CLAIM_EXECUTABLE, HG_CLAIM_NONE));
  g_assert_false(lies(HG_CLAIM_NONE, HG_CLAIM_UNKNOWN));
}

static void test_nameless(void) {
  HgDownload download = {HG_EXECUTABLE_ELF, HG_CLAIM_NONE, HG_CLAIM_NONE, HG_CALLED_NAME};
  g_assert_true(hg_download_is_nameless(&download));
  download.name = HG_CLAIM_EXECUTABLE;
  g_assert_false(hg_download_is_nameless(&download));
  download.name = HG_CLAIM_UNKNOWN;
  g_assert_false(hg_download_is_nameless(&download));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/download/both-ways", test_both_ways);
  g_test_add_func("/download/words", test_words);
  g_test_add_func("/download/hostile", test_hostile);
  g_test_add_func("/download/lies", test_lies);
  g_test_add_func("/download/nameless", test_nameless);
  return g_test_run();
}
