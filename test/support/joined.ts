type Word = 'describe' | 'it' | 'test' | 'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach';
type Call = (...args: unknown[]) => unknown;
type Declaring = Call & { readonly each?: (...table: unknown[]) => Call };

const words: readonly Word[] = ['describe', 'it', 'test', 'beforeAll', 'afterAll', 'beforeEach', 'afterEach'];

/**
 * Declares the tests of one file under its name, as if it ran by itself: what the file says outside of any `describe`,
 * such as what is to be done before all, holds for its own tests alone.
 */
export async function joined(
  file: string,
  load: () => Promise<unknown>,
  scope: Partial<Record<Word, unknown>> = globalThis,
): Promise<void> {
  const real = new Map(words.map((word) => [word, scope[word] as Declaring]));
  const said: (() => unknown)[] = [];
  for (const [word, declare] of real) scope[word] = remember(declare, said);
  try {
    await load();
  } finally {
    for (const [word, declare] of real) scope[word] = declare;
  }
  if (said.length === 0) throw new Error(`${file} declares no test, or was loaded already.`);
  real.get('describe')?.(file, () => {
    for (const declare of said) declare();
  });
}

/** Stands for one of Jest's words while a file is loaded. Others than these (`only`, `skip`) are not there: none may be used. */
function remember(declare: Declaring, said: (() => unknown)[]): Declaring {
  return Object.assign((...args: unknown[]) => void said.push(() => declare(...args)), {
    each:
      (...table: unknown[]): Call =>
      (...args) =>
        void said.push(() => declare.each?.(...table)(...args)),
  });
}
