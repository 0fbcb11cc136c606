/* preferences.h - the options of the command line under Preferences > Protocols > HostGraph
 *
 * They are made from the tables of the command line: layers, rules with their parameters, caps, formats.
 * A request begins with them; the command line and the dialogs override them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PREFERENCES_H
#define HG_WIRESHARK_PREFERENCES_H

#include "compat.h"

#include "export/request/request.h"

/* Registers the preferences. Wireshark calls `changed` when it has read or changed any. */
void hg_preferences_register(int proto, void (*changed)(void));

/* Whether the user wants packets marked. */
gboolean hg_preferences_mark(void);

/* The format that the export dialog offers at first. */
const HgFormat *hg_preferences_format(void);

/* The store that reports are compared with; NULL: none. Borrowed. */
const char *hg_preferences_baseline(void);

/* A request made of the preferences and, over them, `options` in the words of the command line (may be
 * NULL). NULL and `error`: either is wrong. (transfer full) */
HgRequest *hg_preferences_request(const char *options, GError **error);

#endif
