import type { MigrationInterface, QueryRunner } from 'typeorm';
import { definerFunction, readableByFunctions } from './statements/tenant-table.js';

/**
 * People are found however their name is typed: "İade", "iade" and "ıade" are one word, "Ayse" finds Ayşe, and a number
 * is found with its country code or without. What is stored and what is looked for are folded by one function, so that they
 * cannot part.
 */
export class ContactsFoundHoweverWritten1763710800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Accents of Latin letters and the vowel signs of Arabic go, with what Arabic is written with more or less carefully; what a letter is made of otherwise comes together again.
    await runner.query(String.raw`
      create function folded(p_text text) returns text language sql immutable parallel safe set search_path = pg_catalog
        as $$ select replace(translate(normalize(regexp_replace(normalize(p_text, NFD), '[\u0300-\u036f\u0640\u064b-\u065f\u0670]', '', 'g'), NFC),
                                       'ıIøØłŁđĐىة', 'iioollddيه'), 'ß', 'ss') $$`);
    // An address stands there whole and in its two halves, a number also without what may be its country code.
    await runner.query(String.raw`
      create function contact_words(p_name text, p_emails text[], p_phones text[]) returns text
        language sql immutable parallel safe set search_path = pg_catalog, public as $$
          select folded(coalesce(p_name, '') || ' ' || spaced(p_emails) || ' ' || translate(spaced(p_emails), '@', ' ') || ' ' ||
                        coalesce((select string_agg(substr(regexp_replace(phone, '\D', '', 'g'), code + 1), ' ' order by place, code)
                                    from unnest(p_phones) with ordinality as given (phone, place), generate_series(0, 3) as code), ''))
        $$`);
    // An expression cannot be exchanged before Postgres 17; its index and who may read it go with the column.
    await runner.query(`alter table contacts drop column search`);
    await runner.query(`
      alter table contacts add column search tsvector not null generated always as (
        to_tsvector('simple', contact_words(name, emails, phones))) stored`);
    await runner.query(`create index contacts_search on contacts using gin (workspace_id, search)`);
    await runner.query(`drop policy functions on contacts`);
    await readableByFunctions(runner, 'contacts', ['workspace_id', 'id', 'search', 'merged_into']);
    // It is its owner's to drop, and the owner of the tables may act as that one.
    await runner.query('set local role parley_definer');
    await runner.query('drop function search_contacts(text, integer)');
    await runner.query('reset role');
    await definerFunction(
      runner,
      'search_contacts(text, integer)',
      `create function search_contacts(p_query text, p_limit integer) returns setof uuid
         language sql stable security definer set search_path = pg_catalog, public as $$
           select c.id from contacts c
            where c.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
              and c.search @@ to_tsquery('simple', folded(p_query)) and c.merged_into is null
            limit least(p_limit, 1000)
         $$`,
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
