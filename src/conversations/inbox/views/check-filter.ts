import type { Channels } from '../../../channels/index.js';
import type { Members } from '../../../accounts/index.js';
import { type WorkspaceTransaction, cleanInput } from '../../../platform/database/index.js';
import { badInput, notFound } from '../../../platform/errors/index.js';
import { cleanTags } from '../../tags.js';
import type { ConversationFilter } from '../conversation-filter.input.js';

const maxChannels = 100;
const maxSearch = 200;

/** A filter as it is kept: what it says and no more, about channels and members that are there. */
export async function checkFilter(
  tx: WorkspaceTransaction,
  channels: Channels,
  members: Members,
  filter: ConversationFilter,
): Promise<ConversationFilter> {
  const { status, channelIds, assigneeId, unassigned, tag, unread, spam, mentioned, drafted, search } = filter;
  const words = cleanInput(search ?? '');
  if (words.length > maxSearch)
    throw badInput('search', `Look for at most ${String(maxSearch)} characters.`, 'TOO_LONG', {
      most: String(maxSearch),
    });
  const [label] = cleanTags([tag ?? ''], 'tag');
  const flags = Object.entries({ unassigned, unread, spam, mentioned, drafted }).filter(([, flag]) => given(flag));
  return {
    ...(given(status) && { status: [...new Set(status)] }),
    ...(given(channelIds) && { channelIds: await channelsOf(tx, channels, channelIds) }),
    ...(given(assigneeId) && { assigneeId: await memberOf(tx, members, assigneeId) }),
    ...Object.fromEntries(flags),
    ...(label !== undefined && { tag: label }),
    ...(words !== '' && { search: words }),
  };
}

function given<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}

async function channelsOf(tx: WorkspaceTransaction, channels: Channels, ids: readonly string[]): Promise<string[]> {
  const unique = [...new Set(ids.map((id) => id.toLowerCase()))];
  if (unique.length > maxChannels)
    throw badInput('channelIds', `A view names at most ${String(maxChannels)} channels.`, 'TOO_MANY', {
      most: String(maxChannels),
    });
  const found = await channels.byIds(tx, unique);
  if (found.size < unique.length) throw notFound('A channel that the view names');
  return unique;
}

async function memberOf(tx: WorkspaceTransaction, members: Members, id: string): Promise<string> {
  const [member] = await members.membersByIds(tx, [id]);
  if (member === undefined) throw notFound('Member');
  return member.id;
}
