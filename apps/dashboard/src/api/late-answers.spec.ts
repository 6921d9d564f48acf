import { conversation, message, proposed, setUp } from './cache-under-test.js';
import { ConversationDocument, SendMessageDocument, SetConversationStatusDocument } from './documents.js';

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

  it('does not hide what somebody else changed behind what was changed here', async () => {
    const { change, tell, slow, details } = await changing();
    const arrive = slow();
    const changed = change('SNOOZED');
    tell('SNOOZED');
    tell('OPEN');
    arrive();
    await changed;
    expect(details()?.status).toBe('OPEN');
  });

  it('lets nothing that was changed twice go back to where it was between', async () => {
    const { change, tell, slow, details } = await changing();
    const arrive = slow();
    const changes = [change('SNOOZED'), change('RESOLVED')];
    tell('SNOOZED');
    expect(details()?.status).toBe('RESOLVED');
    arrive();
    await Promise.all(changes);
    expect(details()?.status).toBe('RESOLVED');
    tell('RESOLVED');
    tell('OPEN');
    expect(details()?.status).toBe('OPEN');
  });

  it('holds what was told of all changes, and of one more', async () => {
    const { change, tell, slow, details } = await changing();
    const arrive = slow();
    const changes = [change('SNOOZED'), change('RESOLVED')];
    (['SNOOZED', 'RESOLVED', 'OPEN'] as const).forEach(tell);
    arrive();
    await Promise.all(changes);
    expect(details()?.status).toBe('OPEN');
  });

  it('is the newer word where nothing was told meanwhile', async () => {
    const { client, emit, details } = await setUp();
    emit({ __typename: 'ConversationChanged', conversation: conversation('c1', { status: 'RESOLVED' }) });
    await client.query(ConversationDocument, { id: 'c1' }, again).toPromise();
    expect(details()?.status).toBe('OPEN');
  });
});

/** A conversation that is changed here and elsewhere. */
async function changing() {
  const { client, emit, ...rest } = await setUp();
  return {
    ...rest,
    change: (status: 'SNOOZED' | 'RESOLVED') =>
      client.mutation(SetConversationStatusDocument, { id: 'c1', status, snoozedUntil: null }).toPromise(),
    tell: (status: 'SNOOZED' | 'RESOLVED' | 'OPEN') =>
      emit({ __typename: 'ConversationChanged', conversation: conversation('c1', { status }) }),
  };
}
