import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buildSchema } from 'graphql';
import { type Progress, differences, operationsOf, readProgress, typesOf } from './contract.js';

const here = import.meta.dirname;
const read = async (file: string) => buildSchema(await readFile(path.join(here, file), 'utf8'));

describe('the public contract', () => {
  it('is kept by every part that stands, and the list of what stands is honest', async () => {
    const [contract, actual, progress] = await Promise.all([
      read('schema.graphql'),
      // The print of the running schema: printed.spec.ts holds it to the code.
      read('../../schema.graphql'),
      readProgress(),
    ]);
    expect(differences(contract, actual, progress)).toEqual([]);
  });

  it('is missing no part without a reason', async () => {
    const { notYetParts } = await readProgress();
    for (const [part, reason] of Object.entries(notYetParts))
      expect([part, reason]).toEqual([part, expect.stringMatching(/\w{3,} \w+/)]);
  });

  const contract = buildSchema(`
    type Query { one(id: ID!, first: Int = 20): One! two: Two }
    enum Colour { RED GREEN }
    interface Event { at: Int! }
    type One implements Event { at: Int! name: String colour: Colour! later: Int }
    type Two { name: String! }
    input Given { name: String! }`);
  const progress: Progress = {
    built: { operations: ['Query.one'], types: ['Colour', 'Event', 'Given', 'One'] },
    notYet: { operations: ['Query.two'], types: ['Two'] },
    notYetParts: { 'One.later': 'comes with the second module' },
  };
  const stands = `type Query { one(id: ID!, first: Int = 20): One! more: Int }
    enum Colour { RED GREEN BLUE }
    interface Event { at: Int! }
    type One implements Event { at: Int! name: String colour: Colour! extra: Int }
    input Given { name: String! more: Int }
    type Extra { it: Int given(it: Given): Int }`;

  it('allows additions', () => {
    expect(differences(contract, buildSchema(stands), progress)).toEqual([]);
  });

  it.each([
    ['a missing field', 'name: String colour', 'colour', /One\.name is missing/],
    ['another nullability', 'name: String colour', 'name: String! colour', /One\.name is String!, not String/],
    ['another type', 'one(id: ID!', 'one(id: String!', /Query\.one\(id:\) is String!, not ID!/],
    ['a missing argument', 'one(id: ID!, first: Int = 20)', 'one(id: ID!)', /Query\.one\(first:\) is missing/],
    ['another default', 'Int = 20', 'Int = 21', /Query\.one\(first:\) is 21 by itself, not 20/],
    ['one more required argument', 'Int = 20)', 'Int = 20, more: Int!)', /Query\.one\(more:\) is required/],
    [
      'one more required input field',
      'more: Int }\n    type Extra',
      'more: Int! }\n    type Extra',
      /Given\.more is required/,
    ],
    ['a missing value', 'RED GREEN BLUE', 'RED', /Colour\.GREEN is missing/],
    ['a missing interface', 'One implements Event', 'One', /One does not implement Event/],
    ['a part that is said not to stand', 'extra: Int', 'later: Int', /One\.later stands/],
    [
      'an operation that is said not to stand',
      'more: Int }\n    enum',
      'two: Int }\n    enum',
      /Query\.two stands now/,
    ],
    [
      'an operation that is said to stand',
      'one(id: ID!, first: Int = 20): One!',
      'other: One',
      /Query\.one is said to stand/,
    ],
  ])('sees %s', (_what, from, to, named) => {
    expect(stands).toContain(from);
    const found = differences(contract, buildSchema(stands.replace(from, to)), progress);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(named)]));
  });

  it('sees a list that leaves something out', () => {
    const shorter = { ...progress, notYet: { operations: [], types: ['Two'] } };
    expect(differences(contract, buildSchema(stands), shorter)).toEqual([
      'Query.two must be in one list of built.json: built or not yet',
    ]);
  });

  it('has a list that names everything', async () => {
    const [whole, lists] = await Promise.all([read('schema.graphql'), readProgress()]);
    expect([...lists.built.operations, ...lists.notYet.operations].sort()).toEqual(operationsOf(whole));
    expect([...lists.built.types, ...lists.notYet.types].sort()).toEqual(typesOf(whole));
  });
});
