/* tally_options.c - what is tallied, and how much of it at most
 *
 * The default caps hold for captures of some hundred million packets on a machine with 16 GiB.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally_options.h"

const HgCapInfo hg_caps[HG_CAP_COUNT] = {
    [HG_CAP_HOSTS] = {"max-hosts", 2000000, "hosts",
                      "packets of further hosts count only in totals and protocols"},
    [HG_CAP_CONVERSATIONS] = {"max-conversations", 8000000, "conversations",
                              "packets of further pairs count only for their hosts"},
    [HG_CAP_CONNECTIONS] = {"max-connections", 16000000, "connections",
                            "packets of further connections are in no service"},
    [HG_CAP_CONTACTS] = {"max-contacts", 200000000, "contacts",
                         "traces do not see the packets after that"},
    [HG_CAP_BINDINGS] = {"max-bindings", 2000000, "MAC and IP bindings",
                         "further MAC addresses of hosts are not listed"},
    [HG_CAP_NAMES] = {"max-names", 1000000, "names, and as many logins",
                      "further names and logins are not listed"},
    [HG_CAP_OBSERVATIONS] = {"max-observations", 2000000, "observations of dissectors",
                             "rules do not see the names asked for, logins turned down and the "
                             "like after that"},
    [HG_CAP_INFO] = {"max-info", 64 * 1024 * 1024, "bytes of Info column texts",
                     "further first packets are shown without their info"},
};

const char *hg_layer_name(HgLayer layer) {
  static const char *const names[] = {"auto", "net", "link"};
  return names[layer];
}

const char *hg_duplicates_name(gboolean keep) {
  return keep ? "keep" : "skip";
}

void hg_tally_options_init(HgTallyOptions *options) {
  *options = (HgTallyOptions){.layer = HG_LAYER_AUTO, .evidence = TRUE};
  for (int cap = 0; cap < HG_CAP_COUNT; cap++)
    options->caps[cap] = hg_caps[cap].value;
}

void hg_tally_options_copy(HgTallyOptions *copy, const HgTallyOptions *options) {
  *copy = *options;
  copy->protocols = g_strdupv(options->protocols);
  copy->home = options->home ? g_array_ref(options->home) : NULL;
}

void hg_tally_options_clear(HgTallyOptions *options) {
  g_clear_pointer(&options->protocols, g_strfreev);
  g_clear_pointer(&options->home, g_array_unref);
}
