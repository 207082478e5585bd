import { Kind, print, type FieldNode, type OperationTypeNode, type SelectionSetNode } from 'graphql'

import type { PathSegment, RequiresSelection } from '../plan-nodes.js'
import { CallGroup, Spot, type Place } from './call-group.js'
import { createCompleteness } from './completeness.js'
import { PlanImpossible } from './plan-impossible.js'
import type { PlanInput } from './plan-input.js'
import type { Answerer, Entry } from './reach.js'
import { Requirements } from './requirements.js'
import { gather, TYPE_NAME_FIELD, type AskedField, type Selection } from './selection.js'

const TYPE_NAME = '__typename'
const TYPE_NAME_SHAPE = 'String!'
/** A call is also printed, compared with others and read back by whoever executes it. */
const STEPS_PER_CALL = 20
const NOTHING: readonly SelectionSetNode[] = []

/**
 * Distributes selections over calls, depth first: each field goes to the graph where its object already is, else to one already
 * called for the object, else to the nearest that can complete it. Throws `PlanImpossible` and `PlanTooLarge`.
 */
export class SelectionPlanner {
  readonly groups: CallGroup[] = []
  private readonly spots = new WeakMap<Selection, Spot>()
  private readonly collectors: Set<CallGroup>[] = []
  private readonly completeness
  private readonly requirements

  constructor(private readonly input: PlanInput) {
    this.completeness = createCompleteness(input)
    this.requirements = new Requirements(input)
  }

  /** Plans the root fields of an operation. */
  planRoot(kind: OperationTypeNode, rootType: string, set: SelectionSetNode): void {
    const spot = new Spot([], rootType, null)
    for (const field of gather([set], rootType, this.input)) if (field.name !== TYPE_NAME) this.planField(spot, field, kind)
  }

  private planField(spot: Spot, field: AskedField, rootKind: OperationTypeNode | null = null): void {
    this.input.work.spend(1)
    if (field.name === TYPE_NAME) {
      if (spot.origin) this.touch(spot.origin).add(field.key, TYPE_NAME_FIELD, TYPE_NAME_SHAPE, null)
      return
    }
    let rest: AskedField | null = field
    for (const { place, answerer } of this.ways(spot, field, rootKind)) {
      const { doable, left } = this.completeness.split(answerer, rest)
      if (doable === null) continue
      const at = place ?? this.enter(spot, answerer, rootKind)
      this.addTo(at, spot, answerer, doable)
      if (left === null) return
      rest = left
    }
    throw new PlanImpossible(`${spot.typeName}.${this.completeness.firstGap(rest) ?? field.name}`)
  }

  /** Where a field can be asked, best first: here, where the object already went, near graphs that know most. */
  private *ways(spot: Spot, field: AskedField, rootKind: OperationTypeNode | null): Generator<{ place: Place | null; answerer: Answerer }> {
    const { reach } = this.input
    const here = spot.origin
    const local = here === null ? null : this.localAnswerer(here, spot.typeName, field.name)
    if (here !== null && local !== null) yield { place: here, answerer: local }
    const entries = here === null ? null : reach.from(here.group.graph, spot.typeName)
    const others = reach
      .answerers(spot.typeName, field.name)
      .filter(({ graph }) => rootKind !== null || entries?.has(graph) === true)
      .filter(({ graph }) => local === null || graph !== here?.group.graph)
    this.input.work.spend(others.length)
    const ranked = others.map((answerer) => ({
      answerer,
      isKnown: answerer.field.requires === null && spot.places.has(placeKey(answerer)),
      isWhole: others.length > 1 && this.completeness.isWhole(answerer, field),
      distance: entries?.get(answerer.graph)?.distance ?? 0,
      depth: others.length > 1 ? this.completeness.localDepth(answerer, field) : 0,
    }))
    ranked.sort((a, b) => order(b.isWhole, a.isWhole) || order(b.isKnown, a.isKnown) || a.distance - b.distance || b.depth - a.depth)
    for (const { answerer } of ranked) yield { place: null, answerer }
  }

  private localAnswerer(place: Place, typeName: string, name: string): Answerer | null {
    const { graph } = place.group
    const own = this.input.reach.answers(graph, typeName, name)
    if (own !== null && own.field.requires === null && own.asType === typeName) return own
    const isProvided = gather(place.provided, typeName, this.input).some((given) => given.name === name)
    const external = this.input.model.at(graph, typeName)?.fields.get(name)
    return isProvided && external ? { graph, asType: typeName, field: external } : null
  }

  /** Takes an object to another graph: asks for a key (and what is required) where it can be had, and opens a call there. */
  private enter(spot: Spot, answerer: Answerer, rootKind: OperationTypeNode | null): Place {
    const id = placeKey(answerer)
    const known = spot.places.get(id)
    if (known) {
      this.touch(known)
      return known
    }
    this.input.work.spend(STEPS_PER_CALL)
    const group = new CallGroup(answerer.graph, spot.path, answerer.asType, rootKind)
    const place: Place = { group, selection: group.selection, provided: NOTHING }
    if (rootKind === null) this.prepare(spot, group, answerer)
    spot.places.set(id, place)
    this.groups.push(group)
    this.touch(place)
    return place
  }

