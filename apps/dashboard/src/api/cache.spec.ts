import { at, conversation, message, open, proposed, resolved, setUp } from './cache-under-test.js';
import {
  CannedResponsesDocument,
  ContactHistoryDocument,
  ConversationDocument,
  SearchMessagesDocument,
} from './documents.js';

describe('the cache under live events', () => {
  it('adds a message to its open thread once, however often it is told', async () => {
    const { emit, messages, asked } = await setUp();
    const before = asked.length;
    const event = { __typename: 'MessageAdded', message: message('c1-m2', conversation('c1', { unreadCount: 2 }), 2) };
    emit(event);
    emit(event);
    expect(messages().map(({ id }) => id)).toEqual(['c1-m2', 'c1-m1']);
    expect(asked).toHaveLength(before);
  });

  it('puts a new conversation into the lists that it belongs in, and into no other', async () => {
    const { emit, rows } = await setUp();
    emit({ __typename: 'MessageAdded', message: message('n-m1', conversation('new'), 3) });
    expect(rows(open)).toEqual(['new', 'c1', 'c2']);
    expect(rows(resolved)).toEqual([]);
  });

  it('adds a conversation to the list that a change moved it to', async () => {
    const { emit, rows } = await setUp();
    emit({ __typename: 'ConversationChanged', conversation: conversation('c2', { status: 'RESOLVED' }) });
    expect(rows(resolved)).toEqual(['c2']);
  });

  it.each([
    ['that was not there', 'gone'],
    ['that goes while it is open', 'c1'],
  ])('says of a conversation %s that it is gone, and asks no further', async (_what, id) => {
    const { client, emit, asked, goes } = await setUp();
    const seen: unknown[] = [];
    client.query(ConversationDocument, { id }).subscribe(({ data }) => seen.push(data?.conversation));
    goes(id);
    emit({ __typename: 'Erased', type: 'Conversation', ids: [id] });
    for (let turn = 0; turn < 50 && seen.at(-1) !== null; turn += 1) await new Promise((next) => setTimeout(next, 5));
    expect(seen.at(-1)).toBeNull();
    const before = asked.length;
    const again = await client.query(ConversationDocument, { id }).toPromise();
    await new Promise((next) => setTimeout(next, 50));
    expect([again.data, again.stale, asked.length - before]).toEqual([{ conversation: null }, false, 0]);
  });

  it('changes a message wherever it is shown', async () => {
    const { emit, messages } = await setUp();
    emit({
      __typename: 'MessageChanged',
      message: { ...message('c1-m1', { __typename: 'Conversation', id: 'c1' }, 1), deletedAt: at(5), text: null },
    });
    expect(messages()).toMatchObject([{ id: 'c1-m1', deletedAt: at(5), text: null }]);
  });

  it('shows a draft that was made on arrival', async () => {
    const { emit, details } = await setUp();
    emit({ __typename: 'DraftChanged', draft: proposed });
    expect(details()?.draft).toMatchObject({ id: 'd1', text: 'Yes.' });
    // What became of one that was stopped before comes late.
    emit({ __typename: 'DraftChanged', draft: { ...proposed, id: 'd0', text: '', status: 'DISCARDED' } });
    expect(details()?.draft).toMatchObject({ id: 'd1', status: 'PROPOSED' });
    emit({ __typename: 'DraftChanged', draft: { ...proposed, status: 'DISCARDED' } });
    expect(details()?.draft).toMatchObject({ id: 'd1', status: 'DISCARDED' });
  });

  it('asks which bot answers once bots changed, wherever a conversation is shown', async () => {
    const { emit, details, rows, asked, client, answeredBy } = await setUp();
    const seen: (string | undefined)[] = [];
    client.query(ConversationDocument, { id: 'c1' }).subscribe((result) => {
      seen.push(result.data?.conversation?.aiMode);
    });
    const before = asked.length;
    emit({ __typename: 'WorkspaceChanged', what: 'members', ids: ['m1'] });
    expect([details()?.aiMode, rows(open)?.length]).toEqual(['OFF', 2]);
    expect(asked).toHaveLength(before);
    answeredBy('DRAFT');
    emit({ __typename: 'WorkspaceChanged', what: 'bots', ids: ['b1'] });
    for (let turn = 0; turn < 50 && seen.at(-1) !== 'DRAFT'; turn += 1)
      await new Promise((next) => setTimeout(next, 5));
    // What stood there stays until the answer is here.
    expect([...new Set(seen)]).toEqual(['OFF', 'DRAFT']);
    expect(asked.slice(before)).toContain('Conversation');
  });

  it('moves the own read pointer, not at a colleague’s reading', async () => {
    const { emit, details } = await setUp();
    emit({ __typename: 'ReadPointerChanged', conversationId: 'c1', memberId: 'm2', lastReadMessageId: 'c1-m1' });
    expect(details()?.readPointer).toBeNull();
    emit({ __typename: 'ReadPointerChanged', conversationId: 'c1', memberId: 'm1', lastReadMessageId: 'c1-m1' });
    expect(details()?.readPointer).toBe('c1-m1');
  });

  it.each([
    ['Conversation', 'c1'],
    ['Contact', 'p-c1'],
  ])('forgets an erased %s and what hangs from it', async (type, id) => {
    const { emit, rows, details } = await setUp();
    emit({ __typename: 'Erased', type, ids: [id] });
    expect(rows(open)).toEqual(['c2']);
    expect(details()).toBeUndefined();
  });

  it('takes the words of an erased conversation out of what was found, and out of what its customer said', async () => {
    const { emit, client, asked } = await setUp();
    const search = { query: 'text', first: 25, after: null };
    const history = { id: 'p-c1', first: 10, after: null };
    await client.query(SearchMessagesDocument, search).toPromise();
    await client.query(ContactHistoryDocument, history).toPromise();
    const cached = { requestPolicy: 'cache-only' as const };
    const there = () => [
      client.readQuery(SearchMessagesDocument, search, cached)?.data?.searchMessages.nodes.map(({ id }) => id),
      client.readQuery(ContactHistoryDocument, history, cached)?.data?.contact?.conversations.nodes.map(({ id }) => id),
    ];
    expect(there()).toEqual([
      ['c1-m1', 'c2-m1'],
      ['c1', 'c2'],
    ]);
    const before = asked.length;
    emit({ __typename: 'Erased', type: 'Conversation', ids: ['c1'] });
    // At once, and not when the server has answered again.
    expect(there()).toEqual([['c2-m1'], ['c2']]);
    expect(asked).toHaveLength(before);
  });

  it('drops an erased message from its thread', async () => {
    const { emit, messages } = await setUp();
    emit({ __typename: 'Erased', type: 'Message', ids: ['c1-m1'] });
    expect(messages()).toEqual([]);
  });

  it('reads the saved replies again when those have changed, and for nothing else', async () => {
    const { emit, client } = await setUp();
    await client.query(CannedResponsesDocument, {}).toPromise();
    const there = () =>
      client.readQuery(CannedResponsesDocument, {}, { requestPolicy: 'cache-only' })?.data?.cannedResponses ?? null;
    emit({ __typename: 'WorkspaceChanged', what: 'members', ids: ['m1'] });
    expect(there()).toHaveLength(1);
    emit({ __typename: 'WorkspaceChanged', what: 'canned-responses', ids: ['r1'] });
    expect(there()).toBeNull();
  });
});
