import { Injectable } from '@nestjs/common';
import { cleanText } from '../../platform/database/index.js';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { OutgoingError } from '../../platform/http/index.js';
import type { OpenChannel } from '../channel-adapter.js';
import type { FetchedLead, LeadAdsAdapter, LeadPage, PlatformForm } from '../lead-ads.js';
import { type Json, UnreadableItem, idAt, isJson, jsonList, maybeId } from '../wire/reading.js';
import { assetId, nextPage, wordsOf } from './consent/graph-list.js';
import { isLater } from './consent/issued-token.js';
import { type GraphAnswer, GraphClient, type GraphRequest } from './graph-client.js';
import { graphErrorRule } from './graph-errors.js';
import { readBoxes, readLead } from './read-lead.js';

const fields = 'id,created_time,ad_id,form_id,campaign_id,field_data,custom_disclaimer_responses';
const perPage = 50;
const mostPages = 20;
const noList = 'The platform did not give its list just now. Try again in a minute.';
const noAccess =
  'The platform does not let this connection read its forms. Connect the Page again and allow leads (leads_retrieval).';
const noAnswer = 'The platform did not answer when asked for a filled form.';

/** Lead ads of a Page. A webhook call names a filled form; its answers are asked for with the token of the Page. */
@Injectable()
export class MetaLeadAds implements LeadAdsAdapter {
  constructor(private readonly graph: GraphClient) {}

  told(payload: unknown): { externalId: string; formId: string | null }[] {
    if (!isJson(payload)) throw new UnreadableItem('payload', 'an object');
    return jsonList(payload, 'entry').flatMap((entry) =>
      jsonList(entry, 'changes').map((change) => {
        const value = change['value'];
        if (!isJson(value)) throw new UnreadableItem('value', 'an object');
        const externalId = assetId(idAt(value, 'leadgen_id'));
        if (externalId === null) throw new UnreadableItem('leadgen_id', 'an id');
        return { externalId, formId: maybeId(value, 'form_id') };
      }),
    );
  }

  async forms(channel: OpenChannel, signal: AbortSignal): Promise<PlatformForm[]> {
    const forms: PlatformForm[] = [];
    let after: string | null = null;
    for (let page = 0; page < mostPages; page += 1) {
      const query = { fields: 'id,name', limit: '100', ...(after !== null && { after }) };
      const path = `${channel.externalId}/leadgen_forms`;
      const body = await this.list({ path, token: channel.token, query, signal });
      for (const row of listOf(body)) {
        const externalId = assetId(row['id']);
        if (externalId !== null) forms.push({ externalId, name: cleanText(wordsOf(row['name']) ?? externalId, 300) });
      }
      after = nextPage(body);
      if (after === null) break;
    }
    return forms;
  }

  async boxes(channel: OpenChannel, formId: string, signal: AbortSignal): Promise<ReadonlyMap<string, string> | null> {
    if (assetId(formId) === null) return new Map();
    const request = { path: formId, token: channel.token, query: { fields: 'legal_content' }, signal };
    const answer = await this.graph.call('facebook', request).catch((error: unknown) => {
      if (error instanceof OutgoingError) return null;
      throw error;
    });
    if (answer === null || isLater(answer)) return null;
    return answer.body === null || answer.error !== null ? new Map() : readBoxes(answer.body);
  }

  async fetch(channel: OpenChannel, externalId: string, signal: AbortSignal): Promise<FetchedLead> {
    if (assetId(externalId) === null) return { kind: 'gone', reason: 'It has no id that can be asked for.' };
    try {
      const request = { path: externalId, token: channel.token, query: { fields }, signal };
      const answer = await this.graph.call('facebook', request);
      return outcomeOf(answer);
    } catch (error) {
      if (error instanceof OutgoingError) return { kind: 'later', reason: noAnswer, afterSeconds: null };
      throw error;
    }
  }

  async since(
    channel: OpenChannel,
    formId: string,
    since: Date,
    after: string | null,
    signal: AbortSignal,
  ): Promise<LeadPage> {
    if (assetId(formId) === null) return { leads: [], next: null };
    const value = Math.floor(since.getTime() / 1_000);
    const query = {
      fields,
      limit: String(perPage),
      filtering: JSON.stringify([{ field: 'time_created', operator: 'GREATER_THAN', value }]),
      ...(after !== null && { after }),
    };
    const body = await this.list({ path: `${formId}/leads`, token: channel.token, query, signal });
    return { leads: listOf(body).flatMap((row) => readLead(row) ?? []), next: nextPage(body) };
  }

  private async list(request: GraphRequest): Promise<Json> {
    const answer = await this.graph.call('facebook', request).catch((error: unknown) => {
      throw error instanceof OutgoingError ? new DomainError(ErrorCode.UNAVAILABLE, noList, { cause: error }) : error;
    });
    if (answer.status <= 299 && answer.error === null && answer.body !== null) return answer.body;
    if (isLater(answer) || answer.error === null) throw new DomainError(ErrorCode.UNAVAILABLE, noList);
    throw new DomainError(ErrorCode.PLATFORM_REFUSED, noAccess);
  }
}

function outcomeOf(answer: GraphAnswer): FetchedLead {
  const { status, body, error, retryAfter } = answer;
  if (error !== null) {
    const rule = graphErrorRule(error.code, error.subcode);
    if (rule.outcome === 'later' || isLater(answer))
      return { kind: 'later', reason: rule.words, afterSeconds: retryAfter ?? rule.afterSeconds ?? null };
    if (error.code === 100)
      return { kind: 'gone', reason: 'The platform does not have this filled form, or not any more.' };
    return { kind: 'refused', reason: rule.words, tokenUnusable: rule.tokenUnusable === true };
  }
  if (status > 299 || body === null) return { kind: 'later', reason: noAnswer, afterSeconds: retryAfter };
  const lead = readLead(body);
  return lead === null ? { kind: 'later', reason: noAnswer, afterSeconds: null } : { kind: 'fetched', lead };
}

function listOf(body: Json): Json[] {
  return Array.isArray(body['data']) ? (body['data'] as unknown[]).filter(isJson) : [];
}
