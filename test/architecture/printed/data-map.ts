import { dataMap } from '../../../src/privacy/index.js';
import { table } from './table.js';

/** What is held of whom, why and how long: every column of every table. */
export function printDataMap(): string {
  const parts = Object.entries(dataMap).map(([module, tables]) => {
    const rows = Object.entries(tables).map(([name, { why, kept, erased, personal, others }]) => [
      `\`${name}\``,
      Object.entries(personal)
        .map(([whose, columns]) => `${whose}: ${columns.join(', ')}`)
        .join('; ') || 'nobody’s',
      others.replaceAll(' ', ', '),
      why,
      kept,
      erased,
    ]);
    return `## ${module}\n\n${table(['table', 'whose', 'nobody’s', 'why', 'how long', 'goes'], rows)}`;
  });
  return `# The data map

Printed by \`npm run print\` from what each module declares (\`personal-data/data-map.ts\`). A column that is not declared fails the
tests. Who receives data is on \`/privacy/processors\`.

${parts.join('\n\n')}

## Outside the database

${table(['where', 'whose', 'what', 'how long'], elsewhere)}
`;
}

const elsewhere: readonly (readonly string[])[] = [
  [
    'files (`STORAGE_URL`)',
    'contact, member',
    'attachments and their small pictures, named by ids',
    'as the rows of `files`',
  ],
  ['Redis', 'nobody’s', 'jobs (ids of a workspace and a row), hints that something is new', 'until done'],
  [
    'technical log',
    'user, visitor',
    'address, session digest, browser, user id, route, errors',
    '`LOG_RETENTION_DAYS`',
  ],
  ['`DATA_DIR/mail`', 'user', 'mails, where no `SMTP_URL` is set', 'a week'],
  ['`DATA_DIR/audit`', 'nobody’s', 'heads of the audit chains: ids and hashes', 'as long as the workspace'],
  ['erasure journal (`JOURNAL_URL`)', 'nobody’s', 'ids and keyed digests of what a restore must not undo', 'for good'],
  ['backups (`BACKUP_URL`)', 'everybody’s', 'all of the database and the files, encrypted', '90 days'],
];
