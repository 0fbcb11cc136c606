/* save.h - the steps of saving a store
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef HG_EXPORT_STORE_SAVE_H
#define HG_EXPORT_STORE_SAVE_H

#include "save_rows.h"

G_BEGIN_DECLS

/* Called in this order: each step fills in the rows to which later ones refer. */
void hg_store_save_meta(HgStoreSave *save);
void hg_store_save_protocols(HgStoreSave *save);
void hg_store_save_hosts(HgStoreSave *save);
void hg_store_save_conversations(HgStoreSave *save);
void hg_store_save_services(HgStoreSave *save);
void hg_store_save_contacts(HgStoreSave *save);
void hg_store_save_names_and_logins(HgStoreSave *save); /* bindings, names, logins, ... */
void hg_store_save_findings(HgStoreSave *save);
void hg_store_save_attributes(HgStoreSave *save); /* nodes, edges */

G_END_DECLS
#endif
