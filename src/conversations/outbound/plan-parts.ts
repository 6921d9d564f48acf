import type { AttachmentRule, ChannelDefinition } from '../../channels/index.js';
import { MessageKind } from '../../channels/index.js';
import { badInput } from '../../platform/errors/index.js';
import type { StoredFile } from '../../platform/files/index.js';
import type { OutgoingContent } from './outgoing-content.js';

/** A file with what it is sent as. */
export interface PlannedFile {
  readonly file: StoredFile;
  readonly kind: MessageKind;
}

/** One message of the platform. */
export interface MessagePart extends Pick<OutgoingContent, 'content'> {
  readonly kind: MessageKind;
  readonly text: string | null;
  readonly files: readonly PlannedFile[];
}

/** The most attachments that are sent at once, whatever the channel. */
export const mostAttachments = 10;

/**
 * Divides what a member sends into messages as the channel carries them: words beside the first file where it lets them
 * stand there, else before it, as words with answers to choose from always do. Refuses a file of a kind or size that the channel does not take, and says what it takes.
 */
export function planParts(
  { capabilities }: Pick<ChannelDefinition, 'capabilities'>,
  outgoing: OutgoingContent,
  files: readonly StoredFile[],
): readonly [MessagePart, ...MessagePart[]] {
  const { text, content } = outgoing;
  const spoken: MessagePart = { ...outgoing, files: [] };
  if (files.length === 0) return [spoken];
  const rules = capabilities.outgoingAttachments;
  if (rules === null) throw badInput('attachmentIds', 'This channel carries no files; send text.', 'NO_FILES');
  const planned = files.map((file) => ({ file, rule: ruleFor(rules.rules, file) }));
  const groups: (typeof planned)[] = [];
  for (let at = 0; at < planned.length; at += rules.perMessage) groups.push(planned.slice(at, at + rules.perMessage));
  const captioned =
    content === null &&
    text.length <= rules.maxCaption &&
    groups[0]?.some(({ rule }) => rule.captionless === true) !== true;
  const parts = groups.map((group, index): MessagePart => ({
    kind: group[0]?.rule.kind ?? MessageKind.FILE,
    text: index === 0 && captioned && text !== '' ? text : null,
    content: null,
    files: group.map(({ file, rule }) => ({ file, kind: rule.kind })),
  }));
  const [first, ...rest] = text === '' || captioned ? parts : [spoken, ...parts];
  return first === undefined ? [spoken] : [first, ...rest];
}

function ruleFor(rules: readonly AttachmentRule[], { name, contentType, size }: StoredFile): AttachmentRule {
  const called = name ?? 'This file';
  const rule = rules.find(({ contentTypes }) => contentTypes.some((pattern) => names(pattern, contentType)));
  if (rule === undefined) {
    const taken = [...new Set(rules.flatMap(({ contentTypes }) => contentTypes.map(wordFor)))].join(', ');
    throw badInput('attachmentIds', `${called} cannot be sent on this channel, which takes: ${taken}.`, 'FILE_KIND', {
      file: called,
      taken,
    });
  }
  if (size > rule.maxBytes) {
    throw badInput(
      'attachmentIds',
      `${called} has ${megabytes(size)}; this channel takes at most ${megabytes(rule.maxBytes)} for a file of its kind.`,
      'FILE_LARGE',
      { file: called, size: megabytes(size), most: megabytes(rule.maxBytes) },
    );
  }
  return rule;
}

function names(pattern: string, contentType: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('/*') ? contentType.startsWith(pattern.slice(0, -1)) : contentType === pattern;
}

/** `image/jpeg` as people call it. */
function wordFor(pattern: string): string {
  const [family = '', type = ''] = pattern.split('/');
  if (type === '*') return family;
  const known = /wordprocessing|msword/.test(type)
    ? 'Word'
    : /spreadsheet|excel/.test(type)
      ? 'Excel'
      : /presentation|powerpoint/.test(type)
        ? 'PowerPoint'
        : null;
  return known ?? (type === 'plain' ? 'TXT' : type.toUpperCase());
}

function megabytes(bytes: number): string {
  const value = bytes / 1_000_000;
  return `${value < 10 ? (Math.ceil(value * 10) / 10).toString() : Math.ceil(value).toString()} MB`;
}
