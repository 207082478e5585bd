import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { ask, eventually } from '@commonhall/harness'

import { audit, eventsUnderWay, type Audit } from './audit.js'
import { startHubUnderFire, type HubUnderFire } from './hub-under-fire.js'
import { liveLives, type Life, type Scene } from './lives.js'
import { createPatientClient, type PatientClient } from './patient-client.js'

const LIVES = 48
const WORKERS = 8
const KILLS = 6
/** 18 acts for each four lives. */
const ACTS_OWED = (LIVES / 4) * 18

describe('acknowledged acts, while the hub is killed in mid-mutation', () => {
  let hub: HubUnderFire
  let client: PatientClient
  let scene: Scene
  let since: Date
  const lives: Life[] = []

  const postOf = (token: string): string => {
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      commonhall_posts: ReadonlyArray<{ partyId: string }>
    }
    return claims.commonhall_posts[0]?.partyId ?? ''
  }

  /** Shoots each time a share of the acts has been acknowledged, at some instant of the following 150 ms. */
  const shoot = async (owed: number, kills: number): Promise<void> => {
    const before = client.acknowledged.length
    for (let shot = 1; shot <= kills; shot++) {
      const mark = before + Math.floor((owed * shot) / (kills + 1))
      while (client.acknowledged.length < mark) await sleep(10)
      await sleep(Math.random() * 150)
      await hub.killAndRestart()
    }
  }

  const settled = async (): Promise<Audit> => {
    await eventually(
      () => eventsUnderWay(hub.dataDir),
      (waiting) => waiting === 0,
    )
    return eventually(
      () => audit(hub.dataDir, { since, acknowledged: client.acknowledged, lives }),
      ({ gaps, undelivered }) => gaps.length + undelivered.length === 0,
    )
  }

  beforeAll(async () => {
    hub = await startHubUnderFire()
    client = createPatientClient(hub)
    const { data } = await ask(hub, '{ me { id community { id } } }', hub.tokens.resident)
    const { id, community } = data?.['me'] as { id: string; community: { id: string } }
    scene = { resident: id, community: community.id, department: postOf(hub.tokens.officer), nonprofit: postOf(hub.tokens.worker) }
    since = new Date()
  }, 120_000)
  afterAll(() => hub.stop(), 30_000)

  it('are neither lost nor doubled, have their journal row, and every party hears of them once', async () => {
    const startedMs = performance.now()
    const [lived] = await Promise.all([liveLives(client, scene, LIVES, WORKERS), shoot(ACTS_OWED, KILLS)])
    lives.push(...lived)
    const seconds = (performance.now() - startedMs) / 1000
    const { savedByKey, journalRows, events, ...faults } = await settled()
    process.stdout.write(
      `kill-nine: ${client.acknowledged.length} acts acknowledged in ${seconds.toFixed(1)} s (${(client.acknowledged.length / seconds).toFixed(1)}/s) under ${hub.kills()} SIGKILL; ` +
        `${[...client.failures].map(([code, count]) => `${count} × ${code}`).join(', ')}; ${savedByKey} saved by their key; ` +
        `lost ${faults.lost.length}, duplicated ${faults.duplicated.length}, orphans ${faults.orphans.length}, gaps ${faults.gaps.length}; ` +
        `${journalRows} journal rows, ${events} events\n`,
    )
    expect(faults).toEqual({ lost: [], duplicated: [], orphans: [], undelivered: [], gaps: [] })
    expect(client.acknowledged).toHaveLength(ACTS_OWED)
    expect(hub.kills()).toBe(KILLS)
    expect(client.failures.get('CONNECTION')).toBeGreaterThan(0)
  }, 300_000)

  it('survive an immediate stop of PostgreSQL: the hub says STORAGE and lives, the next start heals', async () => {
    const before = client.acknowledged.length
    const living = liveLives(client, scene, 8, 4)
    while (client.acknowledged.length < before + 10) await sleep(10)
    await hub.stopDatabaseAtOnce()
    const answer = await ask(hub, '{ departments { id } communities { id } }')
    expect(answer.errors?.map(({ extensions }) => extensions['code'])).toEqual(['STORAGE', 'STORAGE'])
    expect(answer.errors?.[0]?.extensions['remedy']).toEqual(expect.any(String))
    expect(hub.isRunning()).toBe(true)
    expect((await fetch(`http://127.0.0.1:${hub.port}/health/live`)).status).toBe(200)
    await hub.killAndRestart()
    lives.push(...(await living))
    expect(client.acknowledged).toHaveLength(before + 36)
    const { lost, duplicated, orphans, undelivered, gaps } = await settled()
    expect({ lost, duplicated, orphans, undelivered, gaps }).toEqual({ lost: [], duplicated: [], orphans: [], undelivered: [], gaps: [] })
  }, 180_000)

  it('are told to nobody in words that only a bug would use', () => {
    expect(hub.output()).not.toContain('"code":"INTERNAL"')
    expect(client.failures.has('INTERNAL')).toBe(false)
  })
})