  private prepare(spot: Spot, group: CallGroup, answerer: Answerer): void {
    const origin = spot.origin
    const entry = origin === null ? undefined : this.input.reach.from(origin.group.graph, spot.typeName).get(answerer.graph)
    if (origin === null || entry === undefined) throw new PlanImpossible(`${spot.typeName} in ${answerer.graph}`)
    const needed: RequiresSelection[] = [{ kind: 'Field', name: TYPE_NAME }]
    const used = new Set<CallGroup>()
    this.collectors.push(used)
    this.touch(origin).add(TYPE_NAME, TYPE_NAME_FIELD, TYPE_NAME_SHAPE, null)
    for (const node of entry.key.selections) if (node.kind === Kind.FIELD) needed.push(this.askKeyField(spot, entry, node))
    for (const node of answerer.field.requires?.selections ?? []) {
      if (node.kind !== Kind.FIELD || node.name.value === TYPE_NAME) continue
      this.planField(spot, this.requirements.field(spot.typeName, node))
      if (!needed.some((selection) => selection.kind === 'Field' && selection.name === this.requirements.key(spot.typeName, node)))
        needed.push(this.requirements.representation(spot.typeName, node))
    }
    this.collectors.pop()
    // Whoever waits for this call waits for what it waits for, too; levels follow from that.
    this.input.work.spend((this.collectors.length * used.size) >> 3)
    for (const collector of this.collectors) for (const one of used) collector.add(one)
    group.after = used
    group.requires = [{ kind: 'InlineFragment', typeCondition: spot.typeName, selections: needed }]
    if (answerer.asType !== spot.typeName || this.isInterfaceObjectWay(spot.typeName))
      group.renamedTypes = [...new Set([answerer.asType, ...this.input.model.possible(spot.typeName)])]
  }

  private isInterfaceObjectWay(typeName: string): boolean {
    return this.input.model.kindOf(typeName) === 'abstract'
  }

  private askKeyField(spot: Spot, entry: Entry, node: FieldNode): RequiresSelection {
    const source = entry.sources.get(node.name.value)
    const origin = spot.origin as Place
    const field = this.requirements.field(spot.typeName, node)
    const isHere = source === undefined || source === origin.group.graph
    const way = isHere ? undefined : this.input.reach.from(origin.group.graph, spot.typeName).get(source)
    const asType = way?.asType ?? spot.typeName
    const answerer = this.input.reach.answers(source ?? origin.group.graph, asType, node.name.value)
    if (answerer === null) throw new PlanImpossible(`${spot.typeName}.${node.name.value}`)
    const place = isHere ? origin : this.enter(spot, answerer, null)
    this.addTo(place, spot, answerer, field)
    return this.requirements.representation(spot.typeName, node)
  }

  private addTo(place: Place, spot: Spot, answerer: Answerer, field: AskedField): void {
    const selection = this.touch(place)
    const typeBelow = this.input.model.kindOf(answerer.field.typeName) === 'leaf' ? null : answerer.field.typeName
    const below = selection.add(field.key, field, answerer.field.shape, typeBelow)
    if (below === null) return
    const given = gather(place.provided, spot.typeName, this.input).find(({ name }) => name === field.name)
    const provided = [...(answerer.field.provides ? [answerer.field.provides] : []), ...(given?.sets ?? [])]
    this.planBelow(
      { group: place.group, selection: below, provided },
      [...spot.path, { Field: field.key }, ...(answerer.field.isList ? (['@'] as const) : [])],
      field.sets,
    )
  }

  /** Plans what stands below a field, at an object, an interface, a union or an interface object. */
  private planBelow(place: Place, path: readonly PathSegment[], sets: readonly SelectionSetNode[]): void {
    const { model } = this.input
    const typeName = place.selection.typeName
    if (model.kindOf(typeName) === 'object') {
      const spot = this.spotAt(place, path, typeName)
      for (const field of gather(sets, typeName, this.input)) this.planField(spot, field)
    } else if (model.at(place.group.graph, typeName)?.isInterfaceObject === true) {
      this.planInterfaceObject(place, path, sets)
    } else {
      this.planAbstract(place, path, sets, new Set())
    }
  }

  private planAbstract(place: Place, path: readonly PathSegment[], sets: readonly SelectionSetNode[], done: ReadonlySet<string>): void {
    const { model } = this.input
    const typeName = place.selection.typeName
    this.touch(place).add(TYPE_NAME, TYPE_NAME_FIELD, TYPE_NAME_SHAPE, null)
    const asked = [...(model.at(place.group.graph, typeName)?.possible ?? [])].map((concrete) => {
      const fields = gather(sets, concrete, this.input).filter(({ key, name }) => name !== TYPE_NAME && !done.has(key))
      this.input.work.spend(1 + fields.length)
      return { concrete, fields: new Map(fields.map((field) => [field.key, field])) }
    })
    const common = place.provided.length > 0 ? new Set<string>() : this.planCommon(place, path, asked)
    for (const { concrete, fields } of asked) {
      const own = [...fields.values()].filter(({ key }) => !common.has(key))
      if (own.length === 0) continue
      const spot = this.spotAt({ ...place, selection: place.selection.on(concrete) }, [...path, { TypeCondition: [concrete] }], concrete)
      for (const field of own) this.planField(spot, field)
    }
  }

