import { Injectable } from '@nestjs/common';
import type { InboundEvent } from '../../channels/index.js';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { NoticeDetails } from '../contacts/details/notice-details.js';
import { ApplySignals, type Signal } from './apply-signals.js';
import { type Arrived, LookUp, isMessage } from './look-up.js';
import { MatchEchoes } from './match-echoes.js';
import { PlaceThreads } from './place-threads.js';
import { type NewMessage, planStoring, unseen } from './plan-storing.js';
import { refuseBlocked } from './refuse-blocked.js';
import { StoreMessages } from './store-messages.js';
import { withoutErased } from './without-erased.js';
import { Tombstones } from '../tombstones.js';
import { answeredElsewhere, conversationsChanged, messagesAdded, messagesReceived } from './tell-arrivals.js';

/** The steps inside the transaction. */
@Injectable()
export class ReceiveSteps {
  constructor(
    private readonly lookUp: LookUp,
    private readonly tombstones: Tombstones,
    private readonly echoes: MatchEchoes,
    private readonly threads: PlaceThreads,
    private readonly messages: StoreMessages,
    private readonly signals: ApplySignals,
    private readonly details: NoticeDetails,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
  ) {}

  async run(tx: WorkspaceTransaction, arrived: readonly Arrived[]): Promise<void> {
    const found = await this.lookUp.inside(tx, arrived);
    const { people } = found;
    const events = await refuseBlocked(tx, found, await withoutErased(tx, this.tombstones, found, arrived));
    const others = await this.echoes.settle(tx, people, unseen(found, events.filter(isMessage)));
    const plan = planStoring(people, others, await this.threads.place(tx, people, others));
    const stored = plan.messages;
    await this.messages.store(tx, plan);
    await this.threads.describe(tx, people, stored);
    // Told before the signals: nobody hears that a message changed which they have not heard of.
    this.feed.append(tx, ...messagesAdded(stored));
    await this.tellReplies(tx, stored);
    await this.signals.apply(tx, people, events.filter(isSignal), stored);
    this.feed.append(tx, ...conversationsChanged(stored));
    const elsewhere = answeredElsewhere(stored);
    if (elsewhere !== null) await this.facts.announce(tx, elsewhere);
    this.details.of(tx, stored);
    const received = messagesReceived(people, stored);
    if (received !== null) await this.facts.announce(tx, received);
  }

  /** Replies that came before what they reply to show it from now on. Younger messages than the stored ones are few. */
  private async tellReplies(tx: WorkspaceTransaction, stored: readonly NewMessage[]): Promise<void> {
    if (stored.length === 0) return;
    const replies = await tx.query<{ id: string; conversationId: string }>(sql`
      select m.id, m.conversation_id as "conversationId"
        from unnest(${stored.map((message) => message.conversationId)}::uuid[], ${stored.map((message) => message.id)}::uuid[],
                    ${stored.map((message) => message.event.externalId)}::text[]) as new (conversation_id, id, external_id)
        join messages m on m.workspace_id = ${tx.workspaceId} and m.conversation_id = new.conversation_id and m.id > new.id
                       and m.reply_to_external_id = new.external_id
       where m.id <> all (${stored.map((message) => message.id)}::uuid[])`);
    for (const { id, conversationId } of replies)
      this.feed.append(tx, { kind: 'MessageChanged', ids: [id], conversationId });
  }
}

function isSignal(one: Arrived): one is Arrived<Exclude<InboundEvent, { readonly type: 'message' }>> & Signal {
  return !isMessage(one);
}
