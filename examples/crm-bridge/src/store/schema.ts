import type { Database } from './Database.js'

/**
 * The tables. Times are whole microseconds since 1970 UTC, as in the records.
 *
 * What is JSON is `json`, not `jsonb`: it keeps the very bytes, so that a record that is read is the record that was
 * written, key by key; and `jsonb` refuses U+0000, which a caller's name may well have.
 */
const SCHEMA: ReadonlyArray<string> = [
  // every event as it was received; one that comes again adds nothing
  `create table if not exists events (
    seq bigint generated always as identity unique,
    call_id text not null,
    digest text not null,
    received_at bigint not null,
    fields json not null,
    primary key (call_id, digest)
  )`,
  // calls that the bridge placed itself
  `create table if not exists placed (
    seq bigint generated always as identity unique,
    call_id text not null,
    placed_at bigint not null,
    word json not null,
    primary key (call_id, placed_at)
  )`,
  // the calls that are held, or were let go a while ago; "offsets": see call/rebuild
  `create table if not exists calls (
    call_id text primary key,
    state json,
    due bigint,
    open boolean not null default false,
    offsets json not null default '{}'
  )`,
  `create index if not exists calls_due on calls (due)`,
  `create index if not exists calls_open on calls (call_id) where open`,
  // the records; a retracted one stays, so that nothing late can bring it back
  `create table if not exists records (
    id text primary key,
    revision integer not null,
    retracted boolean not null,
    call_id text not null,
    kind text not null,
    direction text not null,
    successful boolean not null,
    extension text,
    remote_number text,
    client_key text,
    did text,
    started_at bigint,
    ended_at bigint,
    talk_time bigint,
    listed_at bigint not null,
    record json not null
  )`,
  `create index if not exists records_listed on records (listed_at desc, id desc)`,
  `create index if not exists records_ledger on records (coalesce(ended_at, 9223372036854775807), id collate "C")`,
  `create index if not exists records_call on records (call_id)`,
  `create index if not exists records_client on records (client_key, listed_at desc)`,
  // everything that ever happened to a record, in the order of the commits: what a CRM polls
  `create table if not exists changes (
    seq bigint generated always as identity unique,
    record_id text not null,
    revision integer not null,
    call_id text not null,
    changed_at bigint not null,
    change json not null,
    primary key (record_id, revision)
  )`,
  `create table if not exists anomalies (
    seq bigint generated always as identity unique,
    call_id text not null,
    digest text not null,
    told_at bigint not null,
    anomaly json not null,
    primary key (call_id, digest)
  )`,
  // what could not be read, once
  `create table if not exists undecodable (
    seq bigint generated always as identity unique,
    digest text primary key,
    received_at bigint not null,
    error json not null,
    received json not null
  )`,
  // the comparisons with the PBX's call history
  `create table if not exists reconciliations (
    seq bigint generated always as identity primary key,
    run_at bigint not null,
    run json not null
  )`,
  // whose caller is whose
  `create table if not exists clients (
    client_key text primary key,
    number text not null,
    name text,
    extension text
  )`,
  // what the CRM is to be told, a row for each record; times are milliseconds of the database's clock
  `create table if not exists crm_outbox (
    seq bigint generated always as identity unique,
    record_id text primary key,
    crm text not null default '',
    wanted integer not null,
    sent_revision integer not null default 0,
    sent json,
    memory json not null default '{}',
    next_at bigint,
    leased_until bigint not null default 0,
    claim bigint not null default 0,
    doubt boolean not null default false,
    tries integer not null default 0,
    recording_tries integer not null default 0,
    said text
  )`,
  `create index if not exists crm_outbox_due on crm_outbox (next_at) where next_at is not null`,
  `create index if not exists crm_outbox_said on crm_outbox (seq) where said is not null`,
  // what a CRM's authorisation server gave; by a digest of what it was given for
  `create table if not exists crm_grants (
    digest text primary key,
    granted json not null
  )`
]

/** Any number, the same in every process: held while the tables are made, since two that start at once would trip over each other. */
const SCHEMA_LOCK = 4_530_001

/** Held from the first change of a transaction to its end, so that `changes.seq` grows in the order of the commits. */
export const CHANGES_LOCK = 4_530_002

export const makeSchema = (database: Database): Promise<void> =>
  database.transaction(async (sql) => {
    await sql.run(`select pg_advisory_xact_lock(${SCHEMA_LOCK})`)
    for (const statement of SCHEMA) await sql.run(statement)
  })
