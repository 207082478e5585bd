/** Where a directive may stand in a schema, by GraphQL's own names. */
export type ElementKind =
  | 'SCHEMA'
  | 'SCALAR'
  | 'OBJECT'
  | 'FIELD_DEFINITION'
  | 'ARGUMENT_DEFINITION'
  | 'INTERFACE'
  | 'UNION'
  | 'ENUM'
  | 'ENUM_VALUE'
  | 'INPUT_OBJECT'
  | 'INPUT_FIELD_DEFINITION'

interface KnownDirective {
  readonly on: ReadonlySet<string>
  readonly takes: ReadonlySet<string>
}

const EVERYWHERE = 'SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION'
const ACCESS = 'FIELD_DEFINITION OBJECT INTERFACE SCALAR ENUM'

const known = (on: string, takes = ''): KnownDirective => ({ on: new Set(on.split(' ')), takes: new Set(takes.split(' ')) })

/**
 * Every directive of GraphQL and Federation that the check understands, with its places and arguments.
 *
 * What is not here is not understood and therefore refused: a directive of tomorrow is no way around the rules of today.
 * @see https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives
 */
export const KNOWN_DIRECTIVES: ReadonlyMap<string, KnownDirective> = new Map(
  Object.entries({
    link: known('SCHEMA', 'url as for import'),
    composeDirective: known('SCHEMA', 'name'),
    key: known('OBJECT INTERFACE', 'fields resolvable'),
    requires: known('FIELD_DEFINITION', 'fields'),
    provides: known('FIELD_DEFINITION', 'fields'),
    external: known('OBJECT FIELD_DEFINITION', 'reason'),
    shareable: known('OBJECT FIELD_DEFINITION'),
    extends: known('OBJECT INTERFACE'),
    override: known('FIELD_DEFINITION', 'from label'),
    inaccessible: known(EVERYWHERE),
    tag: known(`SCHEMA ${EVERYWHERE}`, 'name'),
    interfaceObject: known('OBJECT'),
    authenticated: known(ACCESS),
    requiresScopes: known(ACCESS, 'scopes'),
    policy: known(ACCESS, 'policies'),
    context: known('OBJECT INTERFACE UNION', 'name'),
    fromContext: known('ARGUMENT_DEFINITION', 'field'),
    cost: known('ARGUMENT_DEFINITION ENUM FIELD_DEFINITION INPUT_FIELD_DEFINITION OBJECT SCALAR', 'weight'),
    listSize: known('FIELD_DEFINITION', 'assumedSize slicingArguments sizedFields requireOneSlicingArgument'),
    deprecated: known('FIELD_DEFINITION ARGUMENT_DEFINITION INPUT_FIELD_DEFINITION ENUM_VALUE', 'reason'),
    specifiedBy: known('SCALAR', 'url'),
    oneOf: known('INPUT_OBJECT'),
  }),
)

/** Directives that decide who may ask. */
export const ACCESS_DIRECTIVES: ReadonlySet<string> = new Set(['authenticated', 'requiresScopes', 'policy'])

/** Directives that say something about an element without changing its answer. */
export const MARKING_DIRECTIVES: ReadonlySet<string> = new Set(['tag', 'cost', 'listSize', 'deprecated'])

/** Types that Federation itself defines in a printed schema, with the only kind each may have. */
export const FEDERATION_TYPES: ReadonlyMap<string, ElementKind> = new Map([
  ['_Any', 'SCALAR'],
  ['_FieldSet', 'SCALAR'],
  ['FieldSet', 'SCALAR'],
  ['Scope', 'SCALAR'],
  ['Policy', 'SCALAR'],
  ['ContextFieldValue', 'SCALAR'],
  ['Import', 'SCALAR'],
  ['Purpose', 'ENUM'],
  ['_Service', 'OBJECT'],
  ['_Entity', 'UNION'],
])

/** Root fields by which a hub speaks to a subgraph; they never reach the API. */
export const FEDERATION_ROOT_FIELDS: ReadonlySet<string> = new Set(['_entities', '_service'])
