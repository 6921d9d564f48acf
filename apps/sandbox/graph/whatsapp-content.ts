import { obj, objs, str, type Obj } from '../json.ts';
import type { Account, Template } from '../world/model.ts';
import type { GraphCall } from './call.ts';
import { type GraphError, invalid, missing, whatsappError } from './errors.ts';
import { checkTemplate } from './whatsapp-templates.ts';

const TEXT_LIMIT = 4096;
const MEDIA_TYPES = ['image', 'audio', 'video', 'document', 'sticker'];

export interface CheckedContent {
  text?: string;
  category?: Template['category'];
  reaction?: { messageId: string; emoji: string };
}

/** Checks a message by type against WhatsApp's limits. */
export function checkContent(call: GraphCall, account: Account, type: string, body: Obj): CheckedContent {
  const part = obj(body[type]);
  if (type === 'contacts') {
    if (objs(body['contacts']).length === 0) throw missing('contacts');
    return {};
  }
  if (!part) throw missing(type);
  if (MEDIA_TYPES.includes(type)) return checkMedia(call, type, part);
  switch (type) {
    case 'text':
      return { text: limited(part['body'], "text['body']", TEXT_LIMIT) };
    case 'template':
      return checkTemplate(call, account, part);
    case 'interactive':
      return checkInteractive(part);
    case 'reaction':
      return checkReaction(call, account, part);
    case 'location':
      if (part['latitude'] === undefined || part['longitude'] === undefined) throw missing("location['latitude']");
      return {};
    default:
      throw invalid(
        `Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, TEMPLATE, TEXT, VIDEO} - got "${type}".`,
      );
  }
}

function limited(value: unknown, name: string, limit: number): string {
  const text = str(value);
  if (!text) throw missing(name);
  if ([...text].length > limit) throw invalid(`Param ${name} must be at most ${limit} characters long.`);
  return text;
}

function atMost(value: unknown, name: string, limit: number): void {
  const text = str(value);
  if (text !== undefined && [...text].length > limit) {
    throw whatsappError(131009, 'Parameter value is not valid', `${name} must be at most ${limit} characters long.`);
  }
}

function checkMedia(call: GraphCall, type: string, part: Obj): CheckedContent {
  const id = str(part['id']);
  const link = str(part['link']);
  if ((id === undefined) === (link === undefined)) throw invalid(`Param ${type} must have exactly one of id and link.`);
  if (id !== undefined && !call.world.media.has(id)) {
    throw invalid(`Param ${type}['id'] is not a valid whatsapp business account media attachment ID`);
  }
  if (link !== undefined && !/^https?:\/\//.test(link)) throw invalid(`Param ${type}['link'] is not a valid URL.`);
  atMost(part['caption'], `${type}.caption`, 1024);
  const caption = str(part['caption']);
  return caption === undefined ? {} : { text: caption };
}

function checkInteractive(part: Obj): CheckedContent {
  const kind = str(part['type']);
  const action = obj(part['action']) ?? {};
  const text = str(obj(part['body'])?.['text']);
  if (!text) throw missing("interactive['body']['text']");
  atMost(text, 'interactive.body.text', 1024);
  atMost(obj(part['header'])?.['text'], 'interactive.header.text', 60);
  atMost(obj(part['footer'])?.['text'], 'interactive.footer.text', 60);
  if (kind === 'button') {
    const buttons = objs(action['buttons']).map((button) => obj(button['reply']) ?? {});
    if (buttons.length < 1 || buttons.length > 3) throw tooMany('Buttons', 3);
    for (const button of buttons) checkRow(button, 20, 256);
    unique(buttons, 'buttons');
  } else if (kind === 'list') {
    atMost(action['button'], 'interactive.action.button', 20);
    const sections = objs(action['sections']);
    const rows = sections.flatMap((section) => objs(section['rows']));
    if (sections.length < 1 || sections.length > 10) throw tooMany('Sections', 10);
    if (rows.length < 1 || rows.length > 10) throw tooMany('Total row', 10);
    for (const row of rows) {
      checkRow(row, 24, 200);
      atMost(row['description'], 'row description', 72);
    }
    unique(rows, 'rows');
  } else if (
    !['cta_url', 'flow', 'location_request_message', 'product', 'product_list', 'address_message'].includes(kind ?? '')
  ) {
    throw whatsappError(131009, 'Parameter value is not valid', `Invalid interactive type: ${kind ?? ''}`);
  }
  return { text };
}

function checkRow(row: Obj, title: number, id: number): void {
  if (!str(row['title']) || !str(row['id']))
    throw whatsappError(131008, 'Required parameter is missing', 'Each choice needs an id and a title.');
  atMost(row['title'], 'title', title);
  atMost(row['id'], 'id', id);
}

function unique(rows: Obj[], what: string): void {
  if (new Set(rows.map((row) => row['id'])).size < rows.length) {
    throw whatsappError(131009, 'Parameter value is not valid', `Duplicated ids in ${what}.`);
  }
}

function tooMany(what: string, limit: number): GraphError {
  return whatsappError(131009, 'Parameter value is not valid', `${what} count must be between 1 and ${limit}.`);
}

function checkReaction(call: GraphCall, account: Account, part: Obj): CheckedContent {
  const messageId = str(part['message_id']);
  if (!messageId) throw missing("reaction['message_id']");
  if (call.world.messages.get(messageId)?.accountId !== account.id) {
    throw whatsappError(131009, 'Parameter value is not valid', `Message ${messageId} is not known to this number.`);
  }
  return { reaction: { messageId, emoji: str(part['emoji']) ?? '' } };
}
