import { conversation, message, proposed, setUp } from './cache-under-test.js';
import { ConversationDocument, SendMessageDocument } from './documents.js';

describe('an answer that was read before the news that overtook it', () => {
  const again = { requestPolicy: 'network-only' as const };

  it('does not hide what was told of a conversation, and nobody hears it twice', async () => {
    const { client, slow, emit, details, heard } = await setUp();
    const arrive = slow();
    const late = client.query(ConversationDocument, { id: 'c1' }, again).toPromise();
    emit({ __typename: 'ConversationChanged', conversation: conversation('c1', { status: 'SNOOZED' }) });
    emit({ __typename: 'ConversationChanged', conversation: conversation('c1', { status: 'RESOLVED' }) });
    emit({ __typename: 'DraftChanged', draft: proposed });
    arrive();
    await late;
    expect(details()).toMatchObject({ status: 'RESOLVED', draft: { id: 'd1' } });
    expect(heard()).toBe(3);
  });

  it('does not call an answer queued that was delivered meanwhile', async () => {
    const { client, slow, emit, messages } = await setUp();
    const arrive = slow();
    const late = client.mutation(SendMessageDocument, { input: { conversationId: 'c1', idempotencyKey: 'k' } });
    const sent = late.toPromise();
    const c1 = conversation('c1');
    emit({ __typename: 'MessageAdded', message: { ...message('c1-m2', c1, 2), status: 'QUEUED' } });
    emit({ __typename: 'MessageChanged', message: { ...message('c1-m2', c1, 2), status: 'DELIVERED' } });
    arrive();
    await sent;
    expect(messages()).toMatchObject([{ id: 'c1-m2', status: 'DELIVERED' }, { id: 'c1-m1' }]);
  });

  it('is the newer word where nothing was told meanwhile', async () => {
    const { client, emit, details } = await setUp();
    emit({ __typename: 'ConversationChanged', conversation: conversation('c1', { status: 'RESOLVED' }) });
    await client.query(ConversationDocument, { id: 'c1' }, again).toPromise();
    expect(details()?.status).toBe('OPEN');
  });
});
