import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Who may call an operation or a route, as docs/permissions.md says. */
export type Rule =
  | { readonly kind: 'roles'; readonly roles: ReadonlySet<string> }
  | { readonly kind: 'person' }
  | { readonly kind: 'operator' }
  | { readonly kind: 'everyone' };

const file = path.join(import.meta.dirname, '..', '..', 'docs', 'permissions.md');
const names = (text: string) =>
  [...text.matchAll(/`((?:query|mutation|subscription|GET|POST|PUT|DELETE|PATCH|OPTIONS) [^`]+)`/g)].map(
    ([, name = '']) => name,
  );

/**
 * The committed table of who may do what, by operation and route (`mutation addNote`, `GET /files/:id`). What it says of
 * each is compared with the sources elsewhere; whether it is true is tried cell by cell.
 */
export function readPermissionTable(): ReadonlyMap<string, Rule> {
  const sections = readFileSync(file, 'utf8').split('\n## ').slice(1);
  const table = new Map<string, Rule>();
  for (const section of sections) {
    const [title = '', ...lines] = section.split('\n');
    const header = lines.find((line) => line.startsWith('|')) ?? '';
    const columns = cells(header);
    for (const line of lines) {
      for (const name of names(line)) table.set(name, ruleOf(title, columns, cells(line)));
    }
  }
  return table;
}

const cells = (line: string) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

function ruleOf(title: string, columns: readonly string[], row: readonly string[]): Rule {
  if (title === 'For everyone') return { kind: 'everyone' };
  if (title === 'For any person who is signed in') return { kind: 'person' };
  if (title === 'For those who run the deployment') return { kind: 'operator' };
  if (title !== 'Roles and permissions')
    throw new Error(`docs/permissions.md has a section that nobody reads: ${title}`);
  return {
    kind: 'roles',
    roles: new Set(columns.filter((_, index) => row[index] === 'yes').map((role) => role.toUpperCase())),
  };
}
