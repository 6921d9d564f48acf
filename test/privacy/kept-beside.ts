import { openBody, sealBody } from '../../src/platform/deliveries/intake.js';
import { newId } from '../../src/platform/database/index.js';
import { KeyRing } from '../../src/platform/secrets/index.js';
import { eventually } from '../support/client.js';
import { text as shop } from '../support/drafts.js';
import type { SandboxStory } from '../support/sandbox-story.js';
import type { Place } from './residue.js';

/** Deliveries are sealed with a key that is made from the deployment's. */
const ringOf = ({ app }: SandboxStory) => app.app.get(KeyRing);

/** The model is the pretend one, and knows of a shop. */
export async function connectModel({ client, app }: SandboxStory): Promise<void> {
  await client.ask('mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }', {
    input: { kind: 'TEXT', title: 'The shop', text: shop },
  });
  await client.ask('mutation ($input: AiSettingsInput!) { updateAiSettings(input: $input) { enabled } }', {
    input: { enabled: true, baseUrl: `${app.sandbox.url}/openai/v1`, apiKey: 'sk-of-the-shop', model: 'sandbox' },
  });
}

/** A member has an answer drafted: the model is given the conversation, and what is wanted. */
export async function drafted({ client, owner }: SandboxStory, conversationId: string, wish: string): Promise<void> {
  const { draftReply } = await client.ask<{ draftReply: { id: string } }>(
    'mutation ($id: ID!, $wish: String) { draftReply(conversationId: $id, instruction: $wish) { id } }',
    { id: conversationId, wish: `How long does express shipping take? Say ${wish}` },
  );
  await eventually(async () => {
    const { rows } = await owner.query<{ status: string }>(
      `select d.status from drafts d join ai_runs r on r.workspace_id = d.workspace_id and r.id = d.run_id where d.id = $1`,
      [draftReply.id],
    );
    return rows.some(({ status }) => status !== 'GENERATING') ? true : null;
  }, 20_000);
}

/** Something that is to be sent tomorrow. */
export async function toBeSent({ owner }: SandboxStory, conversationId: string, words: string): Promise<void> {
  await owner.query(
    `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, member_id, kind, status, text, sent_at)
     select c.workspace_id, $2, c.id, c.channel_id, 'OUTBOUND', 'MEMBER', m.id, 'TEXT', 'QUEUED', $3, now()
       from conversations c join members m on m.workspace_id = c.workspace_id where c.id = $1 limit 1`,
    [conversationId, newId(), words],
  );
  await owner.query(
    `insert into due (kind, workspace_id, row_id, due_at) select 'deliver-messages', workspace_id, id, now() + interval '1 day'
       from conversations where id = $1
     on conflict (kind, workspace_id, row_id) do update set due_at = excluded.due_at`,
    [conversationId],
  );
}

/** A part of a delivery of theirs that could not be applied, and waits for an operator. */
export async function setAside(story: SandboxStory, from: string, words: string): Promise<void> {
  const [ring, id] = [ringOf(story), newId()];
  const body = Buffer.from(JSON.stringify({ from, text: words }));
  await story.owner.query(
    `insert into deliveries (id, provider, body, workspace_id, set_aside_at, reason, attempts)
     select $1, 'meta', $2, id, now(), 'broken', 1 from workspaces limit 1`,
    [id, sealBody(ring.derive('deliveries'), ring.currentId, { id, body })],
  );
}

/** What deliveries hold that were set aside, for who has the key. */
export async function openedDeliveries(story: SandboxStory): Promise<Place> {
  const ring = ringOf(story);
  const { rows } = await story.owner.query<{ id: string; body: Buffer }>('select id, body from deliveries');
  const bodies = rows.map((row) => openBody((key) => ring.deriveFrom(key, 'deliveries'), row));
  return { where: 'deliveries, opened', bytes: Buffer.concat(bodies) };
}
