import type { Registry } from 'prom-client'

/** Values of labels, in the order of the family's names. */
export type LabelValues = readonly string[]

/** Series of one family at most; what comes after is counted under `other`, so that no caller can make a gateway's metrics grow. */
const MAX_SERIES = 500
const OTHER = 'other'

interface Sample {
  readonly metricName?: string
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
}

/** What prom-client's registry reads of a metric when it is asked for its text. */
interface Collected {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly aggregator: 'sum'
  readonly values: readonly Sample[]
}

/**
 * Series by label values, each found by one look-up. Ours and not prom-client's, because that hashes the labels anew at every
 * count, also through a child; its registry and its text are used as they are.
 */
class Family<T> {
  private readonly series = new Map<string, { readonly labels: LabelValues; readonly state: T }>()
  constructor(
    readonly names: readonly string[],
    private readonly make: () => T,
  ) {}

  /** The state for these values. Keep it where the values are known beforehand. */
  of(values: LabelValues): T {
    const key = values.length === 1 ? (values[0] as string) : values.join('\0')
    const known = this.series.get(key)
    if (known !== undefined) return known.state
    if (this.series.size >= MAX_SERIES && values.some((value) => value !== OTHER)) return this.of(values.map(() => OTHER))
    const state = this.make()
    this.series.set(key, { labels: values, state })
    return state
  }

  forget(values: LabelValues): void {
    this.series.delete(values.join('\0'))
  }

  samples(of: (state: T, labels: Readonly<Record<string, string>>) => readonly Sample[]): Sample[] {
    return [...this.series.values()].flatMap(({ labels, state }) =>
      of(state, Object.fromEntries(this.names.map((name, at) => [name, labels[at] ?? '']))),
    )
  }
}

/** A number that only grows; add to `value`. */
export interface Count {
  value: number
}

/** Figures of a distribution. */
export interface Distribution {
  readonly counts: Float64Array
  sum: number
}

const register = (registry: Registry, metric: { readonly name: string; get(): Promise<Collected> }): void => {
  // The registry asks for no more than a name and `get`; its types want one of its own classes.
  registry.registerMetric(metric as unknown as Parameters<Registry['registerMetric']>[0])
}

/** Names a family. */
export interface FamilyOptions {
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
}

/** A family of counters in a registry: gives the count for label values. */
export const counterFamily = (
  registry: Registry,
  { name, help, labels = [] }: FamilyOptions,
): { of(...values: string[]): Count; forget(...values: string[]): void } => {
  const family = new Family<Count>(labels, () => ({ value: 0 }))
  if (labels.length === 0) family.of([])
  register(registry, {
    name,
    get: async () => ({
      ...{ name, help, type: 'counter', aggregator: 'sum' },
      values: family.samples(({ value }, given) => [{ labels: given, value }]),
    }),
  })
  return { of: (...values) => family.of(values), forget: (...values) => family.forget(values) }
}

/** A family of histograms over upper bounds, which ascend; `observe` costs some nanoseconds. */
export const histogramFamily = (
  registry: Registry,
  { name, help, labels = [], bounds }: FamilyOptions & { readonly bounds: readonly number[] },
): { of(...values: string[]): Distribution; observe(into: Distribution, value: number): void } => {
  const family = new Family<Distribution>(labels, () => ({ counts: new Float64Array(bounds.length + 1), sum: 0 }))
  const samplesOf = ({ counts, sum }: Distribution, given: Readonly<Record<string, string>>): Sample[] => {
    let below = 0
    const buckets = [...counts].map((count, at) => {
      below += count
      return { metricName: `${name}_bucket`, labels: { ...given, le: bounds[at] ?? '+Inf' }, value: below }
    })
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels: given, value: sum },
      { metricName: `${name}_count`, labels: given, value: below },
    ]
  }
  register(registry, {
    name,
    get: async () => ({ ...{ name, help, type: 'histogram', aggregator: 'sum' }, values: family.samples(samplesOf) }),
  })
  return {
    of: (...values) => family.of(values),
    observe(into, value) {
      let at = 0
      while (at < bounds.length && value > (bounds[at] as number)) at += 1
      into.counts[at] = (into.counts[at] as number) + 1
      into.sum += value
    },
  }
}

/** Figures that are read when somebody asks, from whoever has them; a null is left out. */
export const readFamily = (
  registry: Registry,
  { name, help, labels = [], type }: FamilyOptions & { readonly type: 'counter' | 'gauge' },
  read: () => ReadonlyArray<readonly [LabelValues, number]>,
): void =>
  register(registry, {
    name,
    get: async () => ({
      ...{ name, help, type, aggregator: 'sum' },
      values: read().map(([values, value]) => ({
        labels: Object.fromEntries(labels.map((label, at) => [label, values[at] ?? ''])),
        value,
      })),
    }),
  })
