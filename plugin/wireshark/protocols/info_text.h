/* info_text.h - what may be kept of the text in the Info column, so that no secret leaves the Wireshark adapter
 *
 * Info holds whatever dissectors write there: "PASS p@ssw0rd", GET with a token in its address, a line of a log. No
 * list of secrets can be complete. So a text is kept only where a policy says that it cannot hold what somebody typed
 * or a program stored; of all others the verb stays, and nothing at all where there is no policy. Knows no Wireshark
 * type.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_INFO_TEXT_H
#define HG_WIRESHARK_INFO_TEXT_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HG_INFO_NOTHING, /* the text may be anything */
  HG_INFO_WHOLE,   /* the dissector's own words, numbers and addresses */
  HG_INFO_PORTS, /* whole where it begins with two ports: "5000 → 80 [SYN] ..."; else it is payload */
  HG_INFO_LABEL, /* letters, digits and blanks up to the first other character: "Tree Connect Request" */
  HG_INFO_STATUS, /* a label, and constants of Windows behind it: "Read Response, Error: STATUS_PENDING" */
  HG_INFO_COMMAND, /* of lines that a client and a server say: known commands, codes of answers */
  HG_INFO_REQUEST  /* a request line or a status line: method, URL without secrets, version, code */
} HgInfoKeep;

typedef struct {
  const char *column; /* the Protocol column; with "*" at its end: what it begins with */
  HgInfoKeep keep;
  const char *const *
      words; /* HG_INFO_COMMAND: the commands; HG_INFO_LABEL: the vocabulary, or NULL; in any letter
                               case, NULL-terminated */
} HgInfoPolicy;

/* What is kept of `info`: the text itself, or a copy in `buffer`; NULL: nothing. `policy` NULL: there is none. */
const char *hg_info_text(const HgInfoPolicy *policy, const char *info, GString *buffer);

/* "whole", "label", ...: for the documentation. */
const char *hg_info_keep_name(HgInfoKeep keep);

G_END_DECLS
#endif
