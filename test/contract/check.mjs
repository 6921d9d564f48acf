#!/usr/bin/env node
// Compares the schema that the server prints with the contract: everything in the contract must be there, as it stands there.
// Usage, from the project's root: node test/contract/check.mjs [schema.graphql]
// Exits 1 while anything differs and says what. Additions are free.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const require = createRequire(path.join(process.cwd(), 'package.json'));
const { buildSchema, findBreakingChanges, isObjectType } = require('graphql');

const here = path.dirname(fileURLToPath(import.meta.url));
const contract = buildSchema(readFileSync(path.join(here, 'schema.graphql'), 'utf8'));
const actual = buildSchema(readFileSync(process.argv[2] ?? 'schema.graphql', 'utf8'));
const differences = findBreakingChanges(contract, actual);

let present = 0;
let total = 0;
for (const root of ['Query', 'Mutation', 'Subscription']) {
  const wanted = contract.getType(root);
  const had = actual.getType(root);
  if (!isObjectType(wanted)) continue;
  for (const name of Object.keys(wanted.getFields())) {
    total += 1;
    if (isObjectType(had) && had.getFields()[name]) present += 1;
  }
}
for (const { description } of differences) console.log(`differs: ${description}`);
console.log(`contract: ${present} of ${total} operations present, ${differences.length} differences`);
process.exit(differences.length === 0 ? 0 : 1);
