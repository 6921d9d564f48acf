import { RequestMethod } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type AccessRule, AccessRulesCheck, Permission, accessRuleKey } from '../../../src/platform/access/index.js';
import { permissionsOf } from '../../../src/accounts/permissions.js';
import type { Source } from './documents.js';
import { table } from './table.js';

interface Door {
  readonly name: string;
  readonly rule: AccessRule;
}

const roles = ['OWNER', 'ADMIN', 'EDITOR', 'VIEWER'] as const;

/** Which role may do what, and what each operation and route asks for. */
export function printPermissions({ app }: Pick<Source, 'app'>): string {
  const doors = doorsOf(app);
  const open = doors.flatMap(({ name, rule }) => (rule.kind === 'public' ? [[name, rule.reason]] : []));
  const signedIn = (operators: boolean) =>
    doors
      .filter(({ rule }) => rule.kind === 'signed-in' && (rule.operators ?? false) === operators)
      .map(({ name }) => `- \`${name}\``)
      .join('\n');
  return `# Who may do what

Printed by \`npm run print\` from the table of roles (\`src/accounts/permissions.ts\`) and from what each operation and
route says of itself. The server does not start while one says nothing.

## Roles and permissions

${table(
  ['permission', ...roles.map((role) => role.toLowerCase()), 'operations and routes'],
  Object.values(Permission).map((permission) => [
    permission,
    ...roles.map((role) => (permissionsOf[role].has(permission) ? 'yes' : '')),
    doors
      .filter(({ rule }) => rule.kind === 'permission' && rule.permission === permission)
      .map(({ name }) => `\`${name}\``)
      .join(', '),
  ]),
)}

An API token acts with the lesser of its own role and that of the member who made it.

## For any person who is signed in

In no workspace; API tokens are not people.

${signedIn(false)}

## For those who run the deployment

Signed in, in no workspace; API tokens are not people.

${signedIn(true)}

## For everyone

${table(
  ['operation or route', 'why'],
  open.map(([name = '', why = '']) => [`\`${name}\``, why]),
)}
`;
}

/** Each operation and route with what it asks for. */
export function doorsOf(app: Source['app']): Door[] {
  const controllers = new Map(
    app
      .get(DiscoveryService, { strict: false })
      .getControllers()
      .map(({ metatype }) => [String(metatype?.name), metatype as object]),
  );
  return [...app.get(AccessRulesCheck, { strict: false }).operations()]
    .map(({ name, handler }) => {
      const controller = controllers.get(name.split('.', 1)[0] ?? '');
      const rule = Reflect.getMetadata(accessRuleKey, handler) as AccessRule;
      return { name: controller === undefined ? operationName(handler) : routeName(controller, handler), rule };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

function operationName(handler: () => unknown): string {
  const root = String(Reflect.getMetadata('graphql:resolver_type', handler)).toLowerCase();
  const named: unknown = Reflect.getMetadata('graphql:resolver_name', handler);
  return `${root} ${typeof named === 'string' ? named : handler.name}`;
}

function routeName(controller: object, handler: () => unknown): string {
  const method = RequestMethod[Reflect.getMetadata('method', handler) as number] ?? '';
  const parts = [Reflect.getMetadata('path', controller), Reflect.getMetadata('path', handler)] as string[];
  return `${method} /${parts
    .map((part) => part.replace(/^\/|\/$/g, ''))
    .filter((part) => part !== '')
    .join('/')}`;
}
