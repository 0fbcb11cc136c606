/* ldap.c - logins that directory servers refuse
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

#include <string.h>

enum { OPERATION, RESULT, NAME, PASSWORD, NTLM_USER, FIELDS };
static const HgFieldNames fields[FIELDS] = {
    [OPERATION] = {"ldap.protocolOp"},
    [RESULT] = {"ldap.resultCode", "ldap.bindResponse_resultCode"},
    [NAME] = {"ldap.name"},
    [PASSWORD] = {"ldap.simple"},
    [NTLM_USER] = {"ntlmssp.auth.username"},
};

typedef struct {
  const HgFrame *frame;
  gint64 operation; /* what the message is */
} Reading;

/* RFC 4511: invalidCredentials, in a BindResponse. */
static void visit(guint field, field_info *info, gpointer data) {
  enum { BIND_REQUEST = 0, BIND_RESPONSE = 1, INVALID_CREDENTIALS = 49 };
  Reading *reading = data;
  gint64 number;
  if (field != OPERATION && field != RESULT) {
    const char *text = reading->operation == BIND_REQUEST ? hg_field_string(info) : NULL;
    if (field == PASSWORD && text != NULL)
      hg_frame_note_password(reading->frame, text, strlen(text));
    else if (field != PASSWORD)
      hg_frame_note_user(reading->frame, text);
    return;
  }
  if (!hg_field_number(info, &number))
    return;
  if (field == OPERATION)
    reading->operation = number;
  else if (reading->operation == BIND_RESPONSE && number == INVALID_CREDENTIALS)
    hg_frame_report_login_failure(reading->frame, "LDAP", FALSE);
}

static void read(const HgFrame *frame) {
  Reading reading = {frame, -1};
  hg_frame_visit(frame, visit, &reading);
}

static const HgInfoWords words[] = {
    {{"bindRequest"}, "ldap.protocolOp == 0", NULL},
    {{"bindResponse"}, "ldap.protocolOp == 1", NULL},
    {{NULL}, NULL, NULL},
};

/* Operations and results (RFC 4511). */
static const char *const ldap_words[] = {
    "abandonRequest",
    "addRequest",
    "addResponse",
    "bindRequest",
    "bindResponse",
    "compareRequest",
    "compareResponse",
    "delRequest",
    "delResponse",
    "extendedReq",
    "extendedResp",
    "intermediateResponse",
    "modDNRequest",
    "modDNResponse",
    "modifyRequest",
    "modifyResponse",
    "searchRequest",
    "searchResDone",
    "searchResEntry",
    "searchResRef",
    "unbindRequest",
    "SASL",
    "GSS-API",
    "GSS-SPNEGO",
    "Integrity",
    "Privacy",
    "Success",
    "success",
    "operationsError",
    "protocolError",
    "timeLimitExceeded",
    "sizeLimitExceeded",
    "compareFalse",
    "compareTrue",
    "authMethodNotSupported",
    "strongAuthRequired",
    "referral",
    "adminLimitExceeded",
    "unavailableCriticalExtension",
    "confidentialityRequired",
    "saslBindInProgress",
    "noSuchAttribute",
    "noSuchObject",
    "invalidDNSyntax",
    "invalidCredentials",
    "insufficientAccessRights",
    "busy",
    "unavailable",
    "unwillingToPerform",
    "loopDetect",
    "entryAlreadyExists",
    "other",
    NULL,
};
static const HgInfoPolicy info[] = {
    {"LDAP", HG_INFO_LABEL, ldap_words},
    {"CLDAP", HG_INFO_LABEL, ldap_words},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_ldap = {
    .id = "ldap",
    .title = "LDAP",
    .what = "logins that are refused, and whose",
    .layers = (const char *const[]){"ldap", NULL},
    .fields = fields,
    .field_count = FIELDS,
    .skip_retransmitted = TRUE,
    .words = words,
    .info = info,
    .read = read,
};
