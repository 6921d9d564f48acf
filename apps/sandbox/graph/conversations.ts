import { compact, str, type Obj } from '../json.ts';
import type { Account, ThreadMessage } from '../world/model.ts';
import { mustHave, type GraphAnswer, type GraphCall } from './call.ts';
import type { Token } from '../world/model.ts';
import { listOf } from './objects.ts';

const SHOWN = 25;

/** GET /{page-id}/conversations?platform=…: the threads of a Page or its Instagram account, with their latest messages. */
export function conversations(call: GraphCall, token: Token, at: Account): GraphAnswer {
  const { world } = call;
  const instagram = at.channel === 'instagram' || str(call.params['platform']) === 'instagram';
  mustHave(token, instagram ? 'instagram_manage_messages' : 'pages_messaging', 'instagram_business_manage_messages');
  const account =
    instagram && at.channel === 'messenger'
      ? [...world.accounts.values()].find((one) => one.channel === 'instagram' && one.parentId === at.id)
      : at;
  const threads = account === undefined ? [] : world.threadsOf(account.id);
  const rows = threads
    .sort((one, other) => (other.at(-1)?.at ?? 0) - (one.at(-1)?.at ?? 0))
    .map((thread) => ({
      id: `t_${thread[0]?.customerId ?? ''}`,
      updated_time: timeOf(thread.at(-1)?.at ?? 0),
      messages: { data: thread.slice(-SHOWN).reverse().map(described) },
    }));
  return { body: listOf(rows, call.params), account: at.id };
}

function described(message: ThreadMessage): Obj {
  const customer = { id: message.customerId };
  const business = { id: message.accountId };
  const inbound = message.from === 'customer';
  const attachments = message.attachments.map((one, index) =>
    compact({
      id: `${message.id}-${index}`,
      mime_type: one.mimeType,
      name: one.name,
      ...(one.type === 'image'
        ? { image_data: { url: one.url } }
        : one.type === 'video'
          ? { video_data: { url: one.url } }
          : { file_url: one.url }),
    }),
  );
  return {
    id: message.id,
    created_time: timeOf(message.at),
    from: inbound ? customer : business,
    to: { data: [inbound ? business : customer] },
    message: message.text ?? '',
    ...(attachments.length > 0 && { attachments: { data: attachments } }),
  };
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, '+0000');
}
