import { Injectable } from '@nestjs/common';
import type { MemberActor, UserActor } from '../../platform/access/index.js';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import type { PolicyAcceptanceInput } from './policy-acceptance.input.js';
import { type PageLanguage, PolicyDocuments } from './policy-documents.js';
import { PolicyKind } from './policy-kind.js';
import { PolicyDocumentType } from './policy.type.js';

interface Acceptance {
  readonly kind: PolicyKind;
  readonly version: string;
  readonly acceptedAt: Date;
}

const kinds = Object.values(PolicyKind);

/** The texts in force, and which of them somebody accepted in which version. */
@Injectable()
export class Policies {
  constructor(
    private readonly documents: PolicyDocuments,
    private readonly system: SystemDatabase,
    private readonly config: Config,
  ) {}

  /** Every text in force, in a language; for somebody who is signed in, whether they accepted it. */
  async list(user: UserActor | null, language: PageLanguage): Promise<PolicyDocumentType[]> {
    const accepted = user === null ? [] : await this.acceptedBy(user.userId);
    return kinds.map((kind) => {
      const text = this.documents.inForce(kind, language);
      // The newest first: what was accepted last is shown, in whatever version.
      const last = accepted.find((acceptance) => acceptance.kind === kind) ?? null;
      return Object.assign(new PolicyDocumentType(), {
        kind,
        version: text.version,
        publishedAt: new Date(`${text.version}T00:00:00Z`),
        url: `${this.config.publicUrl}/policies/${kind.toLowerCase()}`,
        summary: text.summary,
        accepted: last?.version === text.version,
        acceptedAt: last?.acceptedAt ?? null,
        acceptedVersion: last?.version ?? null,
      });
    });
  }

  /** A person accepts texts, each in the version that they were shown; only that in force can be accepted. */
  async accept(user: UserActor, acceptances: readonly PolicyAcceptanceInput[]): Promise<boolean> {
    for (const { kind, version } of acceptances) {
      if (this.documents.inForce(kind, 'en').version === version) continue;
      throw new DomainError(
        ErrorCode.CONFLICT,
        'This is not the version that is in force. Read the present one and accept that.',
        { reason: 'POLICY_CHANGED', field: 'acceptances' },
      );
    }
    await this.system.run((tx) => tx.execute(this.insertFor(user.userId, acceptances)));
    return true;
  }

  /** Records with this transaction that a person accepted all that is in force, as signing up says. */
  async acceptAll(tx: WorkspaceTransaction, userId: string): Promise<void> {
    const inForce = kinds.map((kind) => ({ kind, version: this.documents.inForce(kind, 'en').version }));
    await tx.execute(this.insertFor(userId, inForce));
  }

  /** Records with this transaction which privacy policy a member acknowledges by connecting a channel. */
  async acknowledge(tx: WorkspaceTransaction, actor: MemberActor, channelId: string): Promise<void> {
    const { kind, version } = this.documents.inForce(PolicyKind.PRIVACY, 'en');
    await tx.execute(sql`
      insert into policy_acknowledgements (workspace_id, id, member_id, channel_id, kind, version)
      select ${tx.workspaceId}, ${newId()}, m.id, ${channelId}, ${kind}, ${version} from members m where m.id = ${actor.memberId}`);
  }

  private async acceptedBy(userId: string): Promise<Acceptance[]> {
    return this.system.query<Acceptance>(sql`
      select kind, version, accepted_at as "acceptedAt" from policy_acceptances where user_id = ${userId} order by accepted_at desc, version desc`);
  }

  private insertFor(userId: string, accepted: readonly { readonly kind: string; readonly version: string }[]) {
    return sql`
      insert into policy_acceptances (user_id, kind, version)
      select ${userId}, kind, version
        from unnest(${accepted.map(({ kind }) => kind)}::text[], ${accepted.map(({ version }) => version)}::text[]) as accepted (kind, version)
      on conflict do nothing`;
  }
}
