/** No way leads to a field from where it is asked; the composer should have refused such a supergraph. */
export class PlanImpossible extends Error {
  /** The field, as `Type.field`. */
  readonly coordinate: string

  constructor(coordinate: string) {
    super(`no graph that can be reached answers ${coordinate}`)
    this.name = 'PlanImpossible'
    this.coordinate = coordinate
  }
}

/** A document whose plan would need more work than one document may cause. */
export class PlanTooLarge extends Error {
  constructor() {
    super('the plan of the document is too large')
    this.name = 'PlanTooLarge'
  }
}

/** A key or requirement that the caller may not read: what needs it is refused before any call. */
export class PlanForbidden extends Error {
  /** The field, as `Type.field`. */
  readonly coordinate: string

  constructor(coordinate: string) {
    super(`the plan would read ${coordinate}, which the caller may not`)
    this.name = 'PlanForbidden'
    this.coordinate = coordinate
  }
}
