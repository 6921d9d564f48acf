import { GraphError } from '../graph/errors.ts';
import type { GraphCall } from '../graph/call.ts';
import type { Account } from '../world/model.ts';
import { mediaUrl } from './urls.ts';

const LIMIT = 25 * 1024 * 1024;

/** Takes a copy of what the business attached by address, as Meta does before it accepts the message. Reaches loopback addresses only. */
export async function fetchAttachment(
  call: GraphCall,
  account: Account,
  url: string,
): Promise<{ url: string; mimeType?: string }> {
  const { world } = call;
  if (!world.settings.fetchAttachments || !['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname))
    return { url };
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'error' });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (!response.ok || bytes.length > LIMIT) throw new Error(`answer ${response.status}, ${bytes.length} bytes`);
    const mimeType = response.headers.get('content-type')?.split(';')[0] ?? 'application/octet-stream';
    const media = world.addMedia({ ownerId: account.id, mimeType, bytes });
    return { url: mediaUrl(world, media.id), mimeType };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GraphError(100, `(#100) Upload attachment failure: ${reason}`, { subcode: 2018047 });
  }
}
