/* preferences.h - the options of the command line under Preferences > Protocols > HostGraph
 *
 * Made from the same tables: layers, rules with their parameters, caps, formats. They are what a
 * request is parsed over, so the command line and the dialogs override them.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_WIRESHARK_PREFERENCES_H
#define HG_WIRESHARK_PREFERENCES_H

#include "wireshark/compat.h"

#include "export/request/request.h"

/* Registers them. `changed` is called when any has been read or changed. */
void hg_preferences_register(int proto, void (*changed)(void));

/* Whether packets are to be marked. */
gboolean hg_preferences_mark(void);

/* The format that a new export is offered in. */
const HgFormat *hg_preferences_format(void);

/* The store that reports are compared with; NULL: none. Borrowed. */
const char *hg_preferences_baseline(void);

/* hg_request_parse_over the preferences. */
HgRequest *hg_preferences_request(const char *options, GError **error);

#endif
