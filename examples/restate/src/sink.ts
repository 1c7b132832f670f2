import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { CallChanges } from 'call-legs/restate'

/** The tables. `applied` counts how often a record was written: where no change was applied twice it is the revision. */
const TABLES = `
  create table if not exists records (
    tenant text not null,
    id text not null,
    revision integer not null,
    record text,
    applied integer not null,
    written_by integer not null,
    primary key (tenant, id)
  );
  create table if not exists oddities (tenant text not null, oddity text not null, primary key (tenant, oddity));
`

/** A record, or `null` where it was retracted: written only by a revision that is newer than the one that is there. */
const UPSERT = `
  insert into records values (?, ?, ?, ?, 1, ?)
  on conflict do update set revision = excluded.revision, record = excluded.record, applied = applied + 1, written_by = excluded.written_by
  where excluded.revision > records.revision
`

const ODDITY = 'insert into oddities values (?, ?) on conflict do nothing'

/** Changes into a table of SQLite, which several processes may write at the same time. */
export const openSink = (folder: string): ((changes: CallChanges) => void) => {
  const database = new DatabaseSync(join(folder, 'records.sqlite'), { timeout: 2_000 })
  database.exec('pragma journal_mode = wal')
  database.exec(TABLES)
  const upsert = database.prepare(UPSERT)
  const note = database.prepare(ODDITY)
  return ({ tenant, changes }) => {
    database.exec('begin immediate')
    try {
      for (const change of changes) {
        switch (change.change) {
          case 'registered':
          case 'revised':
            upsert.run(tenant, change.record.id, change.revision, JSON.stringify(change.record), process.pid)
            break
          case 'retracted':
            upsert.run(tenant, change.previous.id, change.revision, null, process.pid)
            break
          case 'anomaly':
            note.run(tenant, JSON.stringify(change.anomaly))
            break
          case 'rejected':
            note.run(tenant, JSON.stringify(change))
        }
      }
      database.exec('commit')
    } catch (error) {
      database.exec('rollback')
      throw error
    }
  }
}
