import { dataMap } from '../../../src/privacy/index.js';
import {
  filesKept,
  programLogFields,
  redisNames,
  technicalLogFields,
} from '../../../src/platform/personal-data/index.js';
import { table } from './table.js';

/** What is held of whom, why and how long: every column of every table. */
export function printDataMap(): string {
  const parts = Object.entries(dataMap).map(([module, tables]) => {
    const rows = Object.entries(tables).map(([name, { why, kept, retention = [], erased, personal, others }]) => [
      `\`${name}\``,
      Object.entries(personal)
        .map(([whose, columns]) => `${whose}: ${columns.join(', ')}`)
        .join('; ') || 'nobody’s',
      others.replaceAll(' ', ', '),
      why,
      [...retention.map((part) => `\`${part}\` of the retention policy`), kept].join('; or '),
      erased,
    ]);
    return `## ${module}\n\n${table(['table', 'whose', 'nobody’s', 'why', 'how long', 'goes'], rows)}`;
  });
  return `# The data map

Printed by \`npm run print\` from what each module declares (\`personal-data/data-map.ts\`). A column that is not declared fails the
tests. Who receives data is on \`/privacy/processors\`.

${parts.join('\n\n')}

## Outside the database

Files below \`DATA_DIR\`, or where the variable says, and the names that Redis knows. What is not declared fails the tests
(\`test/privacy/outside-the-database.spec.ts\`). Where the database is embedded, \`postgres\` and \`redis\` lie there too.

${table(
  ['where', 'whose', 'what', 'how long', 'goes'],
  [...filesKept, ...redisNames].map(({ where, whose, what, kept, erased }) => [where, whose, what, kept, erased]),
)}

A line of the technical log says:

${table(['field', 'what'], fields(technicalLogFields))}

A line of the program’s own log, which goes to where you collect it, says nothing of anybody:

${table(['field', 'what'], fields(programLogFields))}
`;
}

function fields(list: Readonly<Record<string, string>>): string[][] {
  return Object.entries(list).map(([name, what]) => [`\`${name}\``, what]);
}
