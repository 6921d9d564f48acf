/** A word that stands in each of these texts, to be looked for in statements and in the database. */
export const marker = 'zqxinj';

/** Texts that end a string, a statement or a comment wherever they are put into SQL as they are. */
export const corpus: readonly string[] = [
  `${marker}' or '1'='1`,
  `${marker}'; create table ${marker}_made (id int); --`,
  `${marker}') ; select pg_sleep(5) ; --`,
  `${marker}" or ""="`,
  `${marker}\\'; select pg_sleep(5); --`,
  `${marker}/* */ union select null, null --`,
  `${marker}$$; select pg_sleep(5); $$`,
  `${marker}$1 $2 $3 :id ?`,
  `${marker}::uuid) or (true`,
  `${marker}%' escape '\\' or text like '%`,
  `${marker}{"$gt": ""}`,
  `${marker} & !' | (:*`,
  `Europe/${marker}'; select pg_sleep(5); --`,
  `id desc; ${marker} select pg_sleep(5)`,
];
