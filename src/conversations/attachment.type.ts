import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { MessageKind } from '../channels/index.js';
import type { FileVariant, SignedLink } from '../platform/files/index.js';
import { AttachmentStatus, MessageAuthor } from './enums.js';
import type { AttachmentRow } from './message.row.js';

@ObjectType('Attachment', { description: 'A picture, a recording, a file or a link that came with a message.' })
export class AttachmentType {
  @Field(() => ID, { description: 'The id of the attachment.' })
  id!: string;

  @Field(() => MessageKind, { description: 'What it is.' })
  kind!: MessageKind;

  @Field(() => String, { nullable: true, description: 'The name of the file.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: 'The type of its bytes, such as image/png.' })
  contentType!: string | null;

  @Field(() => Int, { nullable: true, description: 'How many bytes.' })
  size!: number | null;

  @Field(() => AttachmentStatus, { description: 'Whether it can be opened.' })
  status!: AttachmentStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Why it cannot be opened yet, or never will be, in words; null where nothing is wrong.',
  })
  trouble!: string | null;

  @Field(() => String, { nullable: true, description: 'Where to open it; null while it cannot be opened.' })
  url!: string | null;

  @Field(() => Date, { nullable: true, description: 'Until when the url works; null where it does not end.' })
  urlExpiresAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'A small picture of it.' })
  thumbnailUrl!: string | null;

  /** `sign` gives a link to a stored file. */
  static from(row: AttachmentRow, sign: (fileId: string, variant: FileVariant) => SignedLink): AttachmentType {
    const { id, kind, name, contentType, size, status, trouble, fileId } = row;
    const ready = status === AttachmentStatus.READY && fileId !== null;
    const link = ready ? sign(fileId, 'whole') : null;
    const url = status === AttachmentStatus.REFERENCE ? row.url : (link?.url ?? null);
    const urlExpiresAt = link?.expiresAt ?? null;
    return Object.assign(new AttachmentType(), {
      id,
      kind,
      name,
      contentType,
      size,
      status,
      trouble,
      url,
      urlExpiresAt,
      thumbnailUrl: ready && row.hasThumbnail ? sign(fileId, 'small').url : null,
    });
  }
}

@ObjectType('Reaction', { description: 'An emoji that somebody put on a message.' })
export class ReactionType {
  @Field(() => String, { description: 'The emoji.' })
  emoji!: string;

  @Field(() => MessageAuthor, { description: 'Who put it there.' })
  by!: MessageAuthor;
}
