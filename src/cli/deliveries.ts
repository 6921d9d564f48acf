import { isUuid } from '../platform/database/index.js';
import { type KnownDelivery, SetAsideDeliveries } from '../platform/deliveries/index.js';
import { type Command, Refused, WrongUsage, textOf } from './command.js';
import { unownedOutput } from './list-unowned.js';
import { table } from './table.js';

const states = ['set-aside', 'waiting', 'failed'] as const;
/** Nothing of these is kept but a count. */
const unowned = 'unowned';
const defaultLimit = 50;
const mostListed = 10_000;

export const listDeliveries: Command = {
  name: 'deliveries list',
  takes: null,
  does: 'events that could not be applied, the newest first, each with its reason; or counts of what was nobody’s',
  options: {
    state: {
      type: 'string',
      value: 'STATE',
      does: 'set-aside (without it), waiting, failed (tried, and to be tried again), or unowned (accounts that no workspace has connected)',
    },
    provider: { type: 'string', value: 'NAME', does: 'of this provider only, such as meta' },
    limit: { type: 'string', value: 'N', does: `at most so many (${String(defaultLimit)} without it)` },
  },
  async run(given, { system }) {
    const named = textOf(given, 'state') ?? 'set-aside';
    const state = states.find((known) => known === named);
    if (state === undefined && named !== unowned)
      throw new WrongUsage(`--state is one of: ${[...states, unowned].join(', ')}.`);
    const limit = Number(textOf(given, 'limit') ?? defaultLimit);
    if (!Number.isInteger(limit) || limit < 1 || limit > mostListed)
      throw new WrongUsage(`--limit is a whole number from 1 to ${String(mostListed)}.`);
    const provider = textOf(given, 'provider');
    if (state === undefined) return unownedOutput(system, provider ?? null, limit);
    const choice = { state, ...(provider !== undefined && { provider }) };
    const found = await new SetAsideDeliveries(system).list(choice, limit);
    return { text: listed(found.deliveries, found.total), json: found };
  },
};

export const replayDeliveries: Command = {
  name: 'deliveries replay',
  takes: 'ID...',
  does: 'another try for what was set aside; what was applied before is not applied twice',
  options: {
    all: { type: 'boolean', does: 'everything that was set aside, instead of ids' },
    provider: { type: 'string', value: 'NAME', does: 'everything of this provider, instead of ids' },
    'dry-run': { type: 'boolean', does: 'say what would be replayed, and change nothing' },
  },
  async run(given, { system }) {
    const ids = [...new Set(given.names.map((id) => id.toLowerCase()))];
    const provider = textOf(given, 'provider');
    const wrong = given.names.find((id): boolean => !isUuid(id));
    if (wrong !== undefined) throw new WrongUsage(`"${wrong}" is not the id of a delivery.`);
    if (ids.length > 0 === (given.options['all'] === true || provider !== undefined))
      throw new WrongUsage('Name ids, or say --all or --provider NAME.');
    const choice = { ...(ids.length > 0 && { ids }), ...(provider !== undefined && { provider }) };
    const deliveries = new SetAsideDeliveries(system);
    const { total, deliveries: found } = await deliveries.list({ ...choice, state: 'set-aside' }, mostListed);
    const known = new Set(found.map(({ id }) => id));
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0)
      throw new Refused(`Not set aside, so nothing was replayed: ${missing.join(', ')}. See: deliveries list`);
    if (given.options['dry-run'] === true) {
      const text = `${String(total)} would be replayed.${total > 0 ? `\n${listed(found, total)}` : ''}`;
      return { text, json: { dryRun: true, total, ids: [...known].sort() } };
    }
    const replayed = await deliveries.replay(choice);
    const when = replayed.length > 0 ? ' A worker takes them up within a second, or once one runs.' : '';
    const text = `${String(replayed.length)} ${replayed.length === 1 ? 'is' : 'are'} tried again.${when}`;
    return { text, json: { dryRun: false, total: replayed.length, ids: replayed } };
  },
};

function listed(deliveries: readonly KnownDelivery[], total: number): string {
  if (deliveries.length === 0) return 'There is none.';
  const headings = ['ID', 'PROVIDER', 'WORKSPACE', 'RECEIVED', 'SET ASIDE', 'TRIES', 'REASON'];
  const rows = deliveries.map((one) => [
    one.id,
    one.provider,
    one.workspaceId ?? '-',
    toSeconds(one.receivedAt),
    one.setAsideAt === null ? '-' : toSeconds(one.setAsideAt),
    String(one.attempts),
    one.reason ?? '-',
  ]);
  const more = total > deliveries.length ? `\n${String(total - deliveries.length)} more; see --limit.` : '';
  return table(headings, rows) + more;
}

function toSeconds(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
