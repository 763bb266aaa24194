/*
 * The floor of the journal: what a C program on the same LMDB does durably in a second.
 * Each commit holds BATCH records of 256 bytes under ascending ids, the session's row and the id block's row, as the engine's do;
 * nothing else: no checksum, no ring, no counters.
 *
 * usage: lmdb_fills FOLDER BATCH COMMITS    prints: records, ns of all commits, p50 of one commit in ns
 */
#include "floor.h"
#include <lmdb.h>
#include <string.h>

enum { RECORD_BYTES = 256, SESSION_BYTES = 32, BLOCK_BYTES = 24, SESSION_NAME_BYTES = 10 };

static void check(int status, const char *what)
{
    if (status == 0) return;
    fprintf(stderr, "lmdb_fills: %s: %s\n", what, mdb_strerror(status));
    exit(1);
}

static void put(MDB_txn *txn, MDB_dbi table, void *key, size_t key_bytes, void *value, size_t value_bytes, unsigned flags)
{
    MDB_val k = { key_bytes, key }, v = { value_bytes, value };
    check(mdb_put(txn, table, &k, &v, flags), "put");
}

int main(int count, char **arguments)
{
    if (count != 4) {
        fprintf(stderr, "usage: lmdb_fills FOLDER BATCH COMMITS\n");
        return 2;
    }

    long batch = atol(arguments[2]), commits = atol(arguments[3]);
    MDB_env *env;
    MDB_txn *txn;
    MDB_dbi executions, sessions, blocks;
    check(mdb_env_create(&env), "create");
    check(mdb_env_set_mapsize(env, (size_t)1 << 30), "map size");
    check(mdb_env_set_maxdbs(env, 8), "tables");
    check(mdb_env_open(env, arguments[1], MDB_NOTLS, 0644), "open");
    check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
    check(mdb_dbi_open(txn, "executions", MDB_CREATE | MDB_INTEGERKEY, &executions), "table");
    check(mdb_dbi_open(txn, "sessions", MDB_CREATE, &sessions), "table");
    check(mdb_dbi_open(txn, "blocks", MDB_CREATE | MDB_INTEGERKEY, &blocks), "table");
    check(mdb_txn_commit(txn), "commit");

    unsigned char record[RECORD_BYTES] = { 0 }, session[SESSION_BYTES] = { 0 }, block[BLOCK_BYTES] = { 0 };
    char session_name[SESSION_NAME_BYTES] = "S000000001";
    int64_t block_id = 1, id = (int64_t)1 << 32, *took = malloc((size_t)commits * sizeof *took);
    int64_t begun = now_ns(), last = begun;
    for (long c = 0; c < commits; c++) {
        check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
        for (long i = 0; i < batch; i++) {
            id++;
            memcpy(record + 16, &id, sizeof id);
            put(txn, executions, &id, sizeof id, record, sizeof record, MDB_APPEND);
        }

        memcpy(session, &id, sizeof id);
        memcpy(block, &id, sizeof id);
        put(txn, sessions, session_name, sizeof session_name, session, sizeof session, 0);
        put(txn, blocks, &block_id, sizeof block_id, block, sizeof block, 0);
        check(mdb_txn_commit(txn), "commit");
        int64_t now = now_ns();
        took[c] = now - last;
        last = now;
    }

    qsort(took, (size_t)commits, sizeof *took, ascending);
    printf("%ld %lld %lld\n", batch * commits, (long long)(last - begun), (long long)took[commits / 2]);
    mdb_env_close(env);
    return 0;
}