  /**
   * Fields that every possible type answers alike are asked of the interface itself, once: shorter calls, and no selection that
   * doubles with each implementer at each depth. Gives their keys.
   */
  private planCommon(
    place: Place,
    path: readonly PathSegment[],
    asked: readonly { readonly concrete: string; readonly fields: ReadonlyMap<string, AskedField> }[],
  ): Set<string> {
    const { model, reach } = this.input
    const { graph } = place.group
    const typeName = place.selection.typeName
    const common = new Set<string>()
    for (const field of asked[0]?.fields.values() ?? []) {
      const onInterface = model.at(graph, typeName)?.fields.get(field.name)
      if (!onInterface || onInterface.isExternal) continue
      const isAlike = asked.every(({ concrete, fields }) => {
        const same = fields.get(field.key)
        if (same === undefined || !sameField(same, field) || !sameSets(same, field)) return false
        const own = reach.answers(graph, concrete, field.name)
        return (
          own !== null &&
          own.asType === concrete &&
          own.field.requires === null &&
          own.field.provides === null &&
          own.field.typeName === onInterface.typeName
        )
      })
      const answerer: Answerer = { graph, asType: typeName, field: onInterface }
      if (!isAlike || !this.completeness.isWhole(answerer, field)) continue
      this.addTo(place, this.spotAt(place, path, typeName), answerer, field)
      common.add(field.key)
    }
    return common
  }

  /** Behind an interface object nobody knows the concrete type yet: it is asked of a graph that has the real interface. */
  private planInterfaceObject(place: Place, path: readonly PathSegment[], sets: readonly SelectionSetNode[]): void {
    const { model, reach } = this.input
    const { graph } = place.group
    const typeName = place.selection.typeName
    const spot = this.spotAt(place, path, typeName)
    const concrete = model.possible(typeName).map((type) => gather(sets, type, this.input).filter(({ name }) => name !== TYPE_NAME))
    const done = new Set<string>()
    for (const field of concrete[0] ?? []) {
      const same = concrete.map((fields) => fields.find(({ key }) => key === field.key))
      const isShared = same.every((other) => other !== undefined && sameField(other, field))
      const answerer = this.localAnswerer(place, typeName, field.name)
      if (!isShared || answerer === null) continue
      const whole = { ...field, sets: [...new Set(same.flatMap((other) => other?.sets ?? []))] }
      if (!this.completeness.isWhole(answerer, whole)) continue
      this.addTo(place, spot, answerer, whole)
      done.add(field.key)
    }
    const entries = [...reach.from(graph, typeName).values()].filter(
      (entry) => model.at(entry.graph, typeName)?.isInterfaceObject === false && entry.asType === typeName,
    )
    const asked = concrete.flat().filter(({ key }) => !done.has(key))
    const knows = (entry: Entry): number => asked.filter(({ name }) => model.at(entry.graph, typeName)?.fields.has(name)).length
    const best = entries.sort((a, b) => knows(b) - knows(a) || a.distance - b.distance)[0]
    if (best === undefined) throw new PlanImpossible(`${typeName}.${TYPE_NAME}`)
    const field = { typeName, shape: typeName, isList: false, isExternal: false, requires: null, provides: null }
    const real = this.enter(spot, { graph: best.graph, asType: typeName, field }, null)
    this.planAbstract(real, path, sets, done)
  }

  private spotAt(place: Place, path: readonly PathSegment[], typeName: string): Spot {
    const known = this.spots.get(place.selection)
    if (known) return known
    const spot = new Spot(path, typeName, place)
    this.spots.set(place.selection, spot)
    return spot
  }

  /** Notes that a call is needed by whatever is being prepared; gives its selection. */
  private touch(place: Place): Selection {
    this.input.work.spend(this.collectors.length >> 3)
    for (const collector of this.collectors) collector.add(place.group)
    return place.selection
  }
}

const order = (a: boolean, b: boolean): number => Number(a) - Number(b)
const placeKey = ({ graph, asType, field }: Answerer): string =>
  `${graph} ${asType} ${field.requires === null ? '' : print(field.requires)}`
const argsText = (field: AskedField): string => [...field.args.map(print).sort(), ...field.directives.map(print)].join()
const sameSets = (a: AskedField, b: AskedField): boolean => a.sets.length === b.sets.length && a.sets.every((set, at) => set === b.sets[at])
const sameField = (a: AskedField, b: AskedField): boolean => a.name === b.name && argsText(a) === argsText(b)
