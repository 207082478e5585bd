// cspell:ignore jndi مرحبا עברית
/** Ids that lead nowhere: unknown, malformed, of another type, with statements in them. */
export const hostileIds = (ofAnotherType: string): readonly unknown[] => [
  'sug_00000000000000000000000000',
  'sug_7zzzzzzzzzzzzzzzzzzzzzzzzz',
  ofAnotherType,
  ofAnotherType.toUpperCase(),
  `${ofAnotherType} `,
  '',
  ' ',
  '1',
  'null',
  '__proto__',
  'constructor',
  "' or 1=1 --",
  `${ofAnotherType}'; drop table suggestions; --`,
  '") { id } } { communities { id',
  '%',
  '../../etc/passwd',
  'sug_\u0000',
  'sug_\ud800',
  '\u202esug_',
  '😀',
  'x'.repeat(100_000),
  7,
  1.5,
  true,
  [],
  ['sug_1', 'sug_2'],
  {},
  { id: 'x' },
]

/** Texts that nobody may store: too long for any field, or with the one character that PostgreSQL cannot hold. */
export const FORBIDDEN_TEXTS: readonly unknown[] = ['路'.repeat(33_000), `a\u0000b`, 7, true, [], ['a', 'b'], { $ne: '' }]

/** Texts that are strange and lawful: kept as they are, or refused by a rule of the act, never a fault. */
export const STRANGE_TEXTS: readonly string[] = [
  "'; drop table suggestions; --",
  '${jndi:ldap://127.0.0.1/x} {{7*7}} %s%n $1',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '\u202eمرحبا\u202c עברית',
  '👩‍👩‍👧‍👦🏳️‍🌈 e\u0301 \u200b\ufeff.',
  'a\ud800b',
  '=cmd|calc!A1',
  '',
  '   ',
]

export const HOSTILE_INTEGERS: readonly unknown[] = [
  -1,
  -2_147_483_648,
  1_000_000_000,
  2_147_483_647,
  2_147_483_648,
  1e21,
  1.5,
  '1',
  true,
  [],
  [1, 2],
  {},
]
export const HOSTILE_ENUMS: readonly unknown[] = ['NOPE', '', 'accepted', '__proto__', 7, true, [], {}]
export const HOSTILE_BOOLEANS: readonly unknown[] = ['true', 1, 0, [], {}]
export const HOSTILE_DATES: readonly unknown[] = [
  '',
  'now',
  '2026-02-30',
  '2026-13-01',
  '20260301',
  '2026-03-01T25:00:00Z',
  '0000-00-00',
  'x'.repeat(100_000),
  1_772_323_200,
  [],
  {},
]
export const HOSTILE_DECIMALS: readonly unknown[] = ['', 'NaN', '1e5', '-1.00', '9'.repeat(40), '1,5', 1.5, [], {}]

const ring = (...positions: ReadonlyArray<readonly number[]>) => ({ type: 'Polygon', coordinates: [positions] })

/** What is no point of the earth, or no geometry at all. */
export const HOSTILE_GEOMETRIES: readonly unknown[] = [
  {},
  [],
  'POINT(106 29)',
  7,
  { type: 'Point' },
  { type: 'point', coordinates: [106, 29] },
  { type: 'Point', coordinates: [] },
  { type: 'Point', coordinates: [106] },
  { type: 'Point', coordinates: [106, 29, 1, 1] },
  { type: 'Point', coordinates: ['106', '29'] },
  { type: 'Point', coordinates: [null, null] },
  { type: 'Point', coordinates: [181, 29] },
  { type: 'Point', coordinates: [106, -91] },
  { type: 'Point', coordinates: [1e308, 1e308] },
  { type: 'Point', coordinates: { 0: 106, 1: 29 } },
  { type: 'Point', coordinates: [[106, 29]] },
  { type: 'Point', coordinates: [106, 29], crs: { type: 'name', properties: { name: 'EPSG:4547' } } },
  { type: 'Feature', geometry: { type: 'Point', coordinates: [106, 29] }, properties: {} },
  { type: 'FeatureCollection', features: [] },
  { type: 'GeometryCollection', geometries: [] },
  {
    type: 'LineString',
    coordinates: [
      [106, 29],
      [107, 30],
    ],
  },
  ring([0, 0], [1, 0], [1, 1]),
  ring([0, 0], [1, 0], [1, 1], [0, 1]),
  { type: 'MultiPoint', coordinates: [[106, 29]] },
  { type: 'Point', coordinates: Array.from({ length: 20_000 }, () => 1) },
]
