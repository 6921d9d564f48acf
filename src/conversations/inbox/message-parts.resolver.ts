import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RequestContext } from '../../platform/access/index.js';
import { FileStore } from '../../platform/files/index.js';
import { workspaceOf } from '../../platform/graphql/index.js';
import { AttachmentType, ReactionType } from '../attachment.type.js';
import { AttachmentsLoader } from '../attachments.loader.js';
import { externalKey } from '../external-message.js';
import { MessageType } from '../message.type.js';
import { ReactionsLoader } from '../reactions.loader.js';

/** What hangs on a message. */
@Resolver(() => MessageType)
export class MessagePartsResolver {
  constructor(
    private readonly attachmentsLoader: AttachmentsLoader,
    private readonly reactionsLoader: ReactionsLoader,
    private readonly files: FileStore,
  ) {}

  @ResolveField(() => [AttachmentType], { description: 'What came with it; nothing any more once it was taken back.' })
  async attachments(
    @Parent() { id, deletedAt }: MessageType,
    @Context() context: RequestContext,
  ): Promise<AttachmentType[]> {
    if (deletedAt !== null) return [];
    const workspaceId = workspaceOf(context);
    const rows = await this.attachmentsLoader.load(context, id);
    return (rows ?? []).map((row) =>
      AttachmentType.from(row, (fileId, variant) => this.files.sign(workspaceId, fileId, variant)),
    );
  }

  @ResolveField(() => [ReactionType], { description: 'The emoji that stand on it, the oldest first.' })
  async reactions(
    @Parent() { channelId, externalId }: MessageType,
    @Context() context: RequestContext,
  ): Promise<ReactionType[]> {
    if (externalId === null) return [];
    const rows = await this.reactionsLoader.load(context, externalKey({ channelId, externalId }));
    return (rows ?? []).map(({ emoji, by }) => Object.assign(new ReactionType(), { emoji, by }));
  }
}
