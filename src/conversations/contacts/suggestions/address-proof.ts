import { Injectable } from '@nestjs/common';
import { type ChannelKind, Channels } from '../../../channels/index.js';
import type { RequestContext } from '../../../platform/access/index.js';
import { ProvenMailLoader, proofKey } from '../proven-mail.loader.js';

/** How far an address can be believed. */
@Injectable()
export class AddressProof {
  constructor(
    private readonly channels: Channels,
    private readonly provenMail: ProvenMailLoader,
  ) {}

  /**
   * Whether one address means one person wherever it is met. What a site signed means one of its own people: another site
   * may have given the same name to somebody else.
   */
  meansOne({ kind }: { readonly kind: string }): boolean {
    return typeof this.channels.definitionOf(kind as ChannelKind).proof !== 'function';
  }

  /** Whether it is known to be theirs: the platform knows its people, a site signed who it is, or the newest mail proved its sender. */
  async isTheirs(
    identity: {
      readonly kind: string;
      readonly externalId: string;
      readonly contactId: string;
      readonly channelId: string;
    },
    context: RequestContext,
  ): Promise<boolean> {
    const { proof } = this.channels.definitionOf(identity.kind as ChannelKind);
    if (proof === undefined) return true;
    if (proof !== 'each message') return proof(identity.externalId);
    return (await this.provenMail.load(context, proofKey(identity))) ?? false;
  }
}
