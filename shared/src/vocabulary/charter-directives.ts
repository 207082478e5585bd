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
