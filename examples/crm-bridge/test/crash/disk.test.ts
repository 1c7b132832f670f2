import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { play } from '../../pbx/play.js'
import { sendingsOf } from '../../pbx/programme.js'
import { endBridges } from '../bridgeProcess.js'
import { expectLedgerOf } from './audit.js'
import { streamOf } from './stream.js'
import { RESTLESS, trial } from './trial.js'

/** A small disk, in memory; only root may mount one, and not everywhere. */
const smallDisk = (): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=160m', 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
}

const disk = smallDisk()

const removeDisk = (): void => {
  if (disk === undefined) return
  execFileSync('umount', [disk], { stdio: 'ignore' })
  rmSync(disk, { recursive: true })
}

const freeOn = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

describe.skipIf(disk === undefined)(`given a bridge whose disk fills up (${disk === undefined ? 'skipped: no disk can be mounted here' : 'a tmpfs'})`, () => {
  afterEach(endBridges)
  afterAll(removeDisk)

  it('when there is no room until it has refused ten requests, then it has answered for nothing that it did not keep, and goes on', async () => {
    if (disk === undefined) return
    const stand = trial(RESTLESS, { DATA_DIR: join(disk, 'data') })
    let bridge = await stand.start()
    const sendings = sendingsOf(
      streamOf({ seed: 13, events: 450, calls: 'wild' }),
      { method: 'both', seed: 13, shuffle: 0.2, repeat: 0.05, places: 8 },
      Date.now() * 1_000
    )
    const ballast = join(disk, 'ballast')
    const stop = AbortSignal.timeout(200_000)
    let full = false
    const fill = (): void => {
      full = true
      try {
        writeFileSync(ballast, Buffer.alloc(freeOn(disk)))
      } catch {
        // the bridge was faster: it is full all the same
      }
    }
    // as a service manager does: if the bridge gives up, it is started again
    const over = new AbortController()
    const manage = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const ended = await Promise.race([bridge.ended, pause(100)])
        if (ended === undefined) continue
        await pause(200)
        bridge = await stand.start().catch(() => bridge)
      }
    }
    const managing = manage()
    const { answered, refused, broken } = await play({
      to: `${bridge.url}/hook`,
      sendings,
      patience: 200,
      signal: stop,
      onAnswer: (_, progress) => {
        if (!full && progress.answered > sendings.length / 3) fill()
        if (progress.refused + progress.broken >= 10) rmSync(ballast, { force: true })
      }
    })
    over.abort()
    await managing
    expect(answered, bridge.said()).toBe(sendings.length)
    expect(refused + broken).toBeGreaterThanOrEqual(10)
    await expectLedgerOf((await stand.letEverythingGo(bridge)).url, sendings.map(({ event }) => event))
    stand.remove()
  })
})
