import { redisNames } from '../../src/platform/personal-data/index.js';
import type { FurnishedInbox } from './two-inboxes.js';

/** What a command looks like that concerns no name: housekeeping of a connection. */
const nameless = new Set([
  'client',
  'info',
  'select',
  'ping',
  'monitor',
  'auth',
  'hello',
  'quit',
  'subscribe',
  'psubscribe',
  'script',
]);
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What commands put into Redis that they should not have: a name nobody listed, a word of a customer, ids of two workspaces at once or of none. */
export function redisFaults(commands: readonly (readonly string[])[], inboxes: readonly FurnishedInbox[]): string[] {
  return [...new Set(commands.flatMap((command) => commandFaults(command, inboxes)))];
}

function commandFaults(command: readonly string[], inboxes: readonly FurnishedInbox[]): string[] {
  const [verb = '', ...args] = command;
  const faults: string[] = [];
  const whole = args.join(' ');
  if (inboxes.some(({ label }) => whole.toLowerCase().includes(label))) faults.push(`content: ${verb} ${whole}`);
  const workspaces = inboxes.filter(({ workspaceId }) => whole.includes(workspaceId));
  if (workspaces.length > 1) faults.push(`two workspaces in one: ${verb} ${whole}`);
  if (workspaces.length === 0 && !verb.startsWith('eval')) {
    const strays = (whole.match(uuid) ?? []).filter((id) => inboxes.some(({ everyId }) => everyId.has(id)));
    if (strays.length > 0) faults.push(`an id without its workspace: ${verb} ${whole}`);
  }
  for (const name of namesOf(verb.toLowerCase(), args))
    if (!redisNames.some((known) => known.name.test(name))) faults.push(`a name that nobody listed: ${verb} ${name}`);
  return faults;
}

/** The keys and channels of a command; of a script those that it is given. */
export function namesOf(verb: string, args: readonly string[]): readonly string[] {
  if (nameless.has(verb)) return [];
  if (verb === 'eval' || verb === 'evalsha') return args.slice(2, 2 + Number(args[1]));
  if (verb === 'bzpopmin' || verb === 'blpop' || verb === 'brpop') return args.slice(0, -1);
  if (verb === 'brpoplpush' || verb === 'rpoplpush' || verb === 'lmove' || verb === 'blmove') return args.slice(0, 2);
  return args.slice(0, 1);
}
