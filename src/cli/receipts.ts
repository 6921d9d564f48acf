import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Config, currentEnvironment, loadEnvironment } from '../platform/config/index.js';
import { SigningKeys, allReceipts, checkReceipts, faultWords, jsonOfReceipt } from '../privacy/index.js';
import { type Command, Failed, type OfflineCommand, Refused, WrongUsage, textOf } from './command.js';

export const verifyReceipts: OfflineCommand = {
  name: 'receipts verify',
  takes: 'FILE',
  does: 'checks receipts of erasures, offline: who signed them, that nothing was changed, and that none is missing between them',
  options: {
    keys: {
      type: 'string',
      value: 'FILE',
      does: 'what /.well-known/receipt-keys.json gave; without it, the keys of this deployment',
    },
    whole: { type: 'boolean', does: 'the file has to hold every receipt, from the first to the head in the keys' },
  },
  offline: true,
  async run(given) {
    const [file, ...more] = given.names;
    if (file === undefined || more.length > 0) throw new WrongUsage('Name one file of receipts.');
    const keysFile = textOf(given, 'keys');
    const keys = keysFile === undefined ? await ownKeys() : await read(keysFile);
    const whole = given.options['whole'] === true;
    const { receipts, fault } = await checkReceipts(await read(file), keys, { whole });
    if (fault === null) {
      const many = receipts.length === 1 ? 'The receipt is' : `The ${String(receipts.length)} receipts are`;
      const text = `${many} valid: signed, and not changed since.${receipts.length > 1 ? ' None is missing between them.' : ''}`;
      return { text, json: { ok: true, receipts: receipts.length, fault: null } };
    }
    const where = fault.at === 0 ? '' : `Receipt ${String(fault.at)}: `;
    const reason = `${where}${faultWords.en[fault.code]}.`;
    throw new Failed(reason, { text: 'Not valid.', json: { ok: false, receipts: receipts.length, fault, reason } });
  },
};

export const exportReceipts: Command = {
  name: 'receipts export',
  takes: null,
  does: 'every receipt of the instance, one a line; with --whole they verify against the published head',
  options: {},
  async run(_given, { system }) {
    const all = [];
    for await (const receipt of allReceipts(system)) all.push(jsonOfReceipt(receipt));
    return { text: all.map((receipt) => JSON.stringify(receipt)).join('\n'), json: all };
  },
};

async function ownKeys(): Promise<string> {
  return JSON.stringify({ keys: await new SigningKeys(ownConfig()).published() });
}

/** The configuration of the deployment, with the key that signs what it says of erasures. */
export function ownConfig(): Config {
  const { RECEIPT_SIGNING_KEY: given, DATA_DIR: dataDir } = currentEnvironment();
  // A key that was made up here would refuse every receipt.
  if (given === undefined && !existsSync(path.join(dataDir, 'receipt-signing.json')))
    throw new Refused(
      `The key that signs receipts is not in ${path.resolve(dataDir)}: name a file with --keys, or set RECEIPT_SIGNING_KEY or DATA_DIR as the server has it.`,
    );
  const { environment, secrets } = loadEnvironment();
  return new Config(environment, secrets, '', null);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Refused(`${file} cannot be read: ${(error as Error).message}`);
  }
}
