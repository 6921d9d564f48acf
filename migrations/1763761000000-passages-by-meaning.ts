import type { MigrationInterface, QueryRunner } from 'typeorm';
import { callableByApp } from './statements/tenant-table.js';
import { nearPassages, nearPassagesSignature } from './statements/near-passages.js';

/**
 * Of a large workspace only what shared words with a question was compared by meaning, because to read 50,000 vectors takes
 * too long. The signs of a vector's numbers, a bit each, say nearly as well what is near: an index holds them for all
 * passages, and the few hundred that they point at are compared by their whole vectors.
 */
export class PassagesByMeaning1763761000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table passages add column embedding_signs bit varying(4096)');
    await runner.query(`
      update passages
         set embedding_signs = (select string_agg(case when get_byte(embedding, at) > 127 then '1' else '0' end, '' order by at)
                                  from generate_series(0, octet_length(embedding) - 1) at)::bit varying
       where embedding is not null`);
    // All that is looked at to find what is near stands in the index: the passages themselves are not read for it.
    await runner.query(`
      create index passages_near on passages (workspace_id, embedded_with)
        include (knowledge_id, id, embedding_signs) where not internal and embedding_signs is not null`);
    await runner.query(nearPassages({ extensionSchema: null }));
    await callableByApp(runner, nearPassagesSignature);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only; restore a backup instead.');
  }
}
