import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, isUuid } from '../../platform/database/index.js';
import { DomainError, ErrorCode, badInput, notFound } from '../../platform/errors/index.js';
import type { ChannelAdapter, MessageTemplate, OpenChannel } from '../channel-adapter.js';
import { Channels } from '../channels.js';
import { ChannelStatus } from '../enums.js';

interface Listed {
  readonly at: number;
  readonly templates: Promise<readonly MessageTemplate[]>;
}

/** What was listed is believed for so long: a template is seldom made, and seldom taken back. */
const lifeMilliseconds = 60_000;
/** One that is not found may have been made just now; the platform is not asked more often than this. */
const askAgainMilliseconds = 5_000;
const mostKept = 500;
const timeout = 20_000;

/** The message templates of channels, from their platforms and for a short time from memory. */
@Injectable()
export class ChannelTemplates {
  private readonly listed = new Map<string, Listed>();

  constructor(
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
  ) {}

  /** The templates of a channel; none where it has none by its nature. */
  async list(actor: MemberActor, channelId: string): Promise<readonly MessageTemplate[]> {
    return (await this.ofChannel(actor, channelId)) ?? [];
  }

  /** Null: the channel has no templates by its nature. */
  private async ofChannel(actor: MemberActor, channelId: string): Promise<readonly MessageTemplate[] | null> {
    const row = isUuid(channelId)
      ? await this.workspaces.read(actor.workspaceId, async (tx) =>
          (await this.channels.byIds(tx, [channelId.toLowerCase()])).get(channelId.toLowerCase()),
        )
      : undefined;
    if (row === undefined) throw notFound('Channel');
    const { adapter, capabilities } = this.channels.definitionOf(row.kind);
    if (!capabilities.templates || adapter.templates === undefined) return null;
    if (row.status === ChannelStatus.EXPIRED || row.status === ChannelStatus.DISCONNECTED)
      throw new DomainError(ErrorCode.CHANNEL_EXPIRED, 'Connect the channel again to see its templates.', {
        reason: 'CHANNEL_AGAIN',
      });
    return this.remembered(actor, row.id, adapter.templates.bind(adapter));
  }

  /** One template that can be sent with so many values. Refuses in words what cannot. */
  async usable(
    actor: MemberActor,
    channelId: string,
    wanted: { readonly name: string; readonly language: string; readonly variables: readonly string[] },
  ): Promise<MessageTemplate> {
    const fits = ({ name, language }: MessageTemplate) => name === wanted.name && language === wanted.language;
    const listed = await this.ofChannel(actor, channelId);
    if (listed === null)
      throw badInput('template', 'This channel has no templates. Write a text instead.', 'TEMPLATES_NONE');
    let found = listed.find(fits);
    if (found === undefined) {
      this.forget(actor.workspaceId, channelId);
      found = (await this.list(actor, channelId)).find(fits);
    }
    if (found === undefined)
      throw badInput('template', 'This channel has no template with this name in this language.', 'TEMPLATE_UNKNOWN');
    if (found.unusable !== null) throw badInput('template', `This template cannot be sent. ${found.unusable}`);
    if (found.variables !== wanted.variables.length)
      throw badInput(
        'template',
        `This template has ${String(found.variables)} places to fill in; ${String(wanted.variables.length)} values were given.`,
        'TEMPLATE_PLACES',
      );
    return found;
  }

  private remembered(
    actor: MemberActor,
    channelId: string,
    ask: NonNullable<ChannelAdapter['templates']>,
  ): Promise<readonly MessageTemplate[]> {
    const key = keyOf(actor.workspaceId, channelId);
    const before = this.listed.get(key);
    if (before !== undefined && performance.now() - before.at < lifeMilliseconds) return before.templates;
    const templates = this.open(actor, channelId).then((channel) => ask(channel, AbortSignal.timeout(timeout)));
    const one = { at: performance.now(), templates };
    this.listed.delete(key);
    this.listed.set(key, one);
    for (const old of this.listed.keys()) {
      if (this.listed.size <= mostKept) break;
      this.listed.delete(old);
    }
    // What went wrong is not remembered.
    templates.catch(() => {
      if (this.listed.get(key) === one) this.listed.delete(key);
    });
    return templates;
  }

  private async open({ workspaceId, memberId }: MemberActor, channelId: string): Promise<OpenChannel> {
    const channel = await this.workspaces.run(workspaceId, (tx) =>
      this.channels.openChannel(tx, channelId, { purpose: 'PULL', cause: `templates for member ${memberId}` }),
    );
    if (channel === null)
      throw new DomainError(ErrorCode.CHANNEL_EXPIRED, 'This channel was disconnected.', { reason: 'CHANNEL_GONE' });
    return channel;
  }

  private forget(workspaceId: string, channelId: string): void {
    const key = keyOf(workspaceId, channelId);
    const before = this.listed.get(key);
    if (before !== undefined && performance.now() - before.at > askAgainMilliseconds) this.listed.delete(key);
  }
}

function keyOf(workspaceId: string, channelId: string): string {
  return `${workspaceId} ${channelId}`;
}
