import { readFileSync } from 'node:fs'

import { ClientsFileRefused, createClientRegistry, readClientsFile } from '../clients/client-registry.js'
import type { ClientsConfig } from '../clients/client-policy.js'
import { PRODUCTION_CLASSES, type AdmissionOptions } from './admission-options.js'
import type { DocumentMode } from './choose-document.js'
import { createTrustedDocuments, readManifestFolder, type TrustedDocuments } from './trusted-documents.js'

/** Settings of admission that cannot be used; lists every fault. */
export class AdmissionRefused extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The settings of admission are not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'AdmissionRefused'
  }
}

/** Settings of admission as a process gets them; empty texts and undefined are nothing. */
export interface AdmissionSettings {
  readonly documentMode?: DocumentMode | undefined
  readonly trustedFolder?: string | undefined
  readonly clientsFile?: string | undefined
  /** A demonstration: no bounds of cost and rate unless a file says so. */
  readonly isDemo: boolean
}

const readClients = (path: string, faults: string[]): ClientsConfig => {
  try {
    const config = readClientsFile(readFileSync(path, 'utf8'))
    // Policies that contradict each other are found by building the registry once.
    createClientRegistry(config)
    return config
  } catch (error) {
    faults.push(...(error instanceof ClientsFileRefused ? error.faults.map((fault) => `${path}: ${fault}`) : [`${path} cannot be read.`]))
    return {}
  }
}

const readTrusted = (folder: string, faults: string[]): TrustedDocuments | null => {
  try {
    const trusted = createTrustedDocuments(readManifestFolder(folder))
    faults.push(...trusted.faults.map(({ source, id, reason }) => `${folder}/${source}${id === null ? '' : ` (${id})`}: ${reason}`))
    return trusted
  } catch {
    faults.push(`${folder} cannot be read.`)
    return null
  }
}

/**
 * Admission from the settings of a process; throws `AdmissionRefused` with every fault of its files, since a hub that was told to
 * run registered documents alone must not start without some of them.
 *
 * Without a mode, registered documents are required of callers without a token as soon as a folder of them is given.
 */
export const readAdmission = (settings: AdmissionSettings): AdmissionOptions => {
  const faults: string[] = []
  const { trustedFolder = '', clientsFile = '' } = settings
  const trusted = trustedFolder === '' ? null : readTrusted(trustedFolder, faults)
  const clients = clientsFile !== '' ? readClients(clientsFile, faults) : settings.isDemo ? {} : PRODUCTION_CLASSES
  const documentMode = settings.documentMode ?? (trusted === null ? 'allowed' : 'required-for-anonymous')
  if (documentMode.startsWith('required') && trusted === null && faults.length === 0)
    faults.push(`The document mode "${documentMode}" needs a folder of registered documents.`)
  if (faults.length > 0) throw new AdmissionRefused(faults)
  return { documentMode, trusted, clients }
}
