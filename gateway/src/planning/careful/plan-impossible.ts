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
