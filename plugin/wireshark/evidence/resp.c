/* resp.c - Redis: nothing is read but the words that its Info text shows
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/reading/source.h"

static const char *const commands[] = {
    "ACL",      "APPEND",    "AUTH",     "BGSAVE",  "CLIENT",   "CLUSTER", "CONFIG",
    "DBSIZE",   "DECR",      "DEL",      "ECHO",    "EVAL",     "EVALSHA", "EXEC",
    "EXISTS",   "EXPIRE",    "FLUSHALL", "FLUSHDB", "GET",      "HDEL",    "HELLO",
    "HGET",     "HGETALL",   "HMGET",    "HMSET",   "HSET",     "INCR",    "INFO",
    "KEYS",     "LPOP",      "LPUSH",    "LRANGE",  "MEMBERS",  "MGET",    "MIGRATE",
    "MODULE",   "MONITOR",   "MSET",     "MULTI",   "PING",     "PUBLISH", "PSUBSCRIBE",
    "QUIT",     "REPLICAOF", "RPOP",     "RPUSH",   "SADD",     "SAVE",    "SCAN",
    "SCRIPT",   "SELECT",    "SET",      "SETEX",   "SHUTDOWN", "SLAVEOF", "SLOWLOG",
    "SMEMBERS", "SUBSCRIBE", "SYNC",     "PSYNC",   "TTL",      "TYPE",    "UNSUBSCRIBE",
    "WATCH",    "ZADD",      "ZRANGE",   NULL,
};
static const HgInfoPolicy info[] = {
    {"RESP", HG_INFO_COMMAND, commands},
    {NULL, HG_INFO_NOTHING, NULL},
};

const HgEvidenceSource hg_evidence_resp = {
    .id = "resp",
    .title = "Redis",
    .what = "nothing but the Info text, of which passwords are cut off",
    .info = info,
};
