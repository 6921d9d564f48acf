import type { FurnishedInbox } from './two-inboxes.js';

/** The names that Redis knows from us, each with the reason why it carries no content and crosses no wall. */
const names: readonly [pattern: RegExp, why: string][] = [
  [/^parley:news$/, 'A word that a workspace has news: its id and the id of the process that tells it.'],
  [
    /^parley:passing$/,
    'Who looks and types: workspace, conversation and member by id. The words of a draft while it is written, encrypted and bound to workspace and draft. The hearer compares the workspace.',
  ],
  [
    /^parley:[a-z-]+:(id|wait|active|delayed|stalled|stalled-check|meta-paused|paused|priority|completed|failed|added|drained|limiter|metrics:(completed|failed))$/,
    'Bull: lists of job numbers of one kind, and that one is empty.',
  ],
  [
    /^parley:[a-z-]+:(waiting|active)@[0-9a-f-]{36}$/,
    'Bull: the number of a job that waits or runs, told to one queue of one process.',
  ],
  [/^parley:[a-z-]+:\d+(:lock)?$/, 'Bull: one job, which is a workspace and the id of a row in it.'],
  [/^parley:[a-z-]+:$/, 'Bull: the prefix that its scripts put before such names.'],
];

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
    if (!names.some(([pattern]) => pattern.test(name))) faults.push(`a name that nobody listed: ${verb} ${name}`);
  return faults;
}

/** The keys and channels of a command; of a script those that it is given. */
function namesOf(verb: string, args: readonly string[]): readonly string[] {
  if (nameless.has(verb)) return [];
  if (verb === 'eval' || verb === 'evalsha') return args.slice(2, 2 + Number(args[1]));
  if (verb === 'bzpopmin' || verb === 'blpop' || verb === 'brpop') return args.slice(0, -1);
  if (verb === 'brpoplpush' || verb === 'rpoplpush' || verb === 'lmove' || verb === 'blmove') return args.slice(0, 2);
  return args.slice(0, 1);
}
