import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import bcrypt from 'bcrypt';

/** One hash to make, or to compare with one that is kept. */
export type HashWork = { readonly text: string } & ({ readonly cost: number } | { readonly kept: string });

// This thread's alone, on Linux: whoever signs in waits a little longer, everybody else is served first.
setPriority(19);

parentPort?.on('message', (work: HashWork) => {
  parentPort?.postMessage(
    'cost' in work ? bcrypt.hashSync(work.text, work.cost) : bcrypt.compareSync(work.text, work.kept),
  );
});
