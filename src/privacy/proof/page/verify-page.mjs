// The page that checks receipts: everything happens in the browser, and nothing leaves it.
import { checkReceipts } from './check-receipts.mjs';

const part = (id) => document.getElementById(id);
const words = JSON.parse(part('result').dataset.words);

part('file').addEventListener('change', async ({ target }) => {
  const [file] = target.files;
  if (file !== undefined) part('receipts').value = await file.text();
});

part('check').addEventListener('click', async () => {
  part('result').replaceChildren(line(words.busy));
  part('result').replaceChildren(...(await report()));
});

async function report() {
  // A browser that knows no Ed25519 cannot say that a receipt is good, nor that it is not.
  if (!(await knowsEd25519())) return [line(words.unable)];
  const whole = part('whole').checked;
  const { receipts, fault } = await checkReceipts(part('receipts').value, part('keys').value, { whole });
  if (fault !== null) {
    const where = fault.at === 0 ? '' : `${words.receipt} ${fault.at}: `;
    return [strong(words.bad), line(where + words[fault.code])];
  }
  const [first] = receipts;
  return [
    strong(`${words.good} (${receipts.length})`),
    ...(receipts.length > 1
      ? [line(whole ? words.wholeChain : words.chain)]
      : [
          line(`${first.scope}, ${first.completedAt}`),
          ...first.erased.map(({ what, count }) => line(`${words.erased}: ${what}, ${count}`)),
          ...first.retained.map(({ what, count, basis, until }) =>
            line(`${words.retained}: ${what}, ${count}; ${basis}${until === null ? '' : `; ${until}`}`),
          ),
        ]),
  ];
}

async function knowsEd25519() {
  try {
    await crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']);
    return true;
  } catch {
    return false;
  }
}

// Words go in as text alone: what stands in a file is never markup.
function line(text) {
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  return paragraph;
}

function strong(text) {
  const paragraph = document.createElement('p');
  paragraph.append(Object.assign(document.createElement('strong'), { textContent: text }));
  return paragraph;
}
