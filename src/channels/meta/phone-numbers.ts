import { Injectable } from '@nestjs/common';
import { type InputNames, TokenCheck } from './token-check.js';
import { type Json, isJson } from '../wire/reading.js';
import { assetId, nextPage, wordsOf } from './consent/graph-list.js';

const maxPages = 20;

export interface PhoneNumber {
  readonly id: string;
  readonly displayPhone: string;
  readonly verifiedName: string | null;
}

/** The phone numbers of a WhatsApp Business account, as the account itself lists them. */
@Injectable()
export class PhoneNumbers {
  constructor(private readonly check: TokenCheck) {}

  /** All of them, page by page. */
  async *of(wabaId: string, token: string, names: InputNames): AsyncGenerator<PhoneNumber> {
    let after: string | null = null;
    for (let page = 0; page < maxPages; page += 1) {
      const query = { fields: 'id,display_phone_number,verified_name', limit: '100', ...(after !== null && { after }) };
      const body: Json = await this.check.read('facebook', { path: `${wabaId}/phone_numbers`, token, query }, names);
      for (const row of Array.isArray(body['data']) ? (body['data'] as unknown[]).filter(isJson) : []) {
        const id = assetId(row['id']);
        if (id === null) continue;
        const displayPhone = wordsOf(row['display_phone_number']) ?? id;
        yield { id, displayPhone, verifiedName: wordsOf(row['verified_name']) };
      }
      after = nextPage(body);
      if (after === null) return;
    }
  }
}
