/** A document that asks for too much, and the variables that go with it. */
export interface Bomb {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(' ');
const nested = (depth: number): string =>
  depth === 0 ? 'id' : `id conversations(first: 1) { nodes { contact { ${nested(depth - 1)} } } }`;
const page = (first: string, inside: string) => `conversations(first: ${first}) { nodes { ${inside} } }`;
const contacts = (inside: string) => `query { contacts(first: 1) { nodes { ${inside} } } }`;

/** Ways to make one small request expensive; each has to be refused before it costs one statement. */
export const bombs: Readonly<Record<string, Bomb>> = {
  'a level too deep': { query: contacts(nested(4)) },
  'a hundred levels': { query: contacts(nested(33)) },
  'depth through inline fragments': {
    query: contacts(nested(5).replaceAll('contact {', 'contact { ... on Contact {').replaceAll('} } }', '} } } }')),
  },
  'depth through named fragments': {
    query: `${contacts('...F0')} ${times(6, (n) => `fragment F${String(n)} on Contact { conversations(first: 1) { nodes { contact { ...F${String(n + 1)} } } } }`)} fragment F6 on Contact { id }`,
  },
  'a hundred aliases of one root field': { query: `{ ${times(100, (n) => `a${String(n)}: inboxCounts { open }`)} }` },
  'sixteen aliases': { query: `{ inboxCounts { ${times(16, (n) => `a${String(n)}: open`)} } }` },
  'aliases through a fragment used often': {
    query: `{ inboxCounts { ...F } again: inboxCounts { ...F } more: inboxCounts { ...F } last: inboxCounts { ...F } }
      fragment F on InboxCounts { ${times(5, (n) => `a${String(n)}: open`)} }`,
  },
  'aliases of what costs nothing': { query: `{ ${times(400, (n) => `a${String(n)}: __typename`)} }` },
  'eleven root fields': { query: `{ ${times(11, () => 'inboxCounts { open }')} }` },
  'eleven root fields through fragments': {
    query: `{ ...F ...G } fragment F on Query { ${times(6, () => 'inboxCursor')} } fragment G on Query { ${times(6, () => 'inboxCursor')} }`,
  },
  'eleven mutations': {
    query: `mutation { ${times(11, (n) => `a${String(n)}: signOut`)} }`,
  },
  'a fragment inside itself': { query: '{ inboxCounts { ...F } } fragment F on InboxCounts { open ...F }' },
  'two fragments inside one another': {
    query: '{ inboxCounts { ...F } } fragment F on InboxCounts { ...G } fragment G on InboxCounts { ...F }',
  },
  'a cycle through a field': {
    query: `${contacts('...F')} fragment F on Contact { conversations(first: 1) { nodes { contact { ...F } } } }`,
  },
  'a cycle that nobody enters': {
    query: '{ inboxCursor } fragment F on InboxCounts { ...G } fragment G on InboxCounts { ...F }',
  },
  'fragments that double fifteen times': {
    query: `{ inboxCounts { ...F0 } } ${times(15, (n) => `fragment F${String(n)} on InboxCounts { ...F${String(n + 1)} ...F${String(n + 1)} }`)} fragment F15 on InboxCounts { open }`,
  },
  'a directive on every one of thirty fields': {
    query: `{ inboxCounts { ${times(30, () => 'open @include(if: true)')} } }`,
  },
  'one directive a thousand times': { query: `{ inboxCursor ${times(600, () => '@x')} }` },
  'one directive twice': { query: '{ inboxCursor @include(if: true) @include(if: true) }' },
  'one field two thousand times': { query: `{ inboxCounts { ${times(1_980, () => 'open')} } }` },
  'one field with a selection, often': { query: `{ bots { ${times(390, () => 'channels { id }')} } }` },
  'a page of 101': { query: `{ ${page('101', 'id')} }` },
  'a page of a million in a variable': {
    query: `query ($n: Int) { ${page('$n', 'id')} }`,
    variables: { n: 1_000_000 },
  },
  "a page of a million as a variable's default": { query: `query ($n: Int = 1000000) { ${page('$n', 'id')} }` },
  'pages that multiply': { query: `{ ${page('100', 'messages(first: 100) { nodes { id } }')} }` },
  'pages that multiply though none is asked for': {
    query: `{ ${page('100', 'contact { conversations { nodes { messages { nodes { id } } } } }')} }`,
  },
  'pages that multiply because null is the size': {
    query: `query ($n: Int) { ${page('100', 'messages(first: $n) { nodes { contact: conversation { messages { nodes { id } } } } }')} }`,
    variables: { n: null },
  },
  'one field often, by way of its parents': {
    query: `{ bots { ${times(10, () => 'channels { id kind name }')} } bots { ${times(10, () => 'channels { id status }')} } }`,
  },
  'one field often, in a fragment that nobody uses': {
    query: `{ inboxCursor } fragment F on Bot { ${times(390, () => 'channels { id }')} }`,
  },
  'directives where fragments are opened': {
    query: `{ inboxCounts { ...F ${times(25, () => '@include(if: true)')} } } fragment F on InboxCounts { open }`,
  },
  'two hundred fragments in one place': {
    query: `{ inboxCounts { ${times(200, (n) => `...F${String(n)}`)} } } ${times(200, (n) => `fragment F${String(n)} on InboxCounts { open }`)}`,
  },
  'a hundred operations': {
    query: times(100, (n) => `query Q${String(n)} { bots { ${times(4, () => 'channels { id }')} } }`),
    operationName: 'Q1',
  },
  'more tokens than a document may have': { query: `{ inboxCounts { ${times(2_100, () => 'open')} } }` },
  'a value of three thousand brackets': { query: `{ contacts(search: ${'['.repeat(3_000)}) { nodes { id } } }` },
  'the schema, deeper than it goes': {
    query: `{ __schema { types { ${times(5, () => 'fields { type {')} name ${times(5, () => '} }')} } } }`,
  },
  'the schema twenty times': { query: `{ ${times(20, (n) => `a${String(n)}: __schema { types { name } }`)} }` },
  'the wrong one of two operations': {
    query: `query Small { inboxCursor } query Big { inboxCounts { ${times(16, (n) => `a${String(n)}: open`)} } }`,
    operationName: 'Big',
  },
};
