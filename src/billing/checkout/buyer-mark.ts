import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isUuid } from '../../platform/database/index.js';
import { Secrets } from '../../platform/secrets/index.js';

/**
 * What a checkout carries so that its payment finds the workspace: its id, signed by us. Whoever makes up a checkout of their
 * own at the merchant cannot pay for, or change, another's plan with it.
 */
@Injectable()
export class BuyerMark {
  constructor(private readonly secrets: Secrets) {}

  /** The mark of a workspace. */
  of(workspaceId: string): Record<string, string> {
    return { workspace_id: workspaceId, signature: this.sign(workspaceId).toString('base64url') };
  }

  /** Whose mark it is: `none` where there is none, `forged` where it is not ours. */
  read(data: Readonly<Record<string, string>>): { readonly workspaceId: string } | 'none' | 'forged' {
    const { workspace_id: workspaceId, signature } = data;
    if (workspaceId === undefined) return 'none';
    if (signature === undefined || !isUuid(workspaceId)) return 'forged';
    const given = Buffer.from(signature, 'base64url');
    const ours = this.secrets
      .digests('buyer', workspaceId.toLowerCase())
      .some((digest) => digest.length === given.length && timingSafeEqual(digest, given));
    return ours ? { workspaceId: workspaceId.toLowerCase() } : 'forged';
  }

  private sign(workspaceId: string): Buffer {
    return this.secrets.digest('buyer', workspaceId);
  }
}
