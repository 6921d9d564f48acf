import { mediaUrl } from '../media/urls.ts';
import { compact, obj, objs, str, type Obj } from '../json.ts';
import type { ThreadAttachment, ThreadButton, ThreadMessage } from '../world/model.ts';
import type { GraphCall } from './call.ts';
import type { CheckedContent } from './whatsapp-content.ts';

/** The part of a thread message that shows what the business sent. */
export function contentOfThread(
  call: GraphCall,
  type: string,
  body: Obj,
  content: CheckedContent,
): Pick<ThreadMessage, 'kind' | 'text' | 'attachments' | 'buttons'> {
  const part = obj(body[type]) ?? {};
  return {
    kind: type,
    ...(content.text !== undefined && { text: content.text }),
    ...(type === 'location' && {
      text: [part['name'], part['address'], `${String(part['latitude'])}, ${String(part['longitude'])}`]
        .filter(Boolean)
        .join(' · '),
    }),
    ...(type === 'contacts' && {
      text: objs(body['contacts'])
        .map((card) => str(obj(card['name'])?.['formatted_name']) ?? '')
        .join(', '),
    }),
    attachments: attachmentsOf(call, type, part),
    buttons: type === 'interactive' ? buttonsOf(part) : [],
  };
}

function attachmentsOf(call: GraphCall, type: string, part: Obj): ThreadAttachment[] {
  if (!['image', 'audio', 'video', 'document', 'sticker'].includes(type)) return [];
  const media = call.world.media.get(str(part['id']) ?? '');
  return [
    compact({
      type,
      url: media ? mediaUrl(call.world, media.id) : str(part['link']),
      name: str(part['filename']) ?? media?.filename,
      mimeType: media?.mimeType,
    }) as unknown as ThreadAttachment,
  ];
}

function buttonsOf(interactive: Obj): ThreadButton[] {
  const action = obj(interactive['action']) ?? {};
  const replies = objs(action['buttons']).map((button) => ({
    row: obj(button['reply']) ?? {},
    kind: 'button' as const,
  }));
  const rows = objs(action['sections'])
    .flatMap((section) => objs(section['rows']))
    .map((row) => ({ row, kind: 'row' as const }));
  return [...replies, ...rows].map(({ row, kind }) => ({
    id: str(row['id']) ?? '',
    title: str(row['title']) ?? '',
    kind,
  }));
}
