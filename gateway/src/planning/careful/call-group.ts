import type { OperationTypeNode, SelectionSetNode } from 'graphql'

import type { PathSegment, RequiresSelection } from '../plan-nodes.js'
import { Selection } from './selection.js'

/** One future call, or one part of it: what one graph is asked at one place of the answer. */
export class CallGroup {
  readonly graph: string
  readonly path: readonly PathSegment[]
  /** Null for entities, else the kind of root. */
  readonly root: OperationTypeNode | null
  /** The type of the entity as its graph knows it. */
  readonly asType: string
  readonly selection: Selection
  /** Calls whose answers the representation needs. */
  after: ReadonlySet<CallGroup> = new Set()
  requires: readonly RequiresSelection[] = []
  /** Type names that become `asType` in the representation, where the graph knows an interface object. */
  renamedTypes: readonly string[] = []

  constructor(graph: string, path: readonly PathSegment[], asType: string, root: OperationTypeNode | null) {
    this.graph = graph
    this.path = path
    this.asType = asType
    this.root = root
    this.selection = new Selection(asType)
  }
}

/** A place in what one call answers: where fields of an object are asked of a graph. */
export interface Place {
  readonly group: CallGroup
  readonly selection: Selection
  /** Fields handed out here beside the graph's own. */
  readonly provided: readonly SelectionSetNode[]
}

/** One object position of the answer, with every graph that it has been taken to. */
export class Spot {
  readonly path: readonly PathSegment[]
  readonly typeName: string
  /** Null at the root. */
  readonly origin: Place | null
  readonly places = new Map<string, Place>()

  constructor(path: readonly PathSegment[], typeName: string, origin: Place | null) {
    this.path = path
    this.typeName = typeName
    this.origin = origin
  }
}
