import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';

/**
 * One mail with what was asked of it; null where the server has it no more. Servers say in between what other programs did to
 * other mails, and a connection that is gone says nothing: neither is taken for the answer, or mails would be passed over.
 */
export async function fetchOne(
  client: ImapFlow,
  uid: number,
  asked: 'size' | 'source',
  query: FetchQueryObject,
): Promise<FetchMessageObject | null> {
  const said = await client.fetchAll(String(uid), { uid: true, ...query }, { uid: true });
  const found = said.find((one) => one.uid === uid && one[asked] !== undefined);
  if (found === undefined && !client.usable) throw new Error('The connection to the mail server broke.');
  return found ?? null;
}
