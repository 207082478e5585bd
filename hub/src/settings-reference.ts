import type { z } from 'zod'

import { HUB_CONFIG } from './config.js'

interface Setting {
  readonly name: string
  readonly of: string
  readonly otherwise: string
}

const settings = (): readonly Setting[] =>
  Object.entries(HUB_CONFIG.shape as Readonly<Record<string, z.ZodType>>).map(([name, model]) => {
    const absent = model.safeParse(undefined)
    return { name, of: model.description ?? '', otherwise: absent.success && absent.data !== undefined ? String(absent.data) : '' }
  })

/** `.env.example`: every setting of the hub's process with what it means; none is set. */
export const environmentExample = (): string =>
  [
    '# Settings of the hub. Generated from hub/src/config.ts: change that, then npm run generate. None is needed to start.',
    '# docker-compose.yml reads its secrets from .env; make that with: node hub/dist/compose/main.js',
    ...settings().flatMap(({ name, of, otherwise }) => ['', `# ${of}`, `#${name}=${otherwise}`]),
    '',
  ].join('\n')

/** docs/reference/configuration.md: the same as a table. */
export const settingsReference = (): string =>
  [
    '# Configuration of the hub',
    '',
    'Generated from `hub/src/config.ts`. A setting that is misspelt or wrong refuses the start, and all faults are named at once.',
    '',
    '| setting | default | meaning |',
    '| --- | --- | --- |',
    ...settings().map(({ name, of, otherwise }) => `| \`${name}\` | ${otherwise === '' ? '' : `\`${otherwise}\``} | ${of} |`),
    '',
  ].join('\n')
