/** The `@link`s of every subgraph; the charter's directives travel into the supergraph by `@composeDirective`. */
export const SCHEMA_EXTENSION = `
extend schema
  @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@external", "@authenticated", "@requiresScopes", "@composeDirective"]
  )
  @link(url: "https://commonhall.example/spec/charter/v1.0", import: ["@owner", "@act", "@personal", "@purpose"])
  @composeDirective(name: "@owner")
  @composeDirective(name: "@act")
  @composeDirective(name: "@personal")
  @composeDirective(name: "@purpose")
`

/** Definitions of the charter's directives, the same text in every subgraph. */
export const CHARTER_DIRECTIVES = `
"The party that owns a type, or a field it contributes to another party's entity."
directive @owner(party: PartyKind!) on OBJECT | FIELD_DEFINITION

"The function of the charter under which a mutation is performed."
directive @act(code: String!) on FIELD_DEFINITION

"Personal data. 'subject' names the field that leads to the person; without it the parent is the person."
directive @personal(class: DataClass!, subject: String) on FIELD_DEFINITION

"The only purposes for which a personal field is read; the reader declares its purpose with the request."
directive @purpose(allow: [Purpose!]!) on FIELD_DEFINITION
`

/** Enums that the directives' arguments need, for a schema in which nothing else leads to them; the same text as the registered ones. */
export const DIRECTIVE_ENUMS: Readonly<Record<string, string>> = {
  PartyKind: `
"""The four kinds of parties. Each kind owns one subgraph."""
enum PartyKind {
  """Departments of the street or district."""
  GOVERNMENT

  """Residents' committees."""
  COMMITTEE

  """Registered or filed organizations, volunteer teams, mediation bodies."""
  NONPROFIT

  """Natural persons living in a community."""
  RESIDENT
}`,
  DataClass: `
"""Classes of personal data. Nothing outside these classes is held."""
enum DataClass {
  """Name, pictures, identifiers."""
  IDENTITY
  CONTACT

  """Anything finer than a cell."""
  LOCATION
  AGE
  FAMILY
  HEALTH

  """Income, benefits, debts."""
  ECONOMIC

  """Suggestions, statements, ratings tied to a person."""
  OPINION
}`,
  Purpose: `
"""Why a party reads personal data. Declared per request and written to the data-use log."""
enum Purpose {
  CASE_HANDLING
  CARE
  SERVICE_DELIVERY
  ENTITLEMENT
  MEDIATION
  VOLUNTEERING
  DELIBERATION
  BOOKING

  """Audit of the reader itself."""
  OVERSIGHT

  """The person, or the person's delegate, reads the own record."""
  SUBJECT
}`,
}
