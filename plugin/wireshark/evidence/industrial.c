/* industrial.c - protocols of controllers and sensors: nothing is read, but their Info texts may be kept
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const HgInfoPolicy info[] = {
    {"Modbus/TCP", HG_INFO_WHOLE, NULL},
    {"Modbus/UDP", HG_INFO_WHOLE, NULL},
    {"Modbus", HG_INFO_WHOLE, NULL},
    {"DNP 3.0", HG_INFO_WHOLE, NULL},
    {"S7COMM*", HG_INFO_WHOLE, NULL},
    {"COTP", HG_INFO_WHOLE, NULL},
    {"TPKT", HG_INFO_WHOLE, NULL},
    {"104apci", HG_INFO_WHOLE, NULL},
    {"IEC 60870-5-104*", HG_INFO_WHOLE, NULL},
    {"IEC 60870-5*", HG_INFO_WHOLE, NULL},
    {"ENIP", HG_INFO_LABEL, NULL},
    {"CIP*", HG_INFO_LABEL, NULL},
    {"BACnet*", HG_INFO_LABEL, NULL},
    {"OpcUa", HG_INFO_LABEL, NULL},
    {"MMS", HG_INFO_LABEL, NULL},
    {"GOOSE", HG_INFO_LABEL, NULL},
    {"PN*", HG_INFO_LABEL, NULL},
    {"HART_IP", HG_INFO_LABEL, NULL},
    {"OMRON", HG_INFO_LABEL, NULL},
    {"EtherCAT*", HG_INFO_LABEL, NULL},
    {"ECATF", HG_INFO_LABEL, NULL},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_industrial = {
    .id = "industrial",
    .title = "Industrial control",
    .what = "nothing but the Info text",
    .info = info,
};
